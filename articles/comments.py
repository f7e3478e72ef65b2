"""Replies below an article: reading the approved ones, taking in new ones."""

import hashlib
import hmac
from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.models import Comment, CommentQuerySet


def thread(article: UUID) -> SafeString:
    """The approved replies to an article as HTML, each followed by the replies to it. One query."""
    below: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    columns = ("id", "parent_id", "name", "text", "created_at")
    for comment in Comment.objects.filter(article=article).approved().order_by("created_at").values(*columns):
        below[comment["parent_id"]].append(comment)
    return _joined(
        _reply(comment, _joined(_reply(reply, "") for reply in below[comment["id"]]))
        for comment in below[None]
    )


def _reply(comment: dict[str, Any], replies: str) -> str:
    return render_to_string("articles/_reply.html", {"comment": comment, "replies": replies})


def _joined(pieces: Any) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 -- each piece comes out of a template


def sender(request: HttpRequest) -> str:
    """A keyed hash that tells senders apart without keeping their addresses."""
    address = request.META.get("REMOTE_ADDR", "")
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()


def are_open() -> bool:
    return settings.COMMENTS_OPEN


def answerable(article: UUID) -> CommentQuerySet:
    """The replies that can be answered: approved ones of the first level."""
    return Comment.objects.filter(article=article, parent=None).approved()


def take_in(comment: Comment, article: UUID, parent: Comment | None, sender: str) -> Comment:
    """Store a reply; it waits for approval."""
    comment.article_id = article
    comment.parent = parent
    comment.status = Comment.Status.WAITING
    comment.address_hash = sender
    comment.save()
    return comment


def too_many_from(address_hash: str) -> bool:
    since = timezone.now() - timedelta(hours=1)
    recent = Comment.objects.filter(address_hash=address_hash, created_at__gte=since)
    return recent.count() >= settings.COMMENTS_PER_HOUR
