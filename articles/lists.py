"""A page of a list: stored cards, and links to the newer and older page. Nothing is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from articles import formats, frames, rendering, site_addresses, slots, structured_data
from articles.models import Publication, PublicationQuerySet
from articles.prepared import SAMPLE, PreparedRows
from articles.records import JSON

PER_PAGE = 20
LAST_PAGE = 100_000
COLUMNS = ("id", "kind", "slug", "title", "card_html", "rendered_with", "first_published_at")


@dataclass(frozen=True, slots=True)
class Page:
    cards: list[str]
    listed: list[tuple[str, str]]  # titles and addresses
    newer: str | None
    older: str | None
    number: int
    canonical: str

    def context(self) -> dict[str, Any]:
        return {
            "cards": self.cards,
            "newer": self.newer,
            "older": self.older,
            "later_page": self.number if self.number > 1 else None,
            "canonical": self.canonical,
        }

    def structured_data(self, *nodes: JSON) -> SafeString:
        """What machines are told of the list, with other nodes."""
        return structured_data.text([structured_data.item_list(self.listed), *nodes])


def page(request: HttpRequest, publications: PublicationQuerySet, moment: datetime, *, tag: str = "") -> Page:
    """The page that `?page=` names of what is live at a moment. One query. `tag` is the topic of `?tag=`."""
    number = page_number(request)
    start = (number - 1) * PER_PAGE
    rows = publications.newest_first(moment).only(*COLUMNS)[start : start + PER_PAGE + 1]
    return _page(request, number, list(rows), tag)


def page_of_kind(request: HttpRequest, kind: str, moment: datetime) -> Page:
    """Like `page`, for the long lists of one kind."""
    number = page_number(request)
    rows = _newest_of_kind(PER_PAGE + 1, (number - 1) * PER_PAGE, kind=kind, moment=moment)
    return _page(request, number, rows)


_newest_of_kind = PreparedRows(
    lambda kind, moment: (
        Publication.objects.at(moment).of_kind(kind).newest_first(moment).values_list(*COLUMNS, named=True)
    ),
    kind="<kind>",
    moment=SAMPLE,
)


def _page(request: HttpRequest, number: int, rows: list[Any], tag: str = "") -> Page:
    if not rows and number > 1:
        raise Http404(gettext("The list is not that long."))
    newer, older = neighbours(request, number, more=len(rows) > PER_PAGE)
    shown = rows[:PER_PAGE]
    listed = [(row.title, site_addresses.of(row.kind, row.slug)) for row in shown]
    return Page(cards(shown), listed, newer, older, number, _canonical(request.path, number, tag))


def _canonical(path: str, number: int, tag: str) -> str:
    """The address with what makes a list another one, and nothing else that was asked for."""
    kept = {"tag": tag, "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{settings.SITE_URL}{path}{'?' if query else ''}{query}"


def response(template: str, page: Page, **context: Any) -> HttpResponse:
    """A list in its template, which is rendered once for each context (of hashable values)."""
    given = page.context()
    places: dict[str, Any] = {name: slots.slot(name) if value else None for name, value in given.items()}
    places["cards"] = (slots.slot("cards"),) if page.cards else ()
    places["structured_data"] = slots.slot("structured_data") if page.cards else ""
    html = frames.slotted(template, **places, **context)
    values: dict[str, str] = {name: escape(value or "") for name, value in given.items()}
    values |= {"cards": "".join(page.cards), "structured_data": page.structured_data()}
    return HttpResponse(slots.fill(html, values))


def newest(moment: datetime, count: int, kind: str | None = None) -> list[str]:
    """The newest few cards, for pages that are not lists themselves."""
    rows = _newest_of_kind(count, kind=kind, moment=moment) if kind else _newest(count, moment=moment)
    return cards(rows)


_newest = PreparedRows(
    lambda moment: (
        Publication.objects.at(moment).listed().newest_first(moment).values_list(*COLUMNS, named=True)
    ),
    moment=SAMPLE,
)


def cards(rows: Sequence[Any]) -> list[str]:
    """The cards of rows with the columns above."""
    days, language = formats.day_elements(row.first_published_at for row in rows), get_language() or ""
    return [
        slots.fill(rendering.card_html(row), {"published": day, "language": language})
        for row, day in zip(rows, days, strict=True)
    ]


def page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:9]) <= LAST_PAGE or len(given) > 9:
        raise Http404(gettext("There is no such page."))
    return int(given)


def neighbours(request: HttpRequest, number: int, *, more: bool) -> tuple[str | None, str | None]:
    def at(other: int) -> str:
        query = request.GET.copy()
        query["page"] = str(other)
        if other == 1:
            del query["page"]
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return at(number - 1) if number > 1 else None, at(number + 1) if more else None
