"""What somebody may have been looking for at an address where there is nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote

from django.db import DatabaseError

from articles.search.searching import Hit, search
from articles.search.terms import terms

SHOWN = 3
LONGEST = 200  # characters of an address that are looked at


def likely(address: str, moment: datetime) -> Sequence[Hit]:
    """What is live and has the words of the address's last part: all of them, or else the longest."""
    try:
        found = (search(words, moment, limit=SHOWN, only_hits=True).hits for words in _tries(address))
        return next((hits for hits in found if hits), [])
    except DatabaseError:  # the page that says so must not fail itself
        return []


def _tries(address: str) -> Iterator[str]:
    words = terms(unquote(address[:LONGEST]).rstrip("/").rpartition("/")[2].replace("_", " "))
    telling = [word for word in words if len(word) > 2 and not word.isdigit()]
    if telling:
        yield " ".join(telling)
    if len(telling) > 1:
        yield max(telling, key=len)
