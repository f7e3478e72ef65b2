"""What people call the rows that a document speaks of by their ids."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import models

from articles.comparing import rows
from articles.members import Reference, ReferenceList, ValuesByRow
from articles.models import Article
from articles.records import JSON, Record

LINKED = 'href="article:'
LINK = re.compile(rf'{LINKED}([0-9a-f-]{{36}})["#]')
Names = Mapping[str, str]
Referred = tuple[type[models.Model], str]


def names(record: Record, *found: JSON) -> dict[str, str]:
    """Titles by id of all that the documents name: rows of other documents, and their own rows.

    One query for each table that is spoken of.
    """
    wanted: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    for document in found:
        for model, pk in references(record, document):
            wanted[model].add(pk)
    named = {str(row.pk): str(row) for model, pks in wanted.items() for row in _rows(model, pks)}
    return named | _own(record, found, named)


def references(record: Record, document: JSON) -> Iterator[Referred]:
    """The table and id of each row of another document that this one speaks of."""
    yield from _references(record, document)
    for _, child, row in rows(record, document):
        yield from _references(child, row)


def label(record: Record, row: Mapping[str, Any], named: Names) -> str:
    """By what people know a row: its heading, its question; else what sort of row it is."""
    given = [str(row[name]) for name in record.named_by if row.get(name)]
    return ": ".join(named.get(each, each) for each in given) or _sort(record, row)


def _references(record: Record, row: JSON) -> Iterator[Referred]:
    for member in record.members:
        value = row.get(member.name)
        if isinstance(member, Reference) and value:
            yield member.model, value
        elif isinstance(member, ReferenceList | ValuesByRow):
            yield from ((member.model, pk) for pk in value or ())
        elif isinstance(value, str) and LINKED in value:
            yield from ((Article, pk) for pk in LINK.findall(value))


def _rows(model: type[models.Model], pks: set[str]) -> models.QuerySet[Any]:
    return model._default_manager.filter(pk__in=filter(_is_id, pks))


def _is_id(key: str) -> bool:
    """Cells that were written before their paths are known by their places."""
    try:
        return bool(UUID(key))
    except ValueError:
        return False


def _own(record: Record, found: tuple[JSON, ...], named: Names) -> dict[str, str]:
    return {
        row["id"]: label(child, row, named) for document in found for _, child, row in rows(record, document)
    }


def _sort(record: Record, row: Mapping[str, Any]) -> str:
    for member in record.members:
        column: Any = record.model._meta.get_field(member.name)
        if choices := dict(getattr(column, "flatchoices", None) or ()):
            return str(choices.get(row.get(member.name), ""))
    return str(record.model._meta.verbose_name)
