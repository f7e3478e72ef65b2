"""How fresh facts are: when they were checked, which are due again, which rest on sources that have expired.

Whoever fixes a typo has checked nothing: an edit leaves the day of the last check as it is.
"""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles import expiry, formats, intervals, publishing, reading, requirements, trail
from articles.models import Article, ArticleQuerySet, Facet, ReviewInterval, Revision, Source
from articles.models.source import SourceQuerySet
from articles.obstacles import PublishingError


@transaction.atomic
def checked(article: Article, *, by: User | None, on: date | None = None, note: str = "") -> Revision:
    """The facts of the working copy were checked, today or on a day before.

    Readers see the day once it is published. Raises PublishingError for a day to come, Trashed, or NotReady.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise PublishingError(f"{formats.day(day)} is still to come. Give the day on which it was checked.")
    stored = Article.objects.select_for_update().get(pk=article.pk)
    requirements.refuse_trashed([stored.pk])
    told = f"On {formats.day(day)}. {note}".strip()
    if stored.reviewed_on != day:
        Article.objects.filter(pk=stored.pk).update(reviewed_on=day)
    elif not note and _is_noted(stored, told):
        return publishing.record(stored, by=by)
    revision = publishing.record(stored, by=by, note=f"Facts checked on {formats.day(day)}")
    trail.note(trail.Action.FACTS_CHECKED, stored, by=by, revision=revision.number, detail=told)
    return revision


def _is_noted(article: Article, told: str) -> bool:
    """Whether the trail has it already: pressed twice, a button decides once."""
    last = trail.last(trail.Action.FACTS_CHECKED, article)
    return last is not None and last.detail.startswith(told)


@transaction.atomic
def set_interval(kind: str, days: int | None) -> None:
    """How long facts of a kind count as checked, in days; None: for ever. All articles of it are due anew."""
    ReviewInterval.objects.update_or_create(kind=kind, defaults={"days": days})
    Article.objects.of_kind(kind).order_by().update(facts_due_on=intervals.due_on())


# --- What is to be done, each one query --------------------------------------------------------------


def due(moment: datetime) -> ArticleQuerySet:
    """What is live and whose facts are to be checked again by the moment's day, the most overdue first."""
    return Article.objects.due(moment)


def expired(today: date) -> SourceQuerySet:
    """Sources of working copies that claims rest on and that have expired, the longest first."""
    return Source.objects.expired(today).order_by("valid_until", "id")


def still_shown(moment: datetime) -> QuerySet[Facet]:
    """Sources that have expired in what is live, and no longer in the working copies: to be published.

    The facet's slug is the last day of the source, its target the source's id.
    """
    today = timezone.localdate(moment)
    # Asked of each that has ended: to ask for all that is live first goes through all of it.
    live = reading.live(moment).filter(pk=OuterRef("publication")).order_by()
    in_draft = Source.objects.expired(today).filter(pk=OuterRef("target"))
    found = Facet.objects.filter(Exists(live), ~Exists(in_draft), name=expiry.FACET)
    return found.filter(slug__lt=today.isoformat()).order_by("slug", "id")
