"""How long facts of paths and comparisons count as checked."""

from django.db import migrations

DAYS = {"career-path": 180, "comparison": 180}
FIRST = """(SELECT {first} FROM articles_publication AS p WHERE p.article_id = articles_article.id
    ORDER BY p.starts_at DESC LIMIT 1)"""
DUE = {
    "postgresql": f"coalesce(reviewed_on, {FIRST.format(first='CAST(p.first_published_at AS date)')}) + {{days}}",
    "sqlite": f"date(coalesce(reviewed_on, {FIRST.format(first='date(p.first_published_at)')}), '{{days}} days')",
}


def forwards(apps, schema_editor):
    intervals = apps.get_model("articles", "ReviewInterval").objects.using(schema_editor.connection.alias)
    for kind, days in DAYS.items():
        intervals.create(kind=kind, days=days)
        due = DUE[schema_editor.connection.vendor].format(days=days)
        schema_editor.execute(
            f"""UPDATE articles_article SET facts_due_on = {due}
            WHERE kind = '{kind}' AND last_begins_at IS NOT NULL""",
            params=None,
        )


def backwards(apps, schema_editor):
    intervals = apps.get_model("articles", "ReviewInterval").objects.using(schema_editor.connection.alias)
    intervals.filter(kind__in=DAYS).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_what_is_due"), ("comparisons", "0005_reviewers")]
    operations = [migrations.RunPython(forwards, backwards)]
