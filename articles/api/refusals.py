"""Why a transition was not made, or a document not taken in, as a problem that a program understands."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from articles import merging, obstacles, writing
from articles.api import problems
from articles.comparing import MISSING, Moved, address
from articles.merging import Difference
from articles.models import Article
from articles.records import JSON, DocumentError, Problem

MOST = 100  # problems and differences that are told

# The others are about what was asked for, and not about how things stand.
ABOUT_STANDING = (
    obstacles.Conflict,
    obstacles.Blocked,
    obstacles.Unapproved,
    obstacles.Trashed,
    obstacles.InUse,
)
Refusal = obstacles.PublishingError | DocumentError


def answer(refused: Refusal, *, status: int | None = None) -> HttpResponse:
    """`status` in place of 409, where a header made a condition that does not hold."""
    if isinstance(refused, DocumentError):
        return _told(HTTPStatus.BAD_REQUEST, refused.problems)
    if isinstance(refused, obstacles.NotReady):
        return _told(HTTPStatus.UNPROCESSABLE_ENTITY, refused.problems, refused.headline)
    if isinstance(refused, obstacles.Objected):
        told = [Problem(each.about, each.message) for each in refused.objections]
        return _told(HTTPStatus.UNPROCESSABLE_ENTITY, told, refused.headline)
    found = HTTPStatus.CONFLICT if isinstance(refused, ABOUT_STANDING) else HTTPStatus.UNPROCESSABLE_ENTITY
    return problems.respond(status or found, str(refused), more=dict(_more(refused)))


def _told(status: int, found: Sequence[Problem], headline: str = "") -> HttpResponse:
    """All problems in a list, the first of them in a sentence."""
    left = f"And {len(found) - MOST} more." if len(found) > MOST else ""
    detail = " ".join(filter(None, [headline, *map(str, found[:MOST]), left]))
    return problems.respond(status, detail, list(found[:MOST]))


def _more(refused: obstacles.PublishingError) -> Iterator[tuple[str, Any]]:
    """What stands in the way, for programs."""
    if isinstance(refused, writing.Overtaken):
        yield "based_on", refused.based_on
        yield "revision", refused.newest.number
        yield "differences", [_difference(each) for each in refused.differences[:MOST]]
    elif isinstance(refused, obstacles.Edited):
        yield "revision", refused.newest.number
    elif isinstance(refused, writing.Taken):
        yield "articles", [named(refused.article)]
    elif isinstance(refused, obstacles.Blocked):
        yield "articles", [named(article) for article in refused.articles]
    elif isinstance(refused, obstacles.InUse):
        yield "articles", [named(article) for article in refused.needing]


def named(article: Article) -> Mapping[str, str]:
    url = reverse("api:draft-detail", args=[article.pk])
    return {"id": str(article.pk), "kind": article.kind, "title": article.title, "url": url}


def _difference(found: Difference) -> JSON:
    """Where both versions differ, who changed it, and what both say; a row that one lacks is absent there."""
    told: JSON = {
        "place": address(found.place),
        "changed_by": sorted(side.value for side in found.changed_by),
    }
    (first, *_) = found.changes
    if isinstance(first, Moved):
        return told | {"mine": list(first.order)}
    theirs, mine = merging.sides(first)
    values = {"theirs": theirs, "mine": mine}
    return told | {name: value for name, value in values.items() if value is not MISSING}
