"""The trash: what is deleted goes there, can be put back, and is removed for good some time later."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles import formats, kinds, publishing, report, requirements, trail
from articles.models import Article, PreviewLink, Publication
from articles.obstacles import InUse

KEPT_FOR = timedelta(days=30)
NAMED = 5  # titles in a sentence


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an article in the trash: removed for good, or `kept` for a reason."""

    article: Article
    kept: str = ""


def hold(article: Article) -> Article | None:
    """The article as it stands once nobody else saves it or makes a transition; None where it is gone.

    Called within a transaction, until the end of which it stays so.
    """
    publishing.take_turn()
    return Article.objects.select_for_update().filter(pk=article.pk).first()


@transaction.atomic
def trash(article: Article, *, by: User | None) -> bool:
    """Move an article to the trash; returns whether it wasn't there yet.

    Raises InUse where it is live or scheduled; what live articles need is live itself.
    """
    if _is_trashed(article):
        return False
    if used := in_use(article, timezone.now()):
        raise used
    article.trashed_at, article.trashed_by = timezone.now(), by
    article.save(update_fields=["trashed_at", "trashed_by"])
    report.saved(article)
    report.moved(article)
    trail.note(trail.Action.TRASHED, article, by=by)
    return True


@transaction.atomic
def put_back(article: Article, *, by: User | None) -> bool:
    """Take an article out of the trash, as it was; returns whether it was there."""
    if not _is_trashed(article):
        return False
    article.trashed_at = article.trashed_by = None
    article.save(update_fields=["trashed_at", "trashed_by"])
    report.saved(article)
    report.moved(article)
    trail.note(trail.Action.PUT_BACK, article, by=by)
    return True


def _is_trashed(article: Article) -> bool:
    held = hold(article)
    return held is not None and held.trashed_at is not None


def removable_from(article: Article) -> datetime | None:
    """When `purge` may remove it; None where it is not in the trash."""
    return article.trashed_at and article.trashed_at + KEPT_FOR


def is_own_draft(article: Article, user: User) -> bool:
    """Whether nobody else has written it and no reader has seen it."""
    wrote = set(article.revisions.values_list("author", flat=True).order_by().distinct())
    return wrote == {user.pk} and not article.publications.exists()


def drafts_naming(articles: Iterable[Article]) -> QuerySet[Article]:
    """Working copies that name one of these articles, which are of one kind."""
    rows = list(articles)
    if not rows:
        return Article.objects.none()
    return kinds.get(rows[0].kind).drafts_naming([row.pk for row in rows]).order_by("title", "pk")


def in_use(article: Article, now: datetime) -> InUse | None:
    """What keeps an article from being moved to the trash."""
    period = article.publications.not_over(now).order_by("starts_at").first()
    if period is None:
        return None
    began = "is live since" if period.starts_at <= now else "goes live on"
    needing = requirements.dependents(article, now)
    part = f", as part of {_titles(needing)}" if needing else ""
    message = f"“{article.title}” {began} {formats.moment(period.starts_at)}{part}. Withdraw it first."
    return InUse(message, article, needing)


# --- Removing for good ---------------------------------------------------------------------------


def purge(before: datetime, *, published: bool = False) -> list[Fate]:
    """Remove for good what was moved to the trash before a moment, with its history and its comments.

    What readers ever saw stays, unless `published`: its address says that it is gone, and links of results
    mean the same for ever. What others still use stays as well. Each goes in a transaction of its own.
    """
    waiting = list(Article.objects.trashed().filter(trashed_at__lt=before).order_by("trashed_at", "pk"))
    fates: list[Fate] = []
    while True:  # once a comparison is removed, nothing may use its paths any more
        tried = [Fate(article, _remove(article, published=published)) for article in waiting]
        fates += [fate for fate in tried if not fate.kept]
        stayed = [fate for fate in tried if fate.kept]
        if len(stayed) == len(waiting):
            return fates + stayed
        waiting = [fate.article for fate in stayed]


@transaction.atomic
def _remove(article: Article, *, published: bool) -> str:
    """Remove an article with all that is its own, or say why it stays."""
    if not _is_trashed(article):
        return "it was put back meanwhile"
    if reason := _reason_to_keep(article, published=published):
        return reason
    trail.note(trail.Action.PURGED, article, by=None)
    PreviewLink.objects.filter(revision__article=article).delete()
    report.moved(article)
    article.publications.all().delete()
    article.revisions.all().delete()  # a revision never changes, but it goes with its article
    article.delete()
    return ""


def _reason_to_keep(article: Article, *, published: bool) -> str:
    if not published and article.publications.exists():
        return "readers saw it: its address says that it is gone, and links of results need it"
    if using := drafts_naming([article])[: NAMED + 1]:
        return f"{_titles(using)} {'uses' if len(using) == 1 else 'use'} it in the draft"
    past = Publication.objects.filter(facets__target=article.pk, facets__required=True)
    others = Article.objects.exclude(pk=article.pk).filter(pk__in=past.values("article"))
    if shown := others.order_by("title")[: NAMED + 1]:
        return f"readers saw it in {_titles(shown)}, and links of results need it"
    links = PreviewLink.objects.open(timezone.now()).filter(beside__article=article)
    if links.exclude(revision__article=article).exists():
        return "a preview link of another article shows it"
    return ""


def _titles(articles: Collection[Article]) -> str:
    named = [f"“{article.title}”" for article in articles]
    return ", ".join([*named[:NAMED], *(["others"] if len(named) > NAMED else [])])
