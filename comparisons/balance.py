"""Whether a comparison gives its contenders the same room. Pure.

Readers take what is longer for what is better: a contender with half as much said about it starts behind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from articles.checks.found import Finding, Level
from articles.checks.texts import WORD, paragraphs
from articles.records import JSON
from comparisons.affected import path_ids

BALANCE, CELLS = "balance", "cells"
MOST = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Room:
    """What a comparison's page says of one contender."""

    contender: str
    name: str
    points: int
    words: int
    sources: int


MEASURES: tuple[tuple[str, Callable[[Room], int]], ...] = (
    ("points", lambda room: room.points),
    ("words", lambda room: room.words),
    ("sources", lambda room: room.sources),
)


def balance(document: JSON, paths: Mapping[str, JSON]) -> Iterator[Finding]:
    """The measures in which a contender has more than one and a half times what another one has."""
    rooms = [
        _room(each, document, paths[each["path"]]) for each in document["contenders"] if each["path"] in paths
    ]
    for noun, measure in MEASURES if len(rooms) > 1 else ():
        most, least = max(rooms, key=measure), min(rooms, key=measure)
        if measure(most) > MOST * measure(least):
            less = measure(least) or "none"
            message = (
                f"“{most.name}” has {_counted(measure(most), noun)}, “{least.name}” {less}. "
                "Readers take what is longer for what is better: say more of the one, or less of the other."
            )
            yield Finding(BALANCE, Level.WARNS, message, ("contenders", least.contender))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun.removesuffix('s') if number == 1 else noun}"


def _room(contender: JSON, document: JSON, path: JSON) -> Room:
    own = [point for point in document["points"] if point["path"] == path["id"]]
    points = [*path["points"], *own]
    said = [
        *(f"{point['label']} {point['text']}" for point in points),
        *(paragraphs(contender["understanding"]) or _introduction(path)),
        *(row["cells"].get(path["id"], "") for row in document["differences"]),
    ]
    sources = len(path["sources"]) + len({source for point in own for source in point["sources"]})
    words = sum(len(WORD.findall(text)) for text in said)
    return Room(contender["id"], path["title"], len(points), words, sources)


def _introduction(path: JSON) -> Iterator[str]:
    for section in path["sections"]:
        if section["role"] == "introduction":
            yield from paragraphs(section["body"])


def cells(document: JSON, paths: Mapping[str, JSON]) -> Iterator[Finding]:
    """Differences that say nothing of a contender."""
    for row in document["differences"]:
        for path in path_ids(document):
            if not row["cells"].get(path, "").strip():
                name = f"“{paths[path]['title']}”" if path in paths else "one of the contenders"
                message = f"“{row['aspect']}” says nothing of {name}. Fill its cell, or leave the row out."
                yield Finding(CELLS, Level.WARNS, message, ("differences", row["id"], "cells", path))
