"""What a check found: how grave it is, where in the document, and what to do about it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Place = tuple[str, ...]  # names and row ids, as in `comparing`; empty: the article itself


class Level(StrEnum):
    """How grave a finding is: stops publication, is worth a look, is good to know, is as it should be."""

    STOPS = "stops"
    WARNS = "warns"
    INFORMS = "informs"
    PASSES = "passes"


GRAVEST_FIRST = tuple(Level)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong and what to do, in words.

    It holds from `since` on and before `until`; None: as long as the document says so. What is to come is
    found before it holds.
    """

    check: str
    level: Level
    message: str
    place: Place = ()
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        begun = self.since is None or self.since <= moment
        return begun and (self.until is None or moment < self.until)


def holding(findings: Iterable[Finding], moment: datetime) -> list[Finding]:
    """Those that hold at a moment, the gravest first, else in the order of the checks."""
    found = [finding for finding in findings if finding.holds(moment)]
    return sorted(found, key=lambda finding: GRAVEST_FIRST.index(finding.level))
