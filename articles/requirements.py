"""What needs what: an article that names others as required is live only while all of them are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from articles import formats
from articles.models import Article, Facet, Publication
from articles.obstacles import Blocked, Conflict, Trashed

Period = tuple[datetime, datetime | None]  # from, until; None has no end
SHOWN = (
    *("target", "label", "publication__starts_at", "publication__ends_at", "publication__article"),
    *("publication__article__kind", "publication__article__title"),
)


def check(changed: Iterable[Article], now: datetime) -> None:
    """Raise Blocked where a required article would not be live for as long as what needs it.

    Raises Conflict where it is live, but ends before that: to publish the two together would not help.
    """
    pks = [article.pk for article in changed]
    facets = _open_facets(pks, now)
    periods = _periods({facet.target for facet in facets}, now)
    broken = []
    for facet in facets:
        start = max(facet.publication.starts_at, now)
        if missing_from := _gap(periods[facet.target], start, facet.publication.ends_at):
            broken.append(Break(facet, missing_from, missing_from > start))
    if broken:
        _refuse(broken, pks)


def _open_facets(pks: Collection[Any], now: datetime) -> list[Facet]:
    """What is required of these articles and by them, while they are live or scheduled.

    Two reads by an index each: a condition that joins both would go through all facets.
    """
    open_ones = Publication.objects.not_over(now)
    required = Facet.objects.filter(required=True).select_related("publication__article").only(*SHOWN)
    of_them = required.filter(target__in=pks, publication__in=open_ones)
    by_them = required.filter(publication__in=open_ones.filter(article__in=pks))
    return list({facet.pk: facet for facet in (*of_them, *by_them)}.values())


@dataclass(frozen=True, slots=True)
class Break:
    """What a facet requires is not live from a moment on; `ends` says that it is live until then."""

    facet: Facet
    missing_from: datetime
    ends: bool


def not_live(targets: Iterable[UUID], start: datetime, end: datetime | None) -> set[UUID]:
    """Those of some articles that are not live at the first moment of [start, end). One query."""
    return {target for target, found in _periods(targets, start).items() if _gap(found, start, end) == start}


def _periods(targets: Iterable[UUID], moment: datetime) -> dict[UUID, list[Period]]:
    """Of each article, the periods that are not over at a moment, one after the other. One query."""
    found: dict[UUID, list[Period]] = {target: [] for target in targets}
    open_ones = Publication.objects.filter(article__in=found).not_over(moment).order_by("starts_at")
    for article, starts_at, ends_at in open_ones.values_list("article", "starts_at", "ends_at"):
        found[article].append((starts_at, ends_at))
    return found


def _gap(periods: Iterable[Period], start: datetime, end: datetime | None) -> datetime | None:
    """The first moment in [start, end) at which none of the periods is live."""
    for starts_at, ends_at in periods:
        if ends_at and ends_at <= start:
            continue
        if starts_at > start:
            return start
        if ends_at is None or (end and ends_at >= end):
            return None
        start = ends_at
    return start


def _refuse(broken: Sequence[Break], changed: Sequence[Any]) -> None:
    first = broken[0]
    needing = first.facet.publication.article
    if needing.pk not in changed:
        dependents = list({each.facet.publication.article_id: each.facet for each in broken}.values())
        articles = [facet.publication.article for facet in dependents]
        raise Blocked(
            f"“{first.facet.label}” is part of {_list(articles)}. Withdraw them together.", articles
        )
    if ending := next((each for each in broken if each.ends), None):
        raise Conflict(
            f"“{ending.facet.label}” is live until {formats.moment(ending.missing_from)} only. Publish it "
            f"without an end first, or let “{needing.title}” end then as well."
        )
    missing = list(Article.objects.filter(pk__in=[each.facet.target for each in broken]).order_by("title"))
    raise Blocked(
        f"“{needing.title}” needs {_list(missing)}, not live from {formats.moment(first.missing_from)} on. "
        "Publish them together.",
        missing,
    )


def refuse_trashed(pks: Collection[Any]) -> None:
    """Raise Trashed where one of the articles is in the trash."""
    if found := list(Article.objects.trashed().filter(pk__in=pks).order_by("title")):
        raise Trashed(found)


def dependents(article: Article, end: datetime) -> list[Article]:
    facets = Facet.objects.filter(target=article.pk, required=True)
    open_ones = facets.filter(publication__in=Publication.objects.not_over(end))
    return list(Article.objects.filter(pk__in=open_ones.values("publication__article")).order_by("pk"))


def _list(articles: Sequence[Article]) -> str:
    return ", ".join(f"“{article.title}”" for article in articles)
