"""Places of an article in words: what a note is about, and what there is to choose from. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles import comparing, narrating
from articles.comparing import MISSING, Place, Spot, address
from articles.members import Children, ValuesByRow
from articles.naming import Names
from articles.records import JSON, Record

WHOLE = "the article as a whole"


@dataclass(frozen=True, slots=True)
class Offer:
    """A row, or the article itself, with its fields: each as an address and its words."""

    label: str
    places: list[tuple[str, str]]


def parse(text: str) -> Place:
    """The place that a text stands for; an empty one is the article as a whole."""
    return comparing.parse(text) if text else ()


def is_there(record: Record, document: JSON, place: Place) -> bool:
    """Whether the document has the row. Raises LookupError where none of the kind has such a place."""
    row = comparing.resolved(record, place).row
    return not row or comparing.found(record, document, row) is not MISSING


def words(record: Record, document: JSON, place: Place, names: Names) -> str:
    """“Section “How to begin”: body”; “summary”. Raises LookupError where there is no such place."""
    if not place:
        return WHOLE
    spot = comparing.resolved(record, place)
    if not is_there(record, document, place):
        raise LookupError(f"“{address(place)}” is not there.")
    field = narrating.field_label(spot, names) if spot.part else ""
    if not spot.row:
        return field
    row = _named(record, document, spot, names)
    return f"{row}: {field}" if field else row


def offers(record: Record, document: JSON, names: Names) -> Iterator[Offer]:
    """All that a note can be about, in the order of the article."""
    own = _fields(record, document, Spot((), record), names)
    yield Offer("The article", [("", WHOLE), *own])
    for place, child, row in comparing.rows(record, document):
        spot = Spot(place, child)
        fields = _fields(child, row, spot, names)
        yield Offer(_named(record, document, spot, names), [(address(place), "all of it"), *fields])


def _named(record: Record, document: JSON, spot: Spot, names: Names) -> str:
    noun, label = narrating.described(record, spot, comparing.found(record, document, spot.row), names)
    return f"{noun} “{label}”"


def _fields(record: Record, row: JSON, spot: Spot, names: Names) -> Iterator[tuple[str, str]]:
    for part in comparing.parts(record):
        if isinstance(part, Children):
            continue
        keys = sorted(row.get(part.name) or ()) if isinstance(part, ValuesByRow) else [""]
        for key in keys:
            place = (*spot.row, part.name, *([key] if key else []))
            yield address(place), narrating.field_label(Spot(spot.row, record, part, key), names)
