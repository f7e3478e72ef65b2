"""What readers see of the replies to an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext

from articles import formats, frames, slots
from articles.comments import paging, texts
from articles.models import Comment, CommentQuerySet

BASE = "replies/"  # where all replies are, from an article's page


def thread(article: UUID, moment: datetime) -> str:
    """The newest threads of the approved replies that were there at the moment, as HTML; and to the rest."""
    shown = cut(paging.newest(article, moment))
    return (frames.slotted("articles/_replies_older.html") if shown.more else "") + html(shown, BASE)


@dataclass(frozen=True, slots=True)
class Thread:
    """A reply of the first level, or None in place of one that was taken down, and the answers to it."""

    pk: UUID
    begun: datetime
    first: Any
    answers: list[Any]


@dataclass(frozen=True, slots=True)
class Shown:
    threads: list[Thread]
    more: bool  # older ones


def cut(rows: Iterable[Any]) -> Shown:
    """The threads of some replies, the oldest first: so many of the newest as a page shows."""
    found = gathered(rows)
    return Shown(found[-paging.THREADS :], len(found) > paging.THREADS)


def gathered(rows: Iterable[Any]) -> list[Thread]:
    """Replies by their threads. One that was taken down since it was answered is None, with its answers."""
    found: dict[UUID, Thread] = {}
    for row in sorted(rows, key=lambda row: (row.parent_id is not None, row.created_at, row.id)):
        if row.parent_id is None:
            found[row.id] = Thread(row.id, row.created_at, row, [])
        else:
            begun = Thread(row.parent_id, row.parent__created_at, None, [])
            found.setdefault(row.parent_id, begun).answers.append(row)
    return sorted(found.values(), key=lambda thread: (thread.begun, thread.pk))


def html(shown: Shown, base: str, most: int = paging.ANSWERS) -> str:
    """`base` leads from the page to that of all replies; of each thread so many answers are shown."""
    return "".join(_with_answers(thread, base, most) for thread in shown.threads)


def _with_answers(thread: Thread, base: str, most: int) -> str:
    answers = "".join(_reply(answer, base) for answer in thread.answers[:most])
    if len(thread.answers) > most:
        more = frames.slotted("articles/_replies_answers.html")
        answers += slots.fill(more, {"id": str(thread.pk), "base": base})
    return _reply(thread.first, base, answers) if thread.first else _tombstone(thread, answers)


def answerable(article: UUID) -> CommentQuerySet:
    """The replies that can be answered: approved ones of the first level."""
    return Comment.objects.filter(article=article, parent=None).approved()


def _reply(comment: Any, base: str, answers: str = "") -> str:
    first_level = comment.parent_id is None
    template = frames.slotted("articles/_reply.html", first_level=first_level, answered=bool(answers))
    return slots.fill(template, {**_shown(comment), "base": base, "answers": answers})


def _tombstone(thread: Thread, answers: str) -> str:
    template = frames.slotted("articles/_reply_removed.html")
    said = {
        Comment.Status.WAITING: gettext("This reply is being read again."),
        Comment.Status.WITHDRAWN: gettext("This reply was taken back by its writer."),
    }.get(thread.answers[0].parent__status, gettext("This reply was removed."))
    return slots.fill(template, {"id": str(thread.pk), "said": said, "answers": answers})


def _shown(comment: Any) -> dict[str, str]:
    written = timezone.localtime(comment.created_at)
    return {
        "id": str(comment.id),
        "name": escape(comment.name),
        "moment": written.isoformat(timespec="minutes"),
        "day": formats.day(written.date()),
        "edited": gettext("edited") if comment.edited_at else "",
        "text": texts.html(comment.text),
    }
