"""How much mail an address gets in a day that nobody there may have asked for.

Counted in the cache, so that nothing of it is stored: processes that share none count for themselves.
"""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from articles.comments import texts

KEPT_FOR = timedelta(days=1).total_seconds()


def has_room(sort: str, email: str, most: int) -> bool:
    """Whether it may get another mail of a sort; that is counted."""
    key = _key(sort, email)
    number: int = cache.get(key, 0) + 1
    cache.set(key, number, KEPT_FOR)
    return number <= most


def empty(sort: str, email: str) -> None:
    """Somebody there says that they asked: none of those was too many."""
    cache.delete(_key(sort, email))


def _key(sort: str, email: str) -> str:
    return f"replies:{sort}:{timezone.now().date()}:{texts.digest('', email)}"
