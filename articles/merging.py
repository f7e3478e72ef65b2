"""Two people's versions of one document brought together, on the ground of the one both began with. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from articles import comparing
from articles.comparing import MISSING, POSITION, Added, Change, Changed, Moved, Place, Removed
from articles.records import JSON, Record


class Side(Enum):
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where theirs and mine differ: a field, a row that one of them lacks, or the order of a list's rows."""

    place: Place
    changes: tuple[Change, ...]  # that lead from theirs to mine
    changed_by: frozenset[Side]

    @property
    def suggested(self) -> Side | None:
        """The side that alone changed it; where both did, a person has to choose."""
        return next(iter(self.changed_by)) if len(self.changed_by) == 1 else None


BOTH = frozenset(Side)


def differences(record: Record, base: JSON | None, theirs: JSON, mine: JSON) -> list[Difference]:
    """Without a base, both count as having changed all that differs."""
    changes = comparing.compare(record, theirs, mine)
    moved: dict[Place, list[Moved]] = {}
    for change in changes:
        if isinstance(change, Moved):
            moved.setdefault(change.place[:-1], []).append(change)
    fields = (
        Difference(change.place, (change,), _changed_by(record, base, change))
        for change in changes
        if not isinstance(change, Moved)
    )
    orders = (
        Difference((*place, POSITION), tuple(own), by)
        for place, own in moved.items()
        if (by := _ordered_by(record, place, base, theirs, mine))
    )
    return [*fields, *orders]


def merged(
    record: Record, theirs: JSON, mine: JSON, found: Iterable[Difference], chosen: Mapping[Place, Side]
) -> tuple[JSON, list[JSON]]:
    """Theirs with what was chosen of mine; and the sources that came back, as what was chosen cites them."""
    changes = [change for each in found if chosen.get(each.place) is Side.MINE for change in each.changes]
    return comparing.with_cited(record, comparing.applied(record, theirs, changes), mine, theirs)


def _changed_by(record: Record, base: JSON | None, change: Change) -> frozenset[Side]:
    if base is None:
        return BOTH
    was = comparing.found(record, base, change.place)
    return frozenset(side for side, value in zip(Side, sides(change), strict=True) if value != was)


def sides(change: Change) -> tuple[Any, Any]:
    """What stands there in theirs and in mine; MISSING where a row doesn't."""
    if isinstance(change, Changed):
        return change.before, change.after
    theirs = change.row if isinstance(change, Removed) else MISSING
    return theirs, change.row if isinstance(change, Added) else MISSING


def _ordered_by(record: Record, place: Place, base: JSON | None, theirs: JSON, mine: JSON) -> frozenset[Side]:
    """Nobody, where only rows that came since stand elsewhere: forms place those as best they can."""
    if base is None:
        return BOTH
    orders = [list(_order(record, document, place)) for document in (base, theirs, mine)]
    common = set.intersection(*map(set, orders))
    was, *now = ([pk for pk in order if pk in common] for order in orders)
    return frozenset(side for side, order in zip(Side, now, strict=True) if order != was)


def _order(record: Record, document: JSON, place: Place) -> Iterator[str]:
    owner = comparing.found(record, document, place[:-1]) if len(place) > 1 else document
    return (row["id"] for row in (() if owner is MISSING else owner.get(place[-1], ())))
