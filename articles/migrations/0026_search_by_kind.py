"""What a search goes by on PostgreSQL knows of which kind a publication is, so that the index looks for that too."""

from importlib import import_module

from django.db import migrations

before = import_module("articles.migrations.0020_search_by_language")
LEAD = f"{before.LEAD} || array_to_tsvector(ARRAY['+' || kind])"


def statements(lead):
    columns = {"lead_vector": f"({lead})", "search_vector": f"({lead} || {before.TEXT})"}
    return [
        "ALTER TABLE articles_publication DROP COLUMN lead_vector, DROP COLUMN search_vector",
        "ALTER TABLE articles_publication "
        + ", ".join(
            f"ADD COLUMN {name} tsvector GENERATED ALWAYS AS (CASE WHEN listed THEN {vector} END) STORED"
            for name, vector in columns.items()
        ),
        "CREATE INDEX publication_search ON articles_publication USING gin (search_vector)",
        "CREATE INDEX publication_lead ON articles_publication USING gin (lead_vector)",
    ]


def forwards(apps, schema_editor):
    before.run(schema_editor, statements(LEAD), ())


def backwards(apps, schema_editor):
    before.run(schema_editor, statements(before.LEAD), ())


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_events_of_readers")]
    operations = [migrations.RunPython(forwards, backwards)]
