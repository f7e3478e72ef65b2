"""How often something happened of late, in the cache: nothing of it is stored.

Processes that share no cache count for themselves.
"""

from datetime import timedelta

from django.core.cache import cache


def counted(what: str, within: timedelta) -> int:
    """Counts once more, from the first time on for so long; returns how often."""
    key, seconds = f"replies:{what}", within.total_seconds()
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it was forgotten between the two
        cache.set(key, 1, seconds)
        return 1


def forget(what: str) -> None:
    cache.delete(f"replies:{what}")
