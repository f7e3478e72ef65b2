"""Rules that no code can get round: periods don't overlap, addresses are unique while live, revisions don't change.

PostgreSQL holds the first two by exclusion constraints, SQLite by triggers. The constraints are on expressions,
so that no query is tempted to read by their indexes, which are slower than the ordinary ones. Long texts are compressed with lz4
where PostgreSQL has it: they are read far more often than written, and it unpacks several times as fast.
"""

from django.db import migrations

LONG_TEXTS = {"articles_revision": ["text"], "articles_publication": ["page", "fragments", "search_text"]}
COMPRESSION = [
    f"""DO $$ BEGIN ALTER TABLE {table} ALTER COLUMN {column} SET COMPRESSION lz4;
        EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL; END $$"""
    for table, columns in LONG_TEXTS.items()
    for column in columns
]
POSTGRESQL = [
    *COMPRESSION,
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """ALTER TABLE articles_publication ADD CONSTRAINT publication_periods_overlap
       EXCLUDE USING gist ((article_id::text) WITH =, tstzrange(starts_at, ends_at) WITH &&)""",
    """ALTER TABLE articles_publication ADD CONSTRAINT publication_address_taken
       EXCLUDE USING gist ((kind || '/' || slug) WITH =, tstzrange(starts_at, ends_at) WITH &&)""",
    """CREATE FUNCTION articles_revision_is_immutable() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'revision_is_immutable' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER revision_is_immutable BEFORE UPDATE OF article_id, number, text, digest ON articles_revision
       FOR EACH ROW EXECUTE FUNCTION articles_revision_is_immutable()""",
]
POSTGRESQL_REVERSE = [
    "DROP TRIGGER revision_is_immutable ON articles_revision",
    "DROP FUNCTION articles_revision_is_immutable",
    "ALTER TABLE articles_publication DROP CONSTRAINT publication_address_taken",
    "ALTER TABLE articles_publication DROP CONSTRAINT publication_periods_overlap",
]

OVERLAP = """EXISTS (
    SELECT 1 FROM articles_publication AS other WHERE {same} AND other.id IS NOT NEW.id
    AND (other.ends_at IS NULL OR other.ends_at > NEW.starts_at)
    AND (NEW.ends_at IS NULL OR other.starts_at < NEW.ends_at))"""
SQLITE_RULES = {
    "publication_periods_overlap": "other.article_id = NEW.article_id",
    "publication_address_taken": "other.kind = NEW.kind AND other.slug = NEW.slug",
}


def sqlite_triggers():
    for name, same in SQLITE_RULES.items():
        for event, columns in (("INSERT", ""), ("UPDATE", "OF article_id, kind, slug, starts_at, ends_at")):
            yield (
                f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event} {columns} ON articles_publication "
                f"WHEN {OVERLAP.format(same=same)} BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
    yield (
        "CREATE TRIGGER revision_is_immutable BEFORE UPDATE OF article_id, number, text, digest "
        "ON articles_revision BEGIN SELECT RAISE(ABORT, 'revision_is_immutable'); END"
    )


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else sqlite_triggers():
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL_REVERSE
    else:
        names = [f"{name}_{event}" for name in SQLITE_RULES for event in ("insert", "update")]
        statements = [f"DROP TRIGGER {name}" for name in [*names, "revision_is_immutable"]]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    replaces = [("articles", "0012_what_is_due")]
    dependencies = [("articles", "0010_replies")]
    operations = [migrations.RunPython(forwards, backwards)]
