"""Who writes down corrections, and who says how long facts count as checked.

Permissions come to be after the last migration, so those that are missing are made here; Django finds them later
and leaves them as they are.
"""

from django.db import migrations

READ, ALL = ("view",), ("view", "add", "change", "delete")
RIGHTS = {
    "Author": [("correction", "correction", ALL)],
    "Editor": [
        ("correction", "correction", ALL),
        ("reviewinterval", "review interval", ("view", "change")),
    ],
    "Reviewer": [("correction", "correction", READ)],
}


def forwards(apps, schema_editor):
    for group, permissions in _rights(apps, schema_editor):
        group.permissions.add(*permissions)


def backwards(apps, schema_editor):
    for group, permissions in _rights(apps, schema_editor):
        group.permissions.remove(*permissions)


def _rights(apps, schema_editor):
    """The groups that nobody has renamed or deleted, each with its permissions."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for group in groups.filter(name__in=RIGHTS):
        rights = RIGHTS[group.name]
        yield (
            group,
            [
                _permission(apps, schema_editor, model, f"{action}_{model}", f"Can {action} {name}")
                for model, name, actions in rights
                for action in actions
            ],
        )


def _permission(apps, schema_editor, model, codename, name):
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    content_type, _ = types.get_or_create(app_label="articles", model=model)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_corrections_and_freshness"), ("comparisons", "0006_what_is_due")]
    operations = [migrations.RunPython(forwards, backwards)]
