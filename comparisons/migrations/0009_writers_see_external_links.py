"""Who writes sees what links to other sites come to, and replaces them; editors have them checked.

Permissions come to be after the last migration, so those that are missing are made here; Django finds them later
and leaves them as they are.
"""

from django.db import migrations

SEEING = [
    ("externallink", "view_externallink", "Can view external link"),
    ("linkreplacement", "view_linkreplacement", "Can view link replacement"),
]
CHECKING = [("externallink", "check_externallink", "Can have external links checked")]
GROUPS = {"Author": SEEING, "Editor": SEEING + CHECKING}


def forwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.add(*_permissions(apps, schema_editor, GROUPS[group.name]))


def backwards(apps, schema_editor):
    for group in _groups(apps, schema_editor):
        group.permissions.remove(*_permissions(apps, schema_editor, GROUPS[group.name]))


def _groups(apps, schema_editor):
    """Those that somebody has renamed or deleted are left out."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    return groups.filter(name__in=GROUPS)


def _permissions(apps, schema_editor, rights):
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for model, codename, name in rights:
        content_type, _ = types.get_or_create(app_label="articles", model=model)
        yield permissions.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_external_links"), ("comparisons", "0008_editors_see_findings")]
    operations = [migrations.RunPython(forwards, backwards)]
