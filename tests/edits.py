"""Documents as people edit them, at random: for what holds of any two versions of one article."""

import copy
import re
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from articles.members import Children, ValuesByRow

DAY = re.compile(r"\d{4}-\d\d-\d\d")
WORDS = ("pay", "hours", "a", "quiet", "desk", "Monday", "of", "their", "own")


def edited(document, record, random):
    """The document with texts rewritten, and rows deleted, added and put in another order."""
    changed = copy.deepcopy(document)
    for member in record.members:
        value = changed.get(member.name)
        if isinstance(member, Children):
            changed[member.name] = _rows(value, member.record, random)
        elif isinstance(member, ValuesByRow):
            changed[member.name] = {
                key: said if random.random() < 0.7 else _other(said, random)
                for key, said in value.items()
                if random.random() < 0.8
            }
        elif random.random() < 0.2:
            changed[member.name] = _other(value, random)
    return changed


def _rows(rows, record, random):
    kept = [edited(row, record, random) for row in rows if random.random() < 0.8]
    added = [_anew(edited(row, record, random), random) for row in rows if random.random() < 0.1]
    found = kept + added
    if random.random() < 0.5:
        random.shuffle(found)
    return found


def _anew(row, random):
    """The row, and those within it, under ids of their own."""
    lists = {
        name: [_anew(each, random) for each in value]
        for name, value in row.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and name != "authors"
    }
    return row | lists | {"id": str(UUID(int=random.getrandbits(128), version=4))}


def _other(value, random):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return (value + 1) % 5
    if isinstance(value, str) and DAY.fullmatch(value):
        return "2026-11-01"
    if isinstance(value, str):
        return " ".join(random.choices(WORDS, k=random.randrange(6)))
    return value[1:] if isinstance(value, list) else value


RANDOM = st.integers(0, 2**32).map(Random)
