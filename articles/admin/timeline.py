"""What an article said and when readers saw it, as the admin's pages list it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Article, Event, Publication, Revision

BULKY = ("revision__text", "search_text", "card", "card_html", "page", "fragments")


def periods(article: Article) -> QuerySet[Publication]:
    return article.publications.select_related("revision", "by", "ended_by").defer(*BULKY)


def open_periods(article: Article, moment: datetime) -> QuerySet[Publication]:
    """What is live or scheduled, in the order in which it comes."""
    return periods(article).not_over(moment).order_by("starts_at")  # type: ignore[attr-defined]


def revisions(article: Article, moment: datetime) -> QuerySet[Revision]:
    """The newest first; `is_live` where readers see just that."""
    live = Publication.objects.at(moment).filter(article=article, revision__digest=OuterRef("digest"))
    return article.revisions.select_related("author").defer("text").annotate(is_live=Exists(live))


def events(article: Article) -> QuerySet[Event]:
    """What was decided about it, the newest first."""
    return Event.objects.filter(article=article.pk)
