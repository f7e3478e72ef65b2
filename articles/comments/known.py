"""Who is known: by an approved reply, and an address that they have confirmed for each of their replies.

An address alone is no proof, as anybody may type it; so each reply is confirmed by a mail about it.
"""

from django.conf import settings
from django.utils import timezone

from articles.comments import following, senders
from articles.models import Comment


def let_through(comment: Comment) -> bool:
    """Approve a reply of somebody known, where nothing speaks against it and a setting says so."""
    waits = comment.status == Comment.Status.WAITING and not comment.held_for
    if not (settings.COMMENTS_KNOWN_PASS and waits and comment.confirmed_at):
        return False
    if settings.AKISMET_KEY and comment.verdict != Comment.Verdict.HAM:
        return False
    if not is_known(comment) or senders.ban(comment.email, comment.address_hash, timezone.now()):
        return False
    comment.status = Comment.Status.APPROVED
    comment.save(update_fields=["status"])
    following.announce([comment])
    return True


def is_known(comment: Comment) -> bool:
    """Whether another reply was approved whose writer had confirmed the same address."""
    others = Comment.objects.approved().filter(email=comment.email, confirmed_at__isnull=False)
    return bool(comment.email) and others.exclude(pk=comment.pk).exists()
