"""Deleting an article moves it to the trash, from which it can be put back: editors may do that.

Permissions come to be after the last migration, so those that are missing are made here; Django finds them later
and leaves them as they are.
"""

from django.db import migrations

GROUP = "Editor"
KINDS = [
    ("articles", "article", "article"),
    ("comparisons", "careerpath", "career path"),
    ("comparisons", "comparison", "comparison"),
]


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
    for app, model, name in KINDS:
        content_type, _ = types.get_or_create(app_label=app, model=model)
        yield permissions.get_or_create(
            content_type=content_type,
            codename=f"delete_{model}",
            defaults={"name": f"Can delete {name}"},
        )[0]


class Migration(migrations.Migration):
    dependencies = [("comparisons", "0003_counts")]
    operations = [migrations.RunPython(forwards, backwards)]
