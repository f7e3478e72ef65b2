"""The report on what the checks find is for those who write, review and publish.

Permissions come to be after the last migration, so the one that is missing is made here; Django finds it later and
leaves it as it is.
"""

from django.db import migrations

GROUPS = ("Author", "Editor", "Reviewer")


def forwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.add(_permission(apps, schema_editor))


def backwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.remove(_permission(apps, schema_editor))


def _groups(apps, schema_editor):
    """Those that nobody has renamed or deleted."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    return groups.filter(name__in=GROUPS)


def _permission(apps, schema_editor):
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    content_type, _ = types.get_or_create(app_label="articles", model="finding")
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.get_or_create(
        content_type=content_type, codename="view_finding", defaults={"name": "Can view finding"}
    )[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_findings"), ("comparisons", "0007_who_corrects")]
    operations = [migrations.RunPython(forwards, backwards)]
