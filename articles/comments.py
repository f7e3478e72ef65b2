"""Replies below an article: reading the approved ones, taking in new ones."""

import hashlib
import hmac
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext

from articles import formats, frames, slots
from articles.models import Comment, CommentQuerySet
from articles.origin import address_of
from articles.prepared import SAMPLE, PreparedRows


def thread(article: UUID, moment: datetime) -> str:
    """The approved replies to an article that were there at the moment, as HTML, each followed by the replies
    to it. One query."""
    below: defaultdict[Any, list[Any]] = defaultdict(list)
    for comment in _approved(article=article, moment=moment):
        below[comment.parent_id].append(comment)
    return "".join(
        _reply(comment, "".join(_reply(reply) for reply in below[comment.id])) for comment in below[None]
    )


_approved = PreparedRows(
    lambda article, moment: (
        Comment.objects.filter(article=article, created_at__lte=moment)
        .approved()
        .order_by("created_at")
        .values_list("id", "parent_id", "name", "text", "created_at", named=True)
    ),
    article=UUID(int=1),
    moment=SAMPLE,
)


def _reply(comment: Any, answers: str = "") -> str:
    first_level = comment.parent_id is None
    html = frames.slotted("articles/_reply.html", first_level=first_level, answered=bool(answers))
    return slots.fill(html, {**_shown(comment), "answers": answers})


def _shown(comment: Any) -> dict[str, str]:
    written = timezone.localtime(comment.created_at)
    return {
        "id": str(comment.id),
        "name": escape(comment.name),
        "moment": written.isoformat(timespec="minutes"),
        "day": formats.day(written.date()),
        "text": linebreaks(comment.text, autoescape=True),
    }


def sender(request: HttpRequest) -> str:
    """A keyed hash that tells senders apart without keeping their addresses."""
    address = address_of(request).encode()
    return hmac.new(settings.SECRET_KEY.encode(), address, hashlib.sha256).hexdigest()


def are_open() -> bool:
    return settings.COMMENTS_OPEN


def answerable(article: UUID) -> CommentQuerySet:
    """The replies that can be answered: approved ones of the first level."""
    return Comment.objects.filter(article=article, parent=None).approved()


class TooMany(Exception):
    """One sender has sent as many replies within an hour as one may."""

    def __str__(self) -> str:
        return gettext("Too many replies came from your connection within an hour. Please try again later.")


def take_in(comment: Comment, article: UUID, parent: Comment | None, sender: str) -> Comment:
    """Store a reply; it waits for approval. Raises TooMany."""
    if too_many_from(sender):
        raise TooMany
    comment.article_id = article
    comment.parent = parent
    comment.status = Comment.Status.WAITING
    comment.address_hash = sender
    comment.save()
    return comment


def moderate(comments: CommentQuerySet, status: Comment.Status) -> int:
    """Decide about replies; returns about how many. Readers see the approved ones at once."""
    return comments.update(status=status)


def too_many_from(address_hash: str) -> bool:
    since = timezone.now() - timedelta(hours=1)
    recent = Comment.objects.filter(address_hash=address_hash, created_at__gte=since)
    return recent.count() >= settings.COMMENTS_PER_HOUR
