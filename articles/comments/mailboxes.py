"""How much mail an address gets in a day that nobody there may have asked for."""

from datetime import timedelta

from django.utils import timezone

from articles.comments import texts
from articles.comments.counted import counted, forget

DAY = timedelta(days=1)


def has_room(sort: str, email: str, most: int) -> bool:
    """Whether it may get another mail of a sort; that is counted."""
    return counted(_box(sort, email), DAY) <= most


def empty(sort: str, email: str) -> None:
    """Somebody there says that they asked: none of those was too many."""
    forget(_box(sort, email))


def _box(sort: str, email: str) -> str:
    return f"{sort}:{timezone.now().date()}:{texts.digest('', email)}"
