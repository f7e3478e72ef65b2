"""The words of a document, with their places, without what it quotes from others. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models

from articles.checks.found import Place
from articles.comparing import rows
from articles.members import RichText, Value, ValuesByRow
from articles.records import JSON, Record

QUOTED = re.compile(r"<blockquote\b.*?</blockquote>", re.DOTALL)
BLOCK_END = re.compile(r"</(?:p|h3|h4|li|blockquote)>|<br ?/?>")
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
NO_PROSE = (models.SlugField, models.URLField, models.FileField)
NAMES = {"url", "unit", "period", "region", "publisher"}


@dataclass(frozen=True, slots=True)
class Text:
    """Some prose of a document: where it stands, and its paragraphs as plain text."""

    place: Place
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(WORD.findall(paragraph)) for paragraph in self.paragraphs)


def texts(record: Record, document: JSON, *, without: Collection[str] = ()) -> Iterator[Text]:
    """All prose of a document, without that of some lists of rows."""
    yield from _of(record, document, ())
    for place, own, row in rows(record, document):
        if place[0] not in without:
            yield from _of(own, row, place)


def rich_texts(record: Record, document: JSON) -> Iterator[tuple[Place, str]]:
    """The HTML of all rich text, with its places."""
    for place, own, row in (((), record, document), *rows(record, document)):
        for member in own.members:
            if isinstance(member, RichText) and row[member.name]:
                yield (*place, member.name), row[member.name]


def paragraphs(html: str) -> tuple[str, ...]:
    """Rich text as plain paragraphs, without quotations."""
    pieces = BLOCK_END.split(QUOTED.sub("", html))
    found = (" ".join(unescape(TAG.sub("", piece)).split()) for piece in pieces)
    return tuple(filter(None, found))


def _of(record: Record, row: JSON, place: Place) -> Iterator[Text]:
    for member in record.members:
        value = row.get(member.name)
        if isinstance(member, RichText) and value:
            yield Text((*place, member.name), paragraphs(value))
        elif isinstance(member, ValuesByRow) and member.words is str:
            yield from (Text((*place, member.name, key), (text,)) for key, text in (value or {}).items())
        elif isinstance(member, Value) and value and _is_prose(record.model, member.name):
            yield Text((*place, member.name), tuple(str(value).splitlines()))


def _is_prose(model: Any, name: str) -> bool:
    column = model._meta.get_field(name)
    worded = isinstance(column, models.CharField | models.TextField) and not isinstance(column, NO_PROSE)
    return worded and not column.choices and name not in NAMES
