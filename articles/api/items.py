"""A publication as the API shows it: its stored card with a few keys more, and its document as it is stored.

These are JSON texts, put together without being parsed: that is most of what a list costs.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from articles import kinds, rendering
from articles.api.responses import dump
from articles.documents import canonical, upgrade

COLUMNS = (
    "id",
    "title",
    "card",
    "rendered_with",
    "first_published_at",
    "starts_at",
    "revision__number",
)
DOCUMENT_COLUMNS = (*COLUMNS, "kind", "revision__digest", "text")
ITEM = (
    "id",
    "kind",
    "slug",
    "url",
    "title",
    "summary",
    "language",
    "reviewed_on",
    "authors",
    "tags",
    "minutes",
    "first_published_at",
    "published_at",
    "revision",
)
DOCUMENT = "document"


def item(row: Any, card: str = "") -> str:
    """What lists show of a row with the columns above, or of its card with something changed in it."""
    return with_keys(dated(row, card), f'"revision":{row.revision__number}')


def dated(row: Any, card: str = "") -> str:
    """The same without the number of the revision, which search results don't have."""
    first, start = instant(row.first_published_at), instant(row.starts_at)
    dates = f'"first_published_at":"{first}","published_at":"{start}"'
    return with_keys(card or rendering.card(row), dates)


def with_keys(item: str, keys: str) -> str:
    """The text of an object with more keys, these as JSON text as well."""
    return f"{item[:-1]},{keys}}}" if item != "{}" else f"{{{keys}}}"


def only(item: str, fields: Collection[str] | None) -> str:
    if fields is None:
        return item
    return dump({name: value for name, value in json.loads(item).items() if name in fields})


def with_document(start: str, row: Any) -> str:
    """The text of an object with the document put into it as it is stored."""
    return with_keys(start, f'"{DOCUMENT}":{_present(row.kind, row.text)}')


def instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _present(kind: str, text: str) -> str:
    """The document in the present schema of its kind; its canonical text begins with the schema's number."""
    if text.startswith(f'{{"schema":{kinds.get(kind).schema},'):
        return text
    return canonical(upgrade(json.loads(text)))
