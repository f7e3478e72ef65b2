"""How long facts of articles count as checked, and what is found by it: by days that were in documents already."""

import json

from django.db import migrations

KIND, DAYS = "article", 365
LONGEST_LABEL = 200
BATCH = 500
FIRST = """(SELECT {first} FROM articles_publication AS p WHERE p.article_id = articles_article.id
    ORDER BY p.starts_at DESC LIMIT 1)"""
DUE = {
    "postgresql": f"coalesce(reviewed_on, {FIRST.format(first='CAST(p.first_published_at AS date)')}) + {DAYS}",
    "sqlite": f"date(coalesce(reviewed_on, {FIRST.format(first='date(p.first_published_at)')}), '{DAYS} days')",
}


def forwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("articles", "ReviewInterval").objects.using(alias).create(kind=KIND, days=DAYS)
    schema_editor.execute(
        f"""UPDATE articles_article SET facts_due_on = {DUE[schema_editor.connection.vendor]}
        WHERE kind = '{KIND}' AND last_begins_at IS NOT NULL""",
        params=None,
    )
    facets = apps.get_model("articles", "Facet").objects.using(alias)
    publications = apps.get_model("articles", "Publication").objects.using(alias)
    texts = publications.order_by("pk").values_list("pk", "revision__text")
    for pk, text in texts.iterator(chunk_size=BATCH):
        facets.bulk_create(_facets(apps, pk, json.loads(text)))


def _facets(apps, publication, document):
    """The sources that end one day and that claims rest on, as publishing names them."""
    facet = apps.get_model("articles", "Facet")
    lists = (rows for rows in document.values() if isinstance(rows, list))
    claims = (row for rows in lists for row in rows if isinstance(row, dict))
    cited = {source for claim in claims for source in claim.get("sources", ())}
    return [
        facet(
            publication_id=publication,
            name="source",
            target=source["id"],
            slug=source["valid_until"],
            label=f"{source['publisher']}: {source['title']}"[:LONGEST_LABEL],
        )
        for source in document["sources"]
        if source["valid_until"] and source["id"] in cited
    ]


def backwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("articles", "ReviewInterval").objects.using(alias).filter(kind=KIND).delete()
    apps.get_model("articles", "Facet").objects.using(alias).filter(
        name__in=("source", "correction")
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_corrections_and_freshness")]
    operations = [migrations.RunPython(forwards, backwards)]
