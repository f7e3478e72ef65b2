"""What there is to choose where two people changed one article, in words: each place as both have it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from articles import comparing, marking, naming, narrating
from articles.comparing import MISSING, POSITION, Changed, Place, Spot, address
from articles.conflicts import Versions
from articles.merging import Difference, Side, sides
from articles.naming import Names
from articles.narrating import Line
from articles.records import JSON


@dataclass(frozen=True, slots=True)
class Version:
    """A side of a choice: what it does with a row (“deletes it”), and what it says."""

    shown: SafeString | str = ""
    does: str = ""
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    address: str
    group: str  # the part of the article that it stands in
    noun: str
    label: str
    field: str
    theirs: Version
    mine: Version
    changed_by: frozenset[Side]
    chosen: Side | None

    @property
    def is_open(self) -> bool:
        return self.chosen is None

    @property
    def by_both(self) -> bool:
        return len(self.changed_by) > 1

    @property
    def by_mine(self) -> bool:
        return self.changed_by == {Side.MINE}


def choices(found: Versions, chosen: Mapping[Place, Side]) -> list[Choice]:
    """In the order of the article. What was chosen comes before what is suggested."""
    documents = [each for each in (found.base_document, found.theirs, found.mine) if each]
    teller = _Teller(found, naming.names(found.record, *documents))
    order = {part.name: place for place, part in enumerate(comparing.parts(found.record))}
    differences = sorted(found.differences(), key=lambda each: order[each.place[0]])
    return [teller.choice(each, chosen.get(each.place, each.suggested)) for each in differences]


class _Teller:
    def __init__(self, found: Versions, names: Names) -> None:
        self.record, self.names = found.record, names
        self.theirs, self.mine, self.base = found.theirs, found.mine, found.base_document

    def choice(self, difference: Difference, chosen: Side | None) -> Choice:
        place = difference.place
        if place[-1] == POSITION:
            return self._order(difference, chosen)
        spot = comparing.resolved(self.record, place)
        row: JSON = next((each for each in self._rows(spot) if each is not MISSING), {})
        noun, label = narrating.described(self.record, spot, row, self.names)
        change = difference.changes[0]
        tell = self._field if isinstance(change, Changed) else self._row
        theirs, mine = (tell(spot, place, value) for value in sides(change))
        field = narrating.field_label(spot, self.names)
        return Choice(
            address(place),
            self._group(place),
            noun,
            label,
            field,
            theirs,
            mine,
            difference.changed_by,
            chosen,
        )

    def _field(self, spot: Spot, place: Place, value: Any) -> Version:
        """As a change of what both began with, where that is known."""
        was = comparing.found(self.record, self.base, place) if self.base else MISSING
        before = value if was is MISSING else was
        part = spot.part
        shown = narrating.difference(spot.record, part, before, value, self.names) if part else ""
        return Version(shown, "leaves it as it was" if was == value else "")

    def _row(self, spot: Spot, place: Place, row: Any) -> Version:
        was: Any = comparing.found(self.record, self.base, place) if self.base else MISSING
        if row is MISSING:
            return Version(does="doesn’t have it" if was is MISSING else "deletes it")
        if was is MISSING:
            lines = list(narrating.rows_lines(spot.record, None, row, self.names))
            return Version(does="adds it", lines=lines)
        if was == row:
            return Version(does="leaves it as it was")
        return Version(does="changes it", lines=list(self._changed(spot, was, row)))

    def _changed(self, spot: Spot, was: JSON, row: JSON) -> Iterator[Line]:
        for change in comparing.compare(spot.record, was, row):
            own = comparing.resolved(spot.record, change.place)
            if isinstance(change, Changed) and own.part:
                label = narrating.field_label(own, self.names)
                shown = narrating.difference(own.record, own.part, change.before, change.after, self.names)
                yield Line(label, shown)

    def _order(self, difference: Difference, chosen: Side | None) -> Choice:
        place = difference.place[:-1]
        orders = [self._labels(document, place) for document in (self.base, self.theirs, self.mine)]
        base, *orders = orders
        theirs, mine = (Version(marking.items(base or order, order)) for order in orders)
        group, by = self._group(place), difference.changed_by
        return Choice(address(difference.place), group, "", "", "order", theirs, mine, by, chosen)

    def _labels(self, document: JSON | None, place: Place) -> list[str]:
        if document is None:
            return []
        owner = comparing.found(self.record, document, place[:-1]) if len(place) > 1 else document
        rows = () if owner is MISSING else owner.get(place[-1], ())
        return [self.names[row["id"]] for row in rows]

    def _rows(self, spot: Spot) -> Iterator[Any]:
        if spot.row:
            for document in (self.theirs, self.mine):
                yield comparing.found(self.record, document, spot.row)

    def _group(self, place: Place) -> str:
        spot = comparing.part_named(self.record, place[0])
        return narrating.list_label(self.record, place[0]) if hasattr(spot, "record") else ""
