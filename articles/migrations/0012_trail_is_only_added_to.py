"""Rows of the trail never change and are never removed, whoever asks."""

from django.db import migrations

RULE = "trail_is_only_added_to"
POSTGRESQL = [
    f"""CREATE FUNCTION articles_{RULE}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{RULE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER {RULE} BEFORE UPDATE OR DELETE ON articles_event
        FOR EACH ROW EXECUTE FUNCTION articles_{RULE}()""",
]
POSTGRESQL_REVERSE = [f"DROP TRIGGER {RULE} ON articles_event", f"DROP FUNCTION articles_{RULE}"]
SQLITE = [
    f"CREATE TRIGGER {RULE}_{event} BEFORE {event} ON articles_event BEGIN SELECT RAISE(ABORT, '{RULE}'); END"
    for event in ("update", "delete")
]
SQLITE_REVERSE = [f"DROP TRIGGER {RULE}_{event}" for event in ("update", "delete")]


def forwards(apps, schema_editor):
    _execute(schema_editor, POSTGRESQL, SQLITE)


def backwards(apps, schema_editor):
    _execute(schema_editor, POSTGRESQL_REVERSE, SQLITE_REVERSE)


def _execute(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    replaces = [("articles", "0013_revisions_of_a_person")]
    dependencies = [("articles", "0011_periods_never_overlap")]
    operations = [migrations.RunPython(forwards, backwards)]
