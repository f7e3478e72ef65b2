"""Whether a database knows letters from signs. PostgreSQL goes by its locale, and C knows those of ASCII."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

KNOWS = "SELECT 'ß' ~ '[[:alnum:]]' AND 'ж' ~ '[[:alnum:]]'"


def check(databases: Sequence[str] | None = None, **options: Any) -> list[checks.CheckMessage]:
    """Asked for by `migrate`, and by `check --database default`."""
    postgresql = [each for each in databases or () if connections[each].vendor == "postgresql"]
    return [_unknown(each) for each in postgresql if not _knows(each)]


def _knows(database: str) -> bool:
    with connections[database].cursor() as cursor:
        cursor.execute(KNOWS)
        return bool(cursor.fetchone()[0])


def _unknown(database: str) -> checks.CheckMessage:
    return checks.Warning(
        f"The locale of the database “{database}” takes letters like ß and ж for signs between words: "
        "the search finds no words with them.",
        hint="Make the database anew with a locale of UTF-8, as LC_CTYPE 'C.UTF-8', and move what is in it.",
        id="articles.W001",
    )
