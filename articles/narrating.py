"""Changes in words: what a page says of each, part by part of the article. The names are given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from articles import comparing, formats, marking
from articles.comparing import POSITION, Added, Change, Changed, Moved, Part, Place, Removed, Spot, address
from articles.members import Children, Citations, Reference, ReferenceList, Shared, SharedList, ValuesByRow
from articles.naming import Names, label
from articles.records import JSON, Joined, Record
from articles.rich_marking import rich
from articles.richtext import RichTextField

WHOLE = (models.SlugField, models.URLField)  # shown as one in place of the other


@dataclass(frozen=True, slots=True)
class Line:
    """A field that says something else, or what a row that came or went says in it."""

    label: str
    shown: SafeString
    address: str = ""


@dataclass(slots=True)
class Entry:
    """A row that came, went, moved or changed; the article itself where it has no label."""

    noun: str
    label: str = ""
    address: str = ""
    happened: str = "changed"
    moved: str = ""
    moved_address: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def offers_whole(self) -> bool:
        """Whether to restore the row is more than to restore one of its fields."""
        return bool(self.label) and (self.happened != "changed" or len(self.lines) > 1)


@dataclass(slots=True)
class Group:
    """A part of the article with what changed in it, and how many of its rows stayed as they were."""

    label: str
    entries: list[Entry] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Narrative:
    groups: list[Group]
    unchanged: list[str]


def narrate(record: Record, before: JSON, after: JSON, names: Names) -> Narrative:
    """What changed from the one document to the other."""
    entries: dict[Place, Entry] = {}
    for change in comparing.compare(record, before, after):
        spot = comparing.resolved(record, change.place)
        if spot.row not in entries:
            row: JSON = next(_found(record, spot.row, after, before), {})
            entries[spot.row] = Entry(*described(record, spot, row, names), address(spot.row))
        _tell(entries[spot.row], change, spot, names)
    groups = [_group(record, part, entries, after) for part in ("", *_lists(record))]
    changed = [group for group in groups if group.entries]
    return Narrative(changed, [group.label for group in groups if not group.entries and group.label])


def nothing_like(document: JSON) -> JSON:
    """What a document that says something is compared with where nothing came before it."""
    said = [name for name, value in document.items() if _says(value)]
    return document | {name: [] if isinstance(document[name], list) else None for name in said}


def described(record: Record, spot: Spot, row: Mapping[str, Any], names: Names) -> tuple[str, str]:
    """What sort of thing a row is, and its name; with the name of the row it belongs to."""
    noun = str(spot.record.model._meta.verbose_name)
    if not spot.row:
        return noun, ""
    owner = names.get(spot.row[-3], "") if len(spot.row) > 2 else ""
    own = label(spot.record, row, names)
    return noun, f"{owner} › {own}" if owner else own


def field_label(spot: Spot, names: Names) -> str:
    """“rating”, “body”, or “cells: Microtask gig work”."""
    part = spot.part
    if part is None or isinstance(part, Joined):
        return part.name if part else ""
    column: Any = spot.record.model._meta.get_field(part.name)
    named = str(column.related_model._meta.verbose_name_plural if column.one_to_many else column.verbose_name)
    return f"{named}: {names.get(spot.key, spot.key)}" if spot.key else named


def difference(record: Record, part: Part, before: Any, after: Any, names: Names) -> SafeString:
    """What a field said and says, with what was deleted and inserted marked."""
    if isinstance(part, Citations | ReferenceList | SharedList | Children):
        return marking.items(*(_labels(part, value or (), names) for value in (before, after)))
    if not isinstance(part, Joined):
        column = record.model._meta.get_field(part.name)
        if isinstance(column, RichTextField):
            return rich(before or "", after or "", names)
        if isinstance(before or after, list):
            return marking.items(before or (), after or ())
        if _is_prose(part, column):
            return marking.text(before or "", after or "")
    return marking.replaced(_words(record, part, before, names), _words(record, part, after, names))


def rows_lines(record: Record, before: JSON | None, after: JSON | None, names: Names) -> Iterator[Line]:
    """All that a row says which came, or said which went."""
    for part in comparing.parts(record):
        was, now = (comparing.read(part, row) if row else None for row in (before, after))
        if isinstance(part, ValuesByRow):
            keys = sorted((was or {}).keys() | (now or {}).keys())
            pairs = [(key, (was or {}).get(key), (now or {}).get(key)) for key in keys]
        else:
            pairs = [("", was, now)] if _says(was) or _says(now) else []
        for key, one, other in pairs:
            shown = difference(record, part, one, other, names)
            yield Line(field_label(Spot((), record, part, key), names), shown)


def _tell(entry: Entry, change: Change, spot: Spot, names: Names) -> None:
    if isinstance(change, Changed) and spot.part:
        shown = difference(spot.record, spot.part, change.before, change.after, names)
        entry.lines.append(Line(field_label(spot, names), shown, address(change.place)))
    elif isinstance(change, Moved):
        entry.moved = moved(change, names)
        entry.moved_address = address((*change.place, POSITION))
    elif isinstance(change, Added):
        entry.happened = "added"
        entry.lines += rows_lines(spot.record, None, change.row, names)
    elif isinstance(change, Removed):
        entry.happened = "removed"
        entry.lines += rows_lines(spot.record, change.row, None, names)


def moved(change: Moved, names: Names) -> str:
    ahead = f"behind “{names.get(change.order[change.at - 1], '')}”" if change.at else "to the beginning"
    places = f", from place {change.was + 1} to place {change.at + 1}" if change.was != change.at else ""
    return f"moved {ahead}{places}"


def _found(record: Record, place: Place, *documents: JSON) -> Iterator[Any]:
    rows = (comparing.found(record, each, place) if place else each for each in documents)
    return (row for row in rows if row is not comparing.MISSING)


def _lists(record: Record) -> Iterator[str]:
    return (member.name for member in record.members if isinstance(member, Children))


def _group(record: Record, name: str, entries: Mapping[Place, Entry], after: JSON) -> Group:
    own = [entry for place, entry in entries.items() if (place[0] if place else "") == name]
    if not name:
        return Group("", own)
    touched = {place[1] for place in entries if place and place[0] == name}
    rows = after.get(name, ())
    return Group(list_label(record, name), own, sum(row["id"] not in touched for row in rows))


def list_label(record: Record, name: str) -> str:
    part = comparing.part_named(record, name)
    model = part.record.model if isinstance(part, Children) else record.model
    return str(model._meta.verbose_name_plural)


# --- Values --------------------------------------------------------------------------------------


def _says(value: Any) -> bool:
    values = value.values() if isinstance(value, dict) else [value]
    return any(each not in (None, "", [], False) for each in values)


def _labels(part: Part, value: Sequence[Any], names: Names) -> list[str]:
    if isinstance(part, Children):
        return [label(part.record, row, names) for row in value]
    return [names.get(each, each) if isinstance(each, str) else _shared(each) for each in value]


def _shared(row: Mapping[str, Any]) -> str:
    return str(row.get("name") or row.get("alt") or row.get("file") or "")


def _is_prose(part: Part, column: Any) -> bool:
    if isinstance(part, ValuesByRow):
        return part.words is str
    texts = isinstance(column, models.CharField | models.TextField)
    return texts and not column.choices and not isinstance(column, WHOLE)


def _words(record: Record, part: Part, value: Any, names: Names) -> str:
    if value is None or (isinstance(part, Joined) and not _says(value)):
        return ""
    if isinstance(part, Joined | ValuesByRow):
        return part.words(value)
    if isinstance(part, Reference):
        return names.get(value, value)
    return _shared(value) if isinstance(part, Shared) else _column_words(record, part.name, value)


def _column_words(record: Record, name: str, value: Any) -> str:
    column: Any = record.model._meta.get_field(name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(column, models.DateField) and value:
        return formats.day(date.fromisoformat(value))
    return str(dict(column.flatchoices or ()).get(value, value))
