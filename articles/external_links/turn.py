"""One run at a time checks links. Who has the turn renews it; that of a run which was killed lapses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Q
from django.utils import timezone

from articles.models import LinkCheck

ONE = 1  # the key of the only row
LAPSE = timedelta(minutes=3)  # longer than one link may take


class Busy(Exception):
    """Another run is under way."""

    def __init__(self, since: datetime) -> None:
        self.since = since
        super().__init__(f"Links are being checked already, since {since:%H:%M:%S} UTC.")


class Lost(Exception):
    """Another run took over, as this one was silent for too long."""


@dataclass(frozen=True, slots=True)
class Turn:
    holder: UUID

    def renew(self, checked: int = 0) -> None:
        """Raises Lost."""
        held = LinkCheck.objects.filter(pk=ONE, holder=self.holder)
        if not held.update(held_until=timezone.now() + LAPSE, checked=F("checked") + checked):
            raise Lost("Another run checks links by now.")


@contextmanager
def taken() -> Iterator[Turn]:
    """Raises Busy where another run has it."""
    now, turn = timezone.now(), Turn(uuid4())
    LinkCheck.objects.bulk_create(
        [LinkCheck(pk=ONE, held_until=now, began_at=now, ended_at=now)], ignore_conflicts=True
    )
    free = Q(holder=None) | Q(held_until__lt=now)
    begun = {
        "holder": turn.holder,
        "held_until": now + LAPSE,
        "began_at": now,
        "ended_at": None,
        "checked": 0,
    }
    if not LinkCheck.objects.filter(free, pk=ONE).update(**begun):
        raise Busy(LinkCheck.objects.get(pk=ONE).began_at)
    try:
        yield turn
    finally:
        LinkCheck.objects.filter(pk=ONE, holder=turn.holder).update(holder=None, ended_at=timezone.now())


def under_way(moment: datetime) -> LinkCheck | None:
    return LinkCheck.objects.filter(pk=ONE, held_until__gte=moment).exclude(holder=None).first()
