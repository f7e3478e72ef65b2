"""What readers see of the replies to an article. One query."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext

from articles import formats, frames, slots
from articles.comments import texts
from articles.models import Comment, CommentQuerySet
from articles.prepared import SAMPLE, PreparedRows


def thread(article: UUID, moment: datetime) -> str:
    """The approved replies to an article that were there at the moment, as HTML, each followed by the replies
    to it. In place of one that was taken down since it was answered stands that it was."""
    below: defaultdict[Any, list[Any]] = defaultdict(list)
    first: dict[Any, tuple[datetime, Any]] = {}
    for comment in _approved(article=article, moment=moment):
        if comment.parent_id is None:
            first[comment.id] = (comment.created_at, comment)
        else:
            below[comment.parent_id].append(comment)
            if comment.parent__status != Comment.Status.APPROVED:
                first.setdefault(comment.parent_id, (comment.parent__created_at, None))
            # Else the parent is approved, and comes by itself.
    told = sorted(first.items(), key=lambda item: (item[1][0], item[0]))
    return "".join(_with_answers(pk, comment, below) for pk, (_, comment) in told)


def _with_answers(pk: UUID, comment: Any, below: defaultdict[Any, list[Any]]) -> str:
    answers = "".join(_reply(answer) for answer in below[pk])
    return _reply(comment, answers) if comment else _tombstone(pk, below[pk][0], answers)


_approved = PreparedRows(
    lambda article, moment: (
        Comment.objects.filter(article=article, created_at__lte=moment)
        .approved()
        .order_by("created_at")
        .values_list(
            "id",
            "parent_id",
            "name",
            "text",
            "created_at",
            "edited_at",
            "parent__status",
            "parent__created_at",
            named=True,
        )
    ),
    article=UUID(int=1),
    moment=SAMPLE,
)


def answerable(article: UUID) -> CommentQuerySet:
    """The replies that can be answered: approved ones of the first level."""
    return Comment.objects.filter(article=article, parent=None).approved()


def _reply(comment: Any, answers: str = "") -> str:
    first_level = comment.parent_id is None
    template = frames.slotted("articles/_reply.html", first_level=first_level, answered=bool(answers))
    return slots.fill(template, {**_shown(comment), "answers": answers})


def _tombstone(pk: UUID, answer: Any, answers: str) -> str:
    template = frames.slotted("articles/_reply_removed.html")
    said = {
        Comment.Status.WAITING: gettext("This reply is being read again."),
        Comment.Status.WITHDRAWN: gettext("This reply was taken back by its writer."),
    }.get(answer.parent__status, gettext("This reply was removed."))
    return slots.fill(template, {"id": str(pk), "said": said, "answers": answers})


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
