"""A publication as the API shows it: a few keys, and its document as the text that is stored."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from articles import kinds
from articles.documents import canonical, upgrade
from articles.records import JSON

COLUMNS = (
    "id",
    "article_id",
    "kind",
    "slug",
    "title",
    "summary",
    "language",
    "card",
    "first_published_at",
    "starts_at",
    "revision__number",
)
DOCUMENT_COLUMNS = (*COLUMNS, "revision__digest", "revision__text")
ITEM = (
    "id",
    "kind",
    "slug",
    "url",
    "title",
    "summary",
    "language",
    "authors",
    "tags",
    "minutes",
    "first_published_at",
    "published_at",
    "revision",
)
DOCUMENT = "document"


def item(row: Any, card: JSON) -> JSON:
    """What lists show of a row with the columns above, and of its card."""
    return card_item(row, card) | {"revision": row.revision__number}


def card_item(row: Any, card: JSON) -> JSON:
    """The same without the number of the revision, which search results don't have."""
    return {
        "id": str(row.article_id),
        "kind": row.kind,
        "slug": row.slug,
        "url": kinds.get(row.kind).address(row.slug),
        "title": row.title,
        "summary": row.summary,
        "language": row.language,
        "authors": card["authors"],
        "tags": card["tags"],
        "minutes": card["minutes"],
        "first_published_at": instant(row.first_published_at),
        "published_at": instant(row.starts_at),
    }


def card(row: Any) -> JSON:
    return json.loads(row.card)


def only(found: JSON, fields: Collection[str] | None) -> JSON:
    return found if fields is None else {name: value for name, value in found.items() if name in fields}


def with_document(start: str, row: Any) -> str:
    """The text of an object (`start`) with the document put into it as it is stored, unparsed."""
    comma = "" if start == "{}" else ","
    return f'{start[:-1]}{comma}"{DOCUMENT}":{_present(row.kind, row.revision__text)}}}'


def instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _present(kind: str, text: str) -> str:
    """The document in the present schema of its kind; its canonical text begins with the schema's number."""
    if text.startswith(f'{{"schema":{kinds.get(kind).schema},'):
        return text
    return canonical(upgrade(json.loads(text)))
