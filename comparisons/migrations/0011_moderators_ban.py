"""Moderators and editors ban those who misuse replies, and say which words replies do without.

Permissions come to be after the last migration, so those that are missing are made here; Django finds them later
and leaves them as they are.
"""

from django.db import migrations

GROUPS = ("Editor", "Moderator")
RIGHTS = [
    *(("ban", f"{action}_ban", f"Can {action} ban") for action in ("view", "add", "delete")),
    *(
        ("disallowedword", f"{action}_disallowedword", f"Can {action} disallowed word")
        for action in ("view", "add", "change", "delete")
    ),
]


def forwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.add(*_permissions(apps, schema_editor))


def backwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.remove(*_permissions(apps, schema_editor))


def _groups(apps, schema_editor):
    """Those that somebody has renamed or deleted are left out."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    return groups.filter(name__in=GROUPS)


def _permissions(apps, schema_editor):
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for model, codename, name in RIGHTS:
        content_type, _ = types.get_or_create(app_label="articles", model=model)
        yield permissions.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_replies_are_looked_after"), ("comparisons", "0010_editors_see_jobs")]
    operations = [migrations.RunPython(forwards, backwards)]
