"""What changed between two texts, word by word. Pure.

Rich text is compared with its tags as words of their own, so that what changed in headings, lists, emphasis
and links is found as well. Kept and inserted pieces together are the text after, kept and deleted ones the
text before, to the character.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from articles.sequences import matches

TAG = r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
PLAIN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
NAME = re.compile(r"<(\w+)")
RICH = re.compile(rf"{TAG}|&\#?\w+;|\w+(?:['’]\w+)*|\s+|[^\w\s]")


class Sign(Enum):
    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    sign: Sign
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.words)


@dataclass(slots=True)
class _Stretch:
    """What was kept, then what was deleted and inserted behind it."""

    kept: list[str]
    deleted: list[str]
    inserted: list[str]

    def size(self) -> int:
        return max(_length(self.deleted), _length(self.inserted))


def compare(before: str, after: str) -> list[Piece]:
    return list(_flat(_readable(_stretches(PLAIN.findall(before), PLAIN.findall(after)))))


def compare_rich(before: str, after: str) -> list[Piece]:
    """Of sanitised HTML; each tag and each character reference is a word."""
    stretches = _stretches(RICH.findall(before), RICH.findall(after))
    return list(_flat(_readable(_slid(stretches))))


def compare_items(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """Of two lists, item by item."""
    return list(_flat(_stretches(before, after)))


def is_tag(word: str) -> bool:
    return len(word) > 1 and word[0] == "<"


def _stretches(before: Sequence[str], after: Sequence[str]) -> list[_Stretch]:
    found = [_Stretch([], [], [])]
    one = two = 0
    for place, other in [*matches(before, after), (len(before), len(after))]:
        if place > one or other > two:
            found[-1].deleted, found[-1].inserted = list(before[one:place]), list(after[two:other])
            found.append(_Stretch([], [], []))
        found[-1].kept += before[place : place + 1]
        one, two = place + 1, other + 1
    return found


def _slid(stretches: list[_Stretch]) -> list[_Stretch]:
    """With whole elements inserted and deleted, and not the end of one and the beginning of the next."""
    for one, following in pairwise(stretches):
        if not (one.deleted and one.inserted) and (places := _distance(one)):
            edit = one.deleted or one.inserted
            following.kept[:0] = edit[-places:]
            edit[:] = one.kept[-places:] + edit[:-places]
            del one.kept[-places:]
    return stretches


def _distance(stretch: _Stretch) -> int:
    """How far back the edit can be moved so that it is an element."""
    edit, kept = stretch.deleted or stretch.inserted, stretch.kept
    farthest = 0
    for places in range(1, min(len(edit), len(kept) + 1)):
        if kept[-places] != edit[-places]:
            break
        if kept[-places].startswith("<") and _closes(edit[-places - 1], kept[-places]):
            farthest = places
    return farthest


def _closes(tag: str, opening: str) -> bool:
    found = NAME.match(opening)
    return found is not None and tag == f"</{found[1]}>"


def _readable(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Without single words kept in the middle of what was rewritten: those say nothing to a reader."""
    found = [stretches[0]]
    for stretch in stretches[1:]:
        last = found[-1]
        if found[-1].size() and stretch.size() and _is_noise(stretch, last):
            last.deleted += [*stretch.kept, *stretch.deleted]
            last.inserted += [*stretch.kept, *stretch.inserted]
        else:
            found.append(stretch)
    return found


def _is_noise(stretch: _Stretch, last: _Stretch) -> bool:
    if any(map(is_tag, stretch.kept)):
        return False
    wordless = not any(word[0].isalnum() for word in stretch.kept)
    return wordless or _length(stretch.kept) <= min(last.size(), stretch.size())


def _length(words: Sequence[str]) -> int:
    return sum(len(word) for word in words if not is_tag(word))


def _flat(stretches: Sequence[_Stretch]) -> Iterator[Piece]:
    for stretch in stretches:
        parts = zip(Sign, (stretch.kept, stretch.deleted, stretch.inserted), strict=True)
        yield from (Piece(sign, tuple(words)) for sign, words in parts if words)
