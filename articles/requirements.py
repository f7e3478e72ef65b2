"""What needs what: an article that names others as required is live only while all of them are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from articles import formats
from articles.models import Article, Facet, Publication
from articles.obstacles import Blocked


def check(changed: Iterable[Article], now: datetime) -> None:
    """Raise Blocked where a required article would not be live for as long as what needs it."""
    pks = [article.pk for article in changed]
    facets = Facet.objects.filter(Q(publication__article__in=pks) | Q(target__in=pks), required=True)
    open_ones = facets.filter(publication__in=Publication.objects.not_over(now))
    broken = [
        (facet, missing_from)
        for facet in open_ones.select_related("publication__article")
        if (
            missing_from := gap(
                facet.target, max(facet.publication.starts_at, now), facet.publication.ends_at
            )
        )
    ]
    if broken:
        _refuse(broken, pks)


def _gap_under(facet: Facet, now: datetime) -> datetime | None:
    publication = facet.publication
    return gap(facet.target, max(publication.starts_at, now), publication.ends_at)


def gap(target: Any, start: datetime, end: datetime | None) -> datetime | None:
    """The first moment in [start, end) at which no period of the target is live."""
    for period in Publication.objects.filter(article=target).not_over(start).order_by("starts_at"):
        if period.starts_at > start:
            return start
        if period.ends_at is None or (end and period.ends_at >= end):
            return None
        start = period.ends_at
    return start


def _refuse(broken: Sequence[tuple[Facet, datetime]], changed: Sequence[Any]) -> None:
    facet, start = broken[0]
    needing = facet.publication.article
    if needing.pk in changed:
        missing = list(Article.objects.filter(pk__in=[each.target for each, _ in broken]).order_by("title"))
        raise Blocked(
            f"“{needing.title}” needs {_list(missing)}, not live from {formats.moment(start)} on. "
            "Publish them together.",
            missing,
        )
    dependents = list({each.publication.article_id: each.publication.article for each, _ in broken}.values())
    raise Blocked(f"“{facet.label}” is part of {_list(dependents)}. Withdraw them together.", dependents)


def dependents(article: Article, end: datetime) -> list[Article]:
    facets = Facet.objects.filter(target=article.pk, required=True)
    open_ones = facets.filter(publication__in=Publication.objects.not_over(end))
    return list(Article.objects.filter(pk__in=open_ones.values("publication__article")).order_by("pk"))


def _list(articles: Sequence[Article]) -> str:
    return ", ".join(f"“{article.title}”" for article in articles)
