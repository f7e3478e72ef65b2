"""Which comparisons to read next: those that share paths, and those whose results are asked for most."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles import lists, reading
from articles.models import Publication, PublicationQuerySet
from articles.prepared import SAMPLE, PreparedRows
from comparisons.models import MOST_CONTENDERS, LeanCounter

SHOWN = 4
KIND = "comparison"
COUNTED = timedelta(days=30)
KEPT = 600  # seconds for which the order of the most compared stays; whether they are live is always asked
MANY = 50  # of them are looked at, as some may not be live any more


def related(comparison: UUID, paths: Sequence[UUID | str], moment: datetime) -> SafeString:
    """Links to other live comparisons of these paths: most shared paths first, then the newest.

    One query, which looks at the last hundred of each path.
    """
    named = [UUID(str(path)) for path in paths] or [comparison]  # a draft may name none yet
    seats = (named * MOST_CONTENDERS)[:MOST_CONTENDERS]
    rows = _sharing(SHOWN, here=comparison, moment=moment, **dict(zip(SEATS, seats, strict=True)))
    return format_html_join(
        "",
        '<li><a href="/compare/{}/">{}</a><p>{}</p></li>',
        ((row.slug, row.title, row.summary) for row in rows),
    )


SEATS = {f"path{number}": UUID(int=number) for number in range(1, MOST_CONTENDERS + 1)}


def _sharing_query(here: UUID, moment: datetime, **seats: UUID) -> Any:
    paths = list(seats.values())
    sharing = reading.live(moment).of_kind(KIND).last_about("path", *paths)
    return (
        sharing.filter(facets__name="path", facets__target__in=paths)
        .exclude(article=here)
        .values("slug", "title", "summary", "first_published_at")
        .annotate(shared=Count("facets"))
        .order_by("-shared", "-first_published_at", "slug")
        .values_list("slug", "title", "summary", named=True)
    )


_sharing = PreparedRows(_sharing_query, here=UUID(int=99), moment=SAMPLE, **SEATS)


def most_compared(moment: datetime, count: int) -> list[str]:
    """Cards of the live comparisons whose results were asked for most in the last thirty days. One query."""
    order = _order()
    if not order:
        return []
    found = {row.article_id: row for row in _cards(order, moment)}
    return lists.cards([found[pk] for pk in order if pk in found][:count])


def _cards(articles: Sequence[UUID], moment: datetime) -> PublicationQuerySet:
    live = Publication.objects.at(moment).of_kind(KIND).listed()
    return live.filter(article__in=articles).only("article", *lists.COLUMNS)


def _order() -> list[UUID]:
    """Their ids, the most compared first; kept for a while, as all numbers of a month are added up for it."""
    found: list[UUID] | None = cache.get("most-compared")
    if found is None:
        since = timezone.localdate(timezone.now() - COUNTED)
        sums = LeanCounter.objects.since(since).order_by().values("comparison").annotate(sum=Sum("results"))
        found = list(sums.order_by("-sum", "comparison").values_list("comparison", flat=True)[:MANY])
        cache.set("most-compared", found, KEPT)
    return found
