"""What the API takes and gives, as JSON Schema (2020-12)."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.drainage import set_override
from rest_framework import serializers

from articles import documents, kinds
from articles.records import JSON
from articles.search.candidates import MOST
from articles.search.facets import NARROWING

TEXT: JSON = {"type": "string"}
UUID: JSON = {"type": "string", "format": "uuid"}
MOMENT: JSON = {"type": "string", "format": "date-time"}
DAY: JSON = {"type": "string", "format": "date"}
WHOLE: JSON = {"type": "integer"}
NUMBER: JSON = {"type": "number"}
FLAG: JSON = {"type": "boolean"}
PATH: JSON = {"type": "string", "description": "An address on this site, without its name."}


class Shape(serializers.BaseSerializer[Any]):
    """Stands for a named JSON Schema in the description of the API; it serialises nothing."""

    build: Callable[[], JSON]


set_override(Shape, "many", False)


def shape(name: str, build: Callable[[], JSON]) -> type[Shape]:
    """A named schema. It is built when it is wanted, and may hold other shapes."""
    return type(name, (Shape,), {"build": staticmethod(build)})


def record(properties: Mapping[str, Any], *, optional: bool = False) -> JSON:
    """An object with exactly these keys; `optional`: or with some of them."""
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **({} if optional else {"required": [*properties]}),
    }


def array(items: Any) -> JSON:
    return {"type": "array", "items": items}


def optional(schema: Any) -> JSON:
    return {"anyOf": [schema, {"type": "null"}]}


def page(items: Any, **more: Any) -> JSON:
    """A page of a list."""
    link = optional({"type": "string", "format": "uri"})
    return record({"next": link, "previous": link, **more, "results": array(items)})


NAMED = shape("Named", lambda: record({"name": TEXT, "slug": TEXT}))
PROBLEM = shape(
    "Problem",
    lambda: {
        "description": "Problem details (RFC 9457).",
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": WHOLE,
            "detail": TEXT,
            "errors": array(record({"where": TEXT, "message": TEXT})),
        },
        "required": ["type", "title", "status", "detail"],
    },
)


def item(kind: str) -> dict[str, Any]:
    """What lists show; `?fields=` may leave out any of it."""
    return {**card_item({"const": kind}), "revision": WHOLE}


def card_item(kind: JSON) -> dict[str, Any]:
    return {
        "id": UUID,
        "kind": TEXT | kind,
        "slug": TEXT,
        "url": PATH,
        "title": TEXT,
        "summary": TEXT,
        "language": TEXT,
        "reviewed_on": optional(DAY) | {"description": "When its facts were last checked."},
        "authors": array(NAMED),
        "tags": array(NAMED),
        "minutes": {"type": "integer", "minimum": 1, "description": "Reading time."},
        "first_published_at": MOMENT,
        "published_at": MOMENT | {"description": "When this version went live."},
    }


def listed_and_whole(name: str, kind: str, **more: Any) -> Mapping[str, type[Shape]]:
    """The shapes of a kind's list and of one article, by the action that gives them."""
    document = shape(f"{name}Document", lambda: documents.schema(kind))
    listed = shape(f"{name}Item", lambda: record(item(kind) | more, optional=True))
    whole = shape(name, lambda: record(item(kind) | more | {"document": document}, optional=True))
    return {"list": shape(f"{name}Page", lambda: page(listed)), "retrieve": whole}


# --- Tags, authors, replies and the search --------------------------------------------------------

LINKED = {"id": UUID, "name": TEXT, "slug": TEXT, "url": PATH}
TAG_PAGE = shape("TagPage", lambda: page(record(LINKED | {"description": TEXT})))
AUTHOR_PAGE = shape("AuthorPage", lambda: page(record(LINKED | {"expertise": TEXT, "bio": TEXT})))

COMMENT = shape(
    "Comment",
    lambda: record(
        {"id": UUID, "article": UUID, "parent": optional(UUID)}
        | {"name": TEXT, "text": TEXT, "created_at": MOMENT}
    ),
)
COMMENT_PAGE = shape("CommentPage", lambda: page(COMMENT))
REPLY = shape(
    "Reply",
    lambda: (
        record({"article": UUID, "parent": optional(UUID), "name": TEXT, "email": TEXT, "text": TEXT})
        | {"required": ["article", "name", "text"]}
    ),
)
OWN_LINK = {
    "type": "string",
    "format": "uri",
    "description": "Shows what becomes of the reply, and changes or withdraws it for 15 minutes.",
}
RECEIVED = shape("ReplyReceived", lambda: record({"message": TEXT, "own": OWN_LINK}))

CORRECTED = {"kind": TEXT, "slug": TEXT, "url": PATH, "title": TEXT}
CORRECTION_PAGE = shape(
    "CorrectionPage",
    lambda: page(
        record(
            {"id": UUID, "corrected_on": DAY, "was": TEXT, "now": TEXT, "why": TEXT}
            | {"credit": TEXT | {"description": "Whom it is owed to."}, "article": record(CORRECTED)}
        )
    ),
)

EXCERPT: JSON = {"type": "string", "description": "HTML: the text around the words, each in `<mark>`."}
SEARCH_RESULT = shape(
    "SearchResult", lambda: record(card_item({"enum": listed_kinds()}) | {"excerpt": EXCERPT})
)
COUNTED: JSON = {
    "type": "integer",
    "minimum": 0,
    "maximum": MOST,
    "description": "How many were found; of more than the maximum, `more` says so.",
}
FACET: JSON = array(record({"slug": TEXT, "name": TEXT, "count": COUNTED}))
FACETS: JSON = record(dict.fromkeys(("kind", *NARROWING), FACET)) | {
    "description": "What the counted results have, the most frequent first. As parameters they narrow it."
}
MEANT: JSON = optional(TEXT) | {
    "description": "Where nothing was found: what is written nearly so, and is found."
}
SEARCH_PAGE = shape(
    "SearchPage",
    lambda: page(SEARCH_RESULT, count=COUNTED, more=FLAG, did_you_mean=MEANT, facets=FACETS),
)


def listed_kinds() -> list[str]:
    """The kinds that have pages; all are known once the apps are ready, before any address is."""
    return [kind.name for kind in kinds.every() if kind.prefix]
