"""The moment that is read: now, unless somebody of the staff looks at the site as of another."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_chosen: ContextVar[datetime | None] = ContextVar("chosen", default=None)


def now() -> datetime:
    """What readers' pages ask instead of the clock. What is written always goes by the clock itself."""
    return _chosen.get() or timezone.now()


@contextmanager
def reading(moment: datetime) -> Iterator[None]:
    """Within it `now` is that moment: in this thread and for this request alone."""
    token = _chosen.set(moment)
    try:
        yield
    finally:
        _chosen.reset(token)
