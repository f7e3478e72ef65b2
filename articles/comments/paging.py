"""Which replies a page shows: threads from the newest back, so many at once, and of each its first answers.

A thread is a reply of the first level with the answers to it. Nothing is counted but where one reply stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, DenseRank, RowNumber

from articles.models import Comment, CommentQuerySet
from articles.prepared import SAMPLE, PreparedRows

FEW = 200  # all of an article, of which it is quicker to read all than to find out which are shown
THREADS, ANSWERS = 50, 20  # on a page; of each thread there
ANSWERS_OF_ONE = 100  # on a page of one thread
COLUMNS = (
    *("id", "parent_id", "name", "text", "created_at", "edited_at"),
    *("parent__status", "parent__created_at"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply is found: on which page of all threads, or of the answers in its own thread."""

    page: int
    thread: UUID | None = None


def newest(article: UUID, moment: datetime) -> list[Any]:
    """What the article's own page shows, and more where there is more. One query; for many replies two."""
    found = _newest(FEW + 1, article=article, moment=moment)
    return found if len(found) <= FEW else page(article, moment, 1)


def page(article: UUID, moment: datetime, number: int) -> list[Any]:
    """The replies of that page, and one thread, and answer of each, more where there are more. One query."""
    shown = _there(article, moment).filter(pk__in=_on_page(article, moment, number))
    return list(shown.values_list(*COLUMNS, named=True))


def answers(article: UUID, moment: datetime, thread: UUID, number: int) -> list[Any]:
    """A thread's first reply, if it is there, and a page of its answers, with one more where there is one."""
    found = _said(article, moment).filter(thread=thread)
    start = (number - 1) * ANSWERS_OF_ONE
    later = found.exclude(parent=None).order_by("created_at", "id")
    shown = later.values_list(*COLUMNS, named=True)[start : start + ANSWERS_OF_ONE + 1]
    return [*found.filter(parent=None).values_list(*COLUMNS, named=True), *shown]


def place(article: UUID, moment: datetime, reply: UUID) -> Place | None:
    """Where a reply is found by now; None where readers don't see it."""
    said = _said(article, moment)
    found = said.filter(Q(pk=reply) | Q(parent=reply)).order_by(F("parent").asc(nulls_first=True)).first()
    if found is None:
        return None
    thread, begun = found.thread, found.begun
    if found.pk == reply and found.parent_id:
        before = said.filter(parent=thread).filter(_before(created_at=found.created_at, id=found.pk)).count()
        if before >= ANSWERS:
            return Place(before // ANSWERS_OF_ONE + 1, thread)
    later = said.exclude(_before(begun=begun, thread=thread)).exclude(thread=thread)
    return Place(later.values("thread").distinct().count() // THREADS + 1)


def _before(**at: Any) -> Q:
    (first, earlier), (second, smaller) = at.items()
    return Q(**{f"{first}__lt": earlier}) | Q(**{first: earlier, f"{second}__lt": smaller})


def _there(article: UUID, moment: datetime) -> CommentQuerySet:
    """The approved replies that were there at the moment."""
    return Comment.objects.filter(article=article, created_at__lte=moment).approved()


def _said(article: UUID, moment: datetime) -> QuerySet[Any]:
    """Each with its thread, and since when that is there."""
    return _there(article, moment).annotate(
        thread=Coalesce("parent_id", "id"), begun=Coalesce("parent__created_at", "created_at")
    )


def _on_page(article: UUID, moment: datetime, number: int) -> QuerySet[Any, Any]:
    rank = Window(DenseRank(), order_by=[F("begun").desc(), F("thread").desc()])
    turn = Window(RowNumber(), partition_by=[F("thread"), F("parent_id")], order_by=["created_at", "id"])
    first = (number - 1) * THREADS + 1
    said = _said(article, moment).annotate(rank=rank, turn=turn)
    return said.filter(rank__range=(first, first + THREADS), turn__lte=ANSWERS + 1).values("pk")


_newest = PreparedRows(
    lambda article, moment: _there(article, moment).order_by("-created_at").values_list(*COLUMNS, named=True),
    article=UUID(int=1),
    moment=SAMPLE,
)
