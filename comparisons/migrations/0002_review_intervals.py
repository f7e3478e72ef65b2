"""How long facts of paths and comparisons count as checked."""

from django.db import migrations

DAYS = {"career-path": 180, "comparison": 180}


def forwards(apps, schema_editor):
    intervals = _intervals(apps, schema_editor)
    for kind, days in DAYS.items():
        intervals.create(kind=kind, days=days)


def backwards(apps, schema_editor):
    _intervals(apps, schema_editor).filter(kind__in=DAYS).delete()


def _intervals(apps, schema_editor):
    return apps.get_model("articles", "ReviewInterval").objects.using(schema_editor.connection.alias)


class Migration(migrations.Migration):
    replaces = [("comparisons", "0009_writers_see_external_links")]
    dependencies = [("comparisons", "0001_paths_and_questions"), ("articles", "0013_review_intervals")]
    operations = [migrations.RunPython(forwards, backwards)]
