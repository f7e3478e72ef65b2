"""One part of an older document taken into a newer one. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles import comparing
from articles.comparing import MISSING, POSITION, Added, Change, Changed, Moved, Place, Removed
from articles.members import Children, ValuesByRow
from articles.records import JSON, Record


class Untakable(ValueError):
    """The part cannot be taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Taken:
    document: JSON
    sources: list[JSON]  # that came back with the part, as it cites them


def take(record: Record, draft: JSON, old: JSON, place: Place) -> Taken:
    """The draft with what stands at the place as the old document has it.

    A row that is gone is put back where it stood, also where only a field of it is asked for, and one that
    the old document doesn't have goes. Sources that the part cites and the draft lacks come back with it.
    Raises Untakable, and LookupError where no document of the kind has such a place.
    """
    present = {row["id"] for _, _, row in comparing.rows(record, draft)}
    changes = list(_changes(record, draft, old, place, present))
    going = [change for change in changes if isinstance(change, Removed)]
    coming = [change for change in changes if isinstance(change, Added)]
    cleared = comparing.applied(record, draft, [*going, *_elsewhere(record, draft, coming)])
    for change in going:
        _check_uncited(record, cleared, change)
    document = comparing.applied(record, cleared, [each for each in changes if each not in going])
    return Taken(*comparing.with_cited(record, document, old))


def _changes(
    record: Record, draft: JSON, old: JSON, place: Place, present: set[str], above: Place = ()
) -> Iterator[Change]:
    part, here = comparing.part_named(record, place[0]), (*above, *place)
    if not isinstance(part, Children):
        step = place[:2] if isinstance(part, ValuesByRow) else place[:1]
        yield Changed(here, None, comparing.found(record, old, step))
        return
    if len(place) == 1:
        raise LookupError(f"“{comparing.address(here)}” names no row.")
    rows, order = draft.get(part.name, ()), tuple(row["id"] for row in old.get(part.name, ()))
    mine, theirs = (comparing.found(record, each, place[:2]) for each in (draft, old))
    at, rest = (*above, *place[:2]), place[2:]
    if theirs is MISSING:
        if rest:
            raise Untakable("That revision doesn't have what this is a part of. Take the whole out instead.")
        if mine is not MISSING:
            yield Removed(at, mine, rows.index(mine))
    elif mine is MISSING:
        yield Added(at, _without(present, part.record, theirs), order, order.index(place[1]))
    elif not rest:
        yield from comparing.compare(part.record, mine, theirs, at)
    elif rest == (POSITION,):
        yield Moved(at, rows.index(mine), order, order.index(place[1]))
    else:
        yield from _changes(part.record, mine, theirs, rest, present, at)


def _without(present: set[str], record: Record, row: JSON) -> JSON:
    """A row without those within it that stand elsewhere by now."""
    lists = [member.name for member in record.members if isinstance(member, Children)]
    return row | {name: [each for each in row.get(name, ()) if each["id"] not in present] for name in lists}


def _elsewhere(record: Record, draft: JSON, coming: Sequence[Added]) -> Iterator[Removed]:
    """Where a row that is put back stands by now, under another row."""
    wanted = {change.place[-1] for change in coming}
    return (Removed(place, row, 0) for place, _, row in comparing.rows(record, draft) if row["id"] in wanted)


def _check_uncited(record: Record, document: JSON, gone: Removed) -> None:
    if gone.place[-1] in {pk for _, pk in comparing.citations(record, document)}:
        raise Untakable("The draft cites it. Take it out of what cites it first.")
