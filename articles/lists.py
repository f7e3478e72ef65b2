"""A page of a list: stored cards, and links to the newer and older page. Nothing is counted."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from articles import pages, slots
from articles.models import Publication, PublicationQuerySet

PER_PAGE = 20
LAST_PAGE = 100_000
COLUMNS = ("card", "first_published_at")


@dataclass(frozen=True, slots=True)
class Page:
    cards: list[str]
    newer: str | None
    older: str | None

    def context(self) -> dict[str, Any]:
        return {"cards": self.cards, "newer": self.newer, "older": self.older}


def page(request: HttpRequest, publications: PublicationQuerySet) -> Page:
    """The page that `?page=` names, newest first. One query."""
    number = page_number(request)
    start = (number - 1) * PER_PAGE
    rows = list(publications.newest_first().only(*COLUMNS)[start : start + PER_PAGE + 1])
    if not rows and number > 1:
        raise Http404("The list is not that long.")
    newer, older = neighbours(request, number, more=len(rows) > PER_PAGE)
    return Page([card(row) for row in rows[:PER_PAGE]], newer, older)


def cards(publications: PublicationQuerySet, count: int) -> list[str]:
    """The newest few, for pages that are not lists themselves."""
    return [card(row) for row in publications.newest_first().only(*COLUMNS)[:count]]


def card(publication: Publication) -> str:
    return slots.fill(json.loads(publication.card)["html"], {"published": pages.published(publication)})


def page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:9]) <= LAST_PAGE or len(given) > 9:
        raise Http404("There is no such page.")
    return int(given)


def neighbours(request: HttpRequest, number: int, *, more: bool) -> tuple[str | None, str | None]:
    def at(other: int) -> str:
        query = request.GET.copy()
        query["page"] = str(other)
        if other == 1:
            del query["page"]
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return at(number - 1) if number > 1 else None, at(number + 1) if more else None
