"""What moderators decide about replies. The trail says about which, and never whose or what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from articles import formats, trail
from articles.comments import following
from articles.models import Ban, Comment, CommentQuerySet
from articles.trail import Action

Status = Comment.Status
LONGEST_BY_ADDRESS = timedelta(days=30)  # from the reply: no longer may a hash of an address be kept
ACTIONS = {
    Status.WAITING: Action.REPLY_HELD,
    Status.APPROVED: Action.REPLY_APPROVED,
    Status.REJECTED: Action.REPLY_REJECTED,
    Status.SPAM: Action.REPLY_SPAM,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """How many replies it holds for, and how many not: taken back, sent or changed since they were read."""

    done: int
    left_out: int


@transaction.atomic
def moderate(
    comments: CommentQuerySet, status: Status, *, by: User | None, seen_at: datetime | None = None
) -> Decided:
    """Decide about replies; readers see the approved ones at once.

    What its writer has sent or changed since `seen_at` is left as it is: nobody has read what it says now.
    """
    keys = list(comments.order_by().values_list("pk", flat=True))
    held = Comment.objects.filter(pk__in=keys).select_for_update(of=("self",)).select_related("article")
    found = list(held.order_by("created_at", "pk"))
    due = [each for each in found if _is_as_read(each, seen_at)]
    new = [each for each in due if each.status != status]
    for comment in new:
        comment.status = status
    Comment.objects.bulk_update(new, ["status"], batch_size=500)
    trail.note_all(ACTIONS[status], [(each.article, named(each)) for each in new], by=by)
    if status == Status.APPROVED:
        following.announce(new)
    return Decided(len(due), len(found) - len(due))


def _is_as_read(comment: Comment, seen_at: datetime | None) -> bool:
    if comment.status == Status.WITHDRAWN:
        return False
    return seen_at is None or (comment.edited_at or comment.created_at) <= seen_at


def named(comment: Comment) -> str:
    """How the trail speaks of a reply: it lasts, and what somebody wrote may have to be erased."""
    return f"Reply {comment.pk}."


class CannotBan(Exception):
    """Nothing is known by which to ban somebody; its text says what to do."""


@transaction.atomic
def ban(
    comments: Sequence[Comment],
    *,
    by: User | None,
    by_email: bool,
    by_sender: bool,
    reason: str,
    ends_at: datetime | None,
) -> list[Ban]:
    """Refuse what the writers of replies send from now on, by either or both; each once, however much they
    wrote, and none of whom nothing is known. Raises CannotBan where that holds for all.
    """
    end = formats.moment(ends_at) if ends_at else "without an end"
    made: dict[str, Ban] = {}
    noted = []
    for comment in sorted(comments, key=lambda each: each.created_at, reverse=True):
        latest = comment.created_at + LONGEST_BY_ADDRESS
        until = min(ends_at or latest, latest)
        emails = {comment.email: ends_at} if by_email and comment.email else {}
        senders = {comment.address_hash: until} if by_sender and comment.address_hash else {}
        known = {key: Ban(email=key, ends_at=ends) for key, ends in emails.items()}
        known |= {key: Ban(address_hash=key, ends_at=ends) for key, ends in senders.items()}
        if known.keys() - made.keys():
            noted.append((comment.article, f"{named(comment)} {reason} ({end})"))
        made = known | made
    if not made:
        said = f"“{comments[0]}” has no" if len(comments) == 1 else "None of these replies has any"
        raise CannotBan(f"{said} such address (any more). Choose another way to know its writer.")
    for each in made.values():
        each.reason, each.created_by = reason, by
    Ban.objects.bulk_create(made.values())
    trail.note_all(Action.WRITER_BANNED, noted, by=by)
    return list(made.values())


def note_deleted(comments: Sequence[Comment], *, by: User | None) -> None:
    """Say that replies are about to be removed for good."""
    trail.note_all(Action.REPLY_DELETED, [(each.article, named(each)) for each in comments], by=by)
