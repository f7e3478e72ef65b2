"""The search index: a stored tsvector with GIN on PostgreSQL, FTS5 with external content on SQLite."""

from django.db import migrations

CONFIGURATIONS = {"en": "english", "de": "german"}


def postgresql():
    def vector(configuration):
        return (
            f"setweight(to_tsvector('{configuration}', title), 'A') || "
            f"setweight(to_tsvector('{configuration}', summary), 'B') || "
            f"setweight(to_tsvector('{configuration}', search_text), 'C')"
        )

    cases = " ".join(f"WHEN '{code}' THEN {vector(name)}" for code, name in CONFIGURATIONS.items())
    return [
        "ALTER TABLE articles_publication ADD COLUMN search_vector tsvector "
        f"GENERATED ALWAYS AS (CASE language {cases} ELSE {vector('simple')} END) STORED",
        "CREATE INDEX publication_search ON articles_publication USING gin (search_vector)",
    ]


POSTGRESQL_REVERSE = ["ALTER TABLE articles_publication DROP COLUMN search_vector"]

COLUMNS = "title, summary, search_text"
REMOVE = (
    f"INSERT INTO articles_publication_search(articles_publication_search, rowid, {COLUMNS}) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.summary, OLD.search_text);"
)
ADD = (
    f"INSERT INTO articles_publication_search(rowid, {COLUMNS}) "
    "VALUES (NEW.id, NEW.title, NEW.summary, NEW.search_text);"
)
SQLITE = [
    f"CREATE VIRTUAL TABLE articles_publication_search USING fts5({COLUMNS}, "
    "content='articles_publication', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER publication_search_insert AFTER INSERT ON articles_publication BEGIN {ADD} END",
    f"CREATE TRIGGER publication_search_delete AFTER DELETE ON articles_publication BEGIN {REMOVE} END",
    f"CREATE TRIGGER publication_search_update AFTER UPDATE OF {COLUMNS} ON articles_publication "
    f"BEGIN {REMOVE} {ADD} END",
]
SQLITE_REVERSE = [
    "DROP TRIGGER publication_search_update",
    "DROP TRIGGER publication_search_delete",
    "DROP TRIGGER publication_search_insert",
    "DROP TABLE articles_publication_search",
]


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in postgresql() if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL_REVERSE if vendor == "postgresql" else SQLITE_REVERSE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_periods_never_overlap")]
    operations = [migrations.RunPython(forwards, backwards)]
