"""What recurs about replies: moderators are told of new ones, and from where they came is erased."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.comments import mail
from articles.models import Ban, Comment, Follower

KEPT_FOR = timedelta(days=30)
EVERY = timedelta(days=1)  # so often is looked for what has been kept for so long
TOLD_WITHIN = timedelta(days=1)  # what is older was seen in the queue
AT_ONCE = 5_000  # rows of one transaction


@transaction.atomic
def tell_moderators() -> int:
    """One mail about all that waits and that they were not told of; returns how many those are."""
    now = timezone.now()
    new = Comment.objects.waiting().filter(told_at=None, created_at__gte=now - TOLD_WITHIN)
    keys = list(new.order_by("-created_at").values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        shown = [str(key) for key in keys[: mail.SHOWN]]
        Comment.objects.filter(pk__in=keys).update(told_at=now)
        for address in mail.moderators():
            mail.tell_moderator.enqueue(address, shown, len(keys))
    return len(keys)


def forget_senders() -> int:
    """Erase by what senders were told apart, before it was kept for 30 days; returns of how many replies."""
    now, forgotten = timezone.now(), 0
    old = Comment.objects.filter(created_at__lt=now + EVERY - KEPT_FOR).exclude(address_hash="")
    while keys := list(old.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += Comment.objects.filter(pk__in=keys).update(address_hash="")
    Ban.objects.filter(ends_at__lte=now).exclude(address_hash="").delete()
    Follower.objects.forgotten(now - KEPT_FOR).delete()
    return forgotten
