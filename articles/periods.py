"""How the periods of one article follow each other."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Min

from articles.models import Article, PublicationQuerySet

TICK = timedelta(microseconds=1)


def end(article: Article, moment: datetime, by: User | None) -> bool:
    """End what is live at a moment and take back what begins after it; whether there was anything."""
    taken_back, _ = article.publications.filter(starts_at__gte=moment).delete()
    live = list(article.publications.at(moment))
    for publication in live:
        publication.until = publication.ends_at = max(moment, publication.starts_at + TICK)
        publication.ended_by = by
        publication.save(update_fields=["until", "ends_at", "ended_by"])
    return bool(live or taken_back)


def settle(article: Article, now: datetime) -> None:
    """Each period ends where it was asked to, or where the next begins; all know when the first began."""
    rows = list(article.publications.order_by("starts_at"))
    for publication, following in zip(rows, [*rows[1:], None], strict=False):
        ends_at = earliest(publication.until, following.starts_at if following else None)
        over = publication.ends_at is not None and publication.ends_at <= now
        if not over and publication.ends_at != ends_at:
            publication.ends_at = ends_at
            publication.save(update_fields=["ends_at"])
    if rows:
        first = rows[0].starts_at
        article.publications.exclude(first_published_at=first).update(first_published_at=first)


def first_start(publications: PublicationQuerySet) -> datetime | None:
    first: datetime | None = publications.aggregate(first=Min("starts_at"))["first"]
    return first


def earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
