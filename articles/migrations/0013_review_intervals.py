"""How long facts of articles count as checked."""

from django.db import migrations

KIND, DAYS = "article", 365


def forwards(apps, schema_editor):
    _intervals(apps, schema_editor).create(kind=KIND, days=DAYS)


def backwards(apps, schema_editor):
    _intervals(apps, schema_editor).filter(kind=KIND).delete()


def _intervals(apps, schema_editor):
    return apps.get_model("articles", "ReviewInterval").objects.using(schema_editor.connection.alias)


class Migration(migrations.Migration):
    replaces = [("articles", "0014_findings")]
    dependencies = [("articles", "0012_trail_is_only_added_to")]
    operations = [migrations.RunPython(forwards, backwards)]
