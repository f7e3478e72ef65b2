"""What needs what: an article that names others as required is live only while all of them are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from articles import formats
from articles.models import Article, Facet, Publication
from articles.obstacles import Blocked, Conflict, Trashed


def check(changed: Iterable[Article], now: datetime) -> None:
    """Raise Blocked where a required article would not be live for as long as what needs it.

    Raises Conflict where it is live, but ends before that: to publish the two together would not help.
    """
    pks = [article.pk for article in changed]
    facets = Facet.objects.filter(Q(publication__article__in=pks) | Q(target__in=pks), required=True)
    open_ones = facets.filter(publication__in=Publication.objects.not_over(now))
    broken = []
    for facet in open_ones.select_related("publication__article"):
        start = max(facet.publication.starts_at, now)
        if missing_from := gap(facet.target, start, facet.publication.ends_at):
            broken.append(Break(facet, missing_from, missing_from > start))
    if broken:
        _refuse(broken, pks)


@dataclass(frozen=True, slots=True)
class Break:
    """What a facet requires is not live from a moment on; `ends` says that it is live until then."""

    facet: Facet
    missing_from: datetime
    ends: bool


def gap(target: Any, start: datetime, end: datetime | None) -> datetime | None:
    """The first moment in [start, end) at which no period of the target is live."""
    for period in Publication.objects.filter(article=target).not_over(start).order_by("starts_at"):
        if period.starts_at > start:
            return start
        if period.ends_at is None or (end and period.ends_at >= end):
            return None
        start = period.ends_at
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
