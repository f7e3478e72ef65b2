"""What a search goes by: on PostgreSQL two stored vectors by the document's language, on SQLite two FTS5 tables.

The smaller of the two (`lead`) has titles and summaries alone: a search asks it first, and weighs by it without
unpacking whole texts. On PostgreSQL both know of which language they are and in which block of publications they
stand, so that the newest of very many can be asked for by the same index, and of which kind they are.
"""

from django.db import migrations, models

from articles.new_tables import CreateModels

WORD = migrations.CreateModel(
    name="Word",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("language", models.CharField(max_length=10)),
        ("word", models.CharField(help_text="In lower case, as it is written.", max_length=60)),
        ("folded", models.CharField(db_index=True, help_text="Without diacritics.", max_length=60)),
        ("stem", models.CharField(max_length=60)),
        ("titled", models.BooleanField(default=False, help_text="A title has it.")),
    ],
    options={
        "indexes": [models.Index(fields=["stem", "language"], name="word_stem")],
        "constraints": [models.UniqueConstraint(fields=("language", "word"), name="word_once_in_language")],
    },
)

CONFIGURATIONS = {"en": "english", "de": "german"}
BLOCK = 1024  # publications
LONGEST = 300_000  # characters of a text, as a vector has room for a megabyte


def plain(column):
    """Words without diacritics, apart wherever something else stands between them: as SQLite splits them."""
    bare = f"regexp_replace(normalize({column}, NFKD), '[\\u0300-\\u036f]', '', 'g')"
    return f"regexp_replace({bare}, '[^[:alnum:]]+', ' ', 'g')"


def weighted(configuration, column, weight):
    return f"setweight(to_tsvector('{configuration}', {plain(column)}), '{weight}')"


def by_language(vector):
    cases = " ".join(f"WHEN '{code}' THEN {vector(name)}" for code, name in CONFIGURATIONS.items())
    return f"CASE language {cases} ELSE {vector('simple')} END"


LEAD = " || ".join(  # as they are written as well, since stems leave out the very words of some titles
    [
        by_language(lambda name: f"{weighted(name, 'title', 'A')} || {weighted(name, 'summary', 'B')}"),
        weighted("simple", "title", "A"),
        weighted("simple", "summary", "B"),
        f"array_to_tsvector(ARRAY['#' || (id / {BLOCK})::text, '@' || language])",
        "array_to_tsvector(ARRAY['+' || kind])",
    ]
)
TEXT = by_language(lambda name: weighted(name, f"left(search_text, {LONGEST})", "C"))
COLUMNS = {"lead_vector": f"({LEAD})", "search_vector": f"({LEAD} || {TEXT})"}
POSTGRESQL = [
    "ALTER TABLE articles_publication "
    + ", ".join(
        f"ADD COLUMN {name} tsvector GENERATED ALWAYS AS (CASE WHEN listed THEN {vector} END) STORED"
        for name, vector in COLUMNS.items()
    ),
    "CREATE INDEX publication_search ON articles_publication USING gin (search_vector)",
    "CREATE INDEX publication_lead ON articles_publication USING gin (lead_vector)",
    # Words that are nearly alike are found without it too, though not as well.
    """DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX word_alike ON articles_word USING gin (folded gin_trgm_ops);
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN NULL;
    END $$""",
]
POSTGRESQL_REVERSE = [
    "DROP INDEX IF EXISTS word_alike",
    "ALTER TABLE articles_publication DROP COLUMN lead_vector, DROP COLUMN search_vector",
]

TOKENS = "tokenize='unicode61 remove_diacritics 2'"
TABLES = {
    "articles_publication_search": ("title", "summary", "search_text"),
    "articles_publication_lead": ("title", "summary"),
}


def row(name, columns):
    return ", ".join(f"{name}.{column}" for column in columns)


def table(name, columns):
    """An index of what is listed, kept by the statement that stores a publication."""
    joined = ", ".join(columns)
    remove = f"INSERT INTO {name}({name}, rowid, {joined}) SELECT 'delete', OLD.id, {row('OLD', columns)} WHERE OLD.listed;"
    add = f"INSERT INTO {name}(rowid, {joined}) SELECT NEW.id, {row('NEW', columns)} WHERE NEW.listed;"
    changed = f"({row('OLD', columns)}, OLD.listed) IS NOT ({row('NEW', columns)}, NEW.listed)"
    yield (
        f"CREATE VIRTUAL TABLE {name} USING fts5({joined}, content='articles_publication', content_rowid='id', {TOKENS})"
    )
    yield f"CREATE TRIGGER {name}_insert AFTER INSERT ON articles_publication BEGIN {add} END"
    yield f"CREATE TRIGGER {name}_delete AFTER DELETE ON articles_publication BEGIN {remove} END"
    yield (
        f"CREATE TRIGGER {name}_update AFTER UPDATE OF {joined}, listed ON articles_publication "
        f"WHEN {changed} BEGIN {remove} {add} END"
    )


ALIKE = "articles_word_alike"
SQLITE = [
    *(statement for name, columns in TABLES.items() for statement in table(name, columns)),
    f"CREATE VIRTUAL TABLE {ALIKE} USING fts5(folded, content='articles_word', content_rowid='id', tokenize='trigram')",
    f"CREATE TRIGGER {ALIKE}_insert AFTER INSERT ON articles_word "
    f"BEGIN INSERT INTO {ALIKE}(rowid, folded) VALUES (NEW.id, NEW.folded); END",
    f"CREATE TRIGGER {ALIKE}_delete AFTER DELETE ON articles_word "
    f"BEGIN INSERT INTO {ALIKE}({ALIKE}, rowid, folded) VALUES ('delete', OLD.id, OLD.folded); END",
]
SQLITE_REVERSE = [
    *(f"DROP TRIGGER {ALIKE}_{event}" for event in ("insert", "delete")),
    *(f"DROP TRIGGER {name}_{event}" for name in TABLES for event in ("insert", "delete", "update")),
    *(f"DROP TABLE {name}" for name in (ALIKE, *TABLES)),
]


def forwards(apps, schema_editor):
    _execute(schema_editor, POSTGRESQL, SQLITE)


def backwards(apps, schema_editor):
    _execute(schema_editor, POSTGRESQL_REVERSE, SQLITE_REVERSE)


def _execute(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    replaces = [("articles", "0026_search_by_kind")]
    dependencies = [("articles", "0014_search_by_words")]
    operations = [CreateModels(WORD), migrations.RunPython(forwards, backwards)]
