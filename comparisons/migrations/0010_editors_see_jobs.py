"""Everybody sees the jobs over many articles that they started; editors see all, and may stop them.

Permissions come to be after the last migration, so those that are missing are made here; Django finds them later
and leaves them as they are.
"""

from django.db import migrations

GROUP = "Editor"
RIGHTS = [("view_bulkjob", "Can view job"), ("change_bulkjob", "Can change job")]


def forwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.add(*_permissions(apps, schema_editor))


def backwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.remove(*_permissions(apps, schema_editor))


def _groups(apps, schema_editor):
    """None where somebody has renamed or deleted it."""
    return apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name=GROUP)


def _permissions(apps, schema_editor):
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    content_type, _ = types.get_or_create(app_label="articles", model="bulkjob")
    for codename, name in RIGHTS:
        yield permissions.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_bulk_jobs"), ("comparisons", "0009_writers_see_external_links")]
    operations = [migrations.RunPython(forwards, backwards)]
