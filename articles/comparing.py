"""Two documents of one kind to the changes that lead from the one to the other, and back to a document. Pure.

A place is a path into a document: `("sections", <id of the row>, "body")`. Rows are known by their ids. What
is joined in words (a rating and its uncertainty) is one field, and each cell of a difference is a field.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from articles.members import Children, Citations, ValuesByRow
from articles.records import JSON, Joined, Member, Record
from articles.sequences import increasing

Place = tuple[str, ...]
Part = Member | Joined
MISSING = object()
POSITION = "position"  # in place of a field: where the row stands among the others


@dataclass(frozen=True, slots=True)
class Changed:
    """A field says something else. None stands for a cell that is not there."""

    place: Place
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Added:
    """A row came. `order` are the ids of the rows after the change, of which it is the one `at` its index."""

    place: Place
    row: JSON
    order: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Removed:
    place: Place
    row: JSON
    at: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A row stands elsewhere among those that stayed. Of several ways to say it, the fewest rows move."""

    place: Place
    was: int
    order: tuple[str, ...]
    at: int


Change = Changed | Added | Removed | Moved


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as what it is: a row, the article itself where that is empty, or a field of it."""

    row: Place
    record: Record  # of the row
    part: Part | None = None
    key: str = ""  # of a cell


def compare(
    record: Record, before: Mapping[str, Any], after: Mapping[str, Any], place: Place = ()
) -> list[Change]:
    """What leads from the one document to the other, or from row to row where their place is given."""
    return list(_changes(record, before, after, place))


def applied(record: Record, row: Mapping[str, Any], changes: Iterable[Change]) -> JSON:
    """The document with the changes made. What speaks of rows that are not there is left out."""
    return _applied(record, row, changes, 0)


def found(record: Record, row: Mapping[str, Any], place: Place) -> Any:
    """What stands at the place: a row or the value of a field; MISSING where a row isn't there.

    Raises LookupError where no document of the kind has such a place.
    """
    part, rest = part_named(record, place[0]), place[1:]
    if isinstance(part, Children):
        child = next((each for each in row.get(part.name, ()) if each["id"] == rest[0]), MISSING)
        return child if child is MISSING or len(rest) == 1 else found(part.record, child, rest[1:])  # type: ignore[arg-type]
    if isinstance(part, ValuesByRow):
        return (row.get(part.name) or {}).get(rest[0])
    return read(part, row)


def parts(record: Record) -> tuple[Part, ...]:
    """The fields and lists of rows of a record in their order, what is joined as one."""
    joined = {name: each for each in record.joined for name in each.names}
    named = (joined.get(member.name, member) for member in record.members)
    return tuple({part.name: part for part in named}.values())


def part_named(record: Record, name: str) -> Part:
    part = next((each for each in parts(record) if each.name == name), None)
    if part is None:
        raise LookupError(f"There is no “{name}” in a {record.model._meta.verbose_name}.")
    return part


def read(part: Part, row: Mapping[str, Any]) -> Any:
    """What a field says; several values by name where they are joined."""
    return {name: row.get(name) for name in part.names} if isinstance(part, Joined) else row.get(part.name)


def resolved(record: Record, place: Place) -> Spot:
    """Raises LookupError where no document of the kind has such a place."""
    row: Place = ()
    rest = place
    while rest:
        part = part_named(record, rest[0])
        if not isinstance(part, Children):
            return Spot(row, record, part, rest[1] if len(rest) > 1 else "")
        if len(rest) == 1:
            raise LookupError(f"“{address(place)}” names no row.")
        row, record, rest = (*row, *rest[:2]), part.record, rest[2:]
        if rest == (POSITION,):
            break
    return Spot(row, record)


def address(place: Place) -> str:
    """A place as the text that pages and addresses hold."""
    return "/".join(quote(each, safe="") for each in place)


def parse(text: str) -> Place:
    return tuple(map(unquote, text.split("/")))


def rows(
    record: Record, document: Mapping[str, Any], place: Place = ()
) -> Iterator[tuple[Place, Record, JSON]]:
    """All rows of a document, those within rows as well, with their places."""
    for member in record.members:
        if isinstance(member, Children):
            for row in document.get(member.name, ()):
                own = (*place, member.name, row["id"])
                yield own, member.record, row
                yield from rows(member.record, row, own)


# --- Comparing ---------------------------------------------------------------------------------


def _changes(
    record: Record, before: Mapping[str, Any], after: Mapping[str, Any], place: Place
) -> Iterator[Change]:
    for part in parts(record):
        here = (*place, part.name)
        was, now = read(part, before), read(part, after)
        if isinstance(part, Children):
            yield from _row_changes(part.record, was or [], now or [], here)
        elif isinstance(part, ValuesByRow):
            yield from _value_changes(was or {}, now or {}, here)
        elif was != now:
            yield Changed(here, was, now)


def _value_changes(was: Mapping[str, Any], now: Mapping[str, Any], place: Place) -> Iterator[Changed]:
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            yield Changed((*place, key), was.get(key), now.get(key))


def _row_changes(
    record: Record, before: Sequence[JSON], after: Sequence[JSON], place: Place
) -> Iterator[Change]:
    old = {row["id"]: at for at, row in enumerate(before)}
    order = tuple(row["id"] for row in after)
    present = set(order)
    yield from (Removed((*place, pk), before[at], at) for pk, at in old.items() if pk not in present)
    common = [pk for pk in order if pk in old]
    staying = {common[index] for index in increasing([old[pk] for pk in common])}
    for at, row in enumerate(after):
        here = (*place, row["id"])
        if row["id"] not in old:
            yield Added(here, row, order, at)
            continue
        was = old[row["id"]]
        if row["id"] not in staying:
            yield Moved(here, was, order, at)
        yield from _changes(record, before[was], row, here)


# --- Applying ----------------------------------------------------------------------------------


def _applied(record: Record, row: Mapping[str, Any], changes: Iterable[Change], depth: int) -> JSON:
    result = dict(row)
    for name, own in _by_step(changes, depth).items():
        part = part_named(record, name)
        if isinstance(part, Children):
            result[name] = _applied_rows(part.record, row.get(name, ()), own, depth + 1)
        elif isinstance(part, ValuesByRow):
            values = (row.get(name) or {}) | {each.place[-1]: each.after for each in own}  # type: ignore[union-attr]
            result[name] = {key: value for key, value in sorted(values.items()) if value is not None}
        else:
            result |= _written(part, own[-1])
    return result


def _written(part: Part, change: Any) -> JSON:
    return change.after if isinstance(part, Joined) else {part.name: change.after}


def _applied_rows(record: Record, rows: Sequence[JSON], changes: Sequence[Change], depth: int) -> list[JSON]:
    of_rows = [change for change in changes if len(change.place) == depth + 1]
    within = _by_step((change for change in changes if len(change.place) > depth + 1), depth)
    there = {row["id"]: row for row in rows}
    there |= {change.row["id"]: change.row for change in of_rows if isinstance(change, Added)}
    going = {change.place[-1] for change in of_rows if isinstance(change, Removed | Moved)}
    coming = [each for each in of_rows if isinstance(each, Added | Moved) and each.place[-1] in there]
    coming.sort(key=lambda change: change.at)
    staying = [row["id"] for row in rows if row["id"] not in going | {each.place[-1] for each in coming}]
    return [
        _applied(record, there[pk], within[pk], depth + 1) if pk in within else there[pk]
        for pk in _ordered(staying, coming)
    ]


def _by_step(changes: Iterable[Change], depth: int) -> dict[str, list[Change]]:
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.place[depth]].append(change)
    return dict(found)


def _ordered(staying: Sequence[str], coming: Sequence[Added | Moved]) -> list[str]:
    """Each that comes stands behind the nearest that it stood behind, of those that are there."""
    there = set(staying)
    behind: defaultdict[str | None, list[str]] = defaultdict(list)
    for change in coming:
        before = reversed(change.order[: change.at])
        behind[next((pk for pk in before if pk in there), None)].append(change.place[-1])
        there.add(change.place[-1])
    waiting = [*reversed(staying), *behind[None]]
    result: list[str] = []
    while waiting:
        result.append(waiting.pop())
        waiting += behind[result[-1]]
    return result


# --- What claims rest on -------------------------------------------------------------------------


def citations(record: Record, row: Mapping[str, Any]) -> Iterator[tuple[type, str]]:
    """The table and id of each row of the document that a row and those within it cite."""
    for member in record.members:
        if isinstance(member, Citations):
            yield from ((member.model, pk) for pk in row.get(member.name) or ())
        elif isinstance(member, Children):
            for child in row.get(member.name) or ():
                yield from citations(member.record, child)


def with_cited(record: Record, document: JSON, *others: JSON) -> tuple[JSON, list[JSON]]:
    """The document with those cited rows it lacks put back where one of the others has them; and these."""
    wanted = set(citations(record, document))
    back: list[Added] = []
    for member in record.members:
        if isinstance(member, Children):
            ids = {pk for model, pk in wanted if model is member.record.model}
            back += _returning(member.name, ids, document, others)
    return applied(record, document, back), [change.row for change in back]


def _returning(name: str, ids: set[str], document: JSON, others: Sequence[JSON]) -> Iterator[Added]:
    missing = ids - {row["id"] for row in document.get(name, ())}
    for other in others:
        order = tuple(row["id"] for row in other.get(name, ()))
        for at, row in enumerate(other.get(name, ())):
            if row["id"] in missing:
                missing.remove(row["id"])
                yield Added((name, row["id"]), row, order, at)
