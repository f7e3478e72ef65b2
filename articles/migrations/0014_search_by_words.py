"""Words by their beginnings: FTS5 tables without content on SQLite, stored tsvectors with GIN on PostgreSQL.

Tables whose keys are UUIDs get numbers for their rows on SQLite, as its own row numbers change when a table is
made anew. A table that is made anew also loses its triggers: a migration that does so has to make them again.
"""

from django.db import migrations

ARTICLE = ("articles_article", ("title", "slug", "summary"))
COMMENT = ("articles_comment", ("name", "email", "text"))
REVISION = ("articles_revision", ("note",))
TOKENS = "content='', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'"


def plain(columns):
    """SQL for the words of some columns, as PostgreSQL would split addresses and hyphens in ways of its own."""
    joined = " || ' ' || ".join(columns)
    return f"to_tsvector('simple', regexp_replace({joined}, '[^[:alnum:]]+', ' ', 'g'))"


POSTGRESQL = [
    statement
    for table, columns in (ARTICLE, COMMENT)
    for statement in (
        f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({plain(columns)}) STORED",
        f"CREATE INDEX {table}_words ON {table} USING gin (words)",
    )
] + [
    f"CREATE INDEX articles_revision_words ON articles_revision USING gin (({plain(['note'])})) WHERE note <> ''"
]
POSTGRESQL_REVERSE = [
    "DROP INDEX articles_revision_words",
    *(f"ALTER TABLE {table} DROP COLUMN words" for table, _ in (ARTICLE, COMMENT)),
]


def numbered(table, columns):
    """Statements for a table whose keys are UUIDs."""
    number = f"(SELECT number FROM {table}_number WHERE id = {{row}}.id)"
    yield f"CREATE TABLE {table}_number (number integer PRIMARY KEY, id char(32) NOT NULL UNIQUE)"
    yield from searched(
        table,
        columns,
        number,
        on_insert=f"INSERT INTO {table}_number (id) VALUES (NEW.id);",
        on_delete=f"DELETE FROM {table}_number WHERE id = OLD.id;",
    )


def searched(table, columns, number="{row}.id", on_insert="", on_delete=""):
    index, names = f"{table}_words", ", ".join(columns)
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    remove = (
        f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', {number.format(row='OLD')}, {old});"
    )
    add = f"INSERT INTO {index}(rowid, {names}) VALUES ({number.format(row='NEW')}, {new});"
    yield f"CREATE VIRTUAL TABLE {index} USING fts5({names}, {TOKENS})"
    yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {on_insert} {add} END"
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} {on_delete} END"
    changed = f"({old}) IS NOT ({new})"
    yield f"CREATE TRIGGER {index}_update AFTER UPDATE OF {names} ON {table} WHEN {changed} BEGIN {remove} {add} END"


SQLITE = [*numbered(*ARTICLE), *numbered(*COMMENT), *searched(*REVISION)]
SQLITE_REVERSE = [
    *(
        f"DROP TRIGGER {table}_words_{event}"
        for table, _ in (ARTICLE, COMMENT, REVISION)
        for event in ("insert", "delete", "update")
    ),
    *(f"DROP TABLE {table}_words" for table, _ in (ARTICLE, COMMENT, REVISION)),
    *(f"DROP TABLE {table}_number" for table, _ in (ARTICLE, COMMENT)),
]


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL_REVERSE if vendor == "postgresql" else SQLITE_REVERSE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    replaces = [("articles", "0015_external_links")]
    dependencies = [("articles", "0013_review_intervals")]
    operations = [migrations.RunPython(forwards, backwards)]
