"""How rows stand in a document: one definition that composes, validates, describes and restores.

A `Record` names a model and its members in the order a document shows them. Every member answers
for itself: how many rows are read at once, what JSON is valid, what JSON Schema says of it, and how it
is written back.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.utils import validate_file_name
from django.db import models
from django.db.models.fields.files import FieldFile

from articles.conditions import holds

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a document, and where: `points[3].label`."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class DocumentError(ValueError):
    """A document that cannot be taken in; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, problems)))


@dataclass
class Visit:
    """What one restoring run has found and still has to do."""

    problems: list[Problem] = field(default_factory=list)
    ids: dict[type[models.Model], set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    cited: list[tuple[str, type[models.Model], uuid.UUID]] = field(default_factory=list)
    referred: list[tuple[str, type[models.Model], uuid.UUID]] = field(default_factory=list)
    linked: list[tuple[str, uuid.UUID]] = field(default_factory=list)
    shared: list[tuple[str, "Record", JSON]] = field(default_factory=list)

    def refuse(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))

    def apart(self) -> "Visit":
        """For rows of shared tables, which may stand several times: an author who also reviewed."""
        return Visit(
            self.problems, cited=self.cited, referred=self.referred, linked=self.linked, shared=self.shared
        )

    def identifier(self, value: Any, where: str) -> uuid.UUID | None:
        try:
            return uuid.UUID(value)
        except (ValueError, TypeError, AttributeError):
            self.refuse(where, f"expected a UUID, found {shorten(value)}.")
            return None

    def identifiers(self, value: Any, where: str) -> list[tuple[str, uuid.UUID]]:
        items = self.items(value, where)
        found = {self.identifier(item, f"{where}[{i}]"): f"{where}[{i}]" for i, item in enumerate(items)}
        return [(place, pk) for pk, place in found.items() if pk]

    def items(self, value: Any, where: str) -> list[Any]:
        if isinstance(value, list):
            return value
        self.refuse(where, f"expected a list, found {shorten(value)}.")
        return []


class Member:
    """One key of a record. Subclasses say what stands there."""

    name: str
    required = False  # an absent key is refused
    checked = False  # the model's own rules hold for it

    def read(self, rows: Sequence[Any]) -> list[Any]:
        raise NotImplementedError

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        raise NotImplementedError

    def schema(self, model: type[models.Model]) -> JSON:
        raise NotImplementedError

    def assign(self, row: Any, value: Any) -> None:
        """Set what is a column of the row itself."""

    def write(self, rows: Sequence[Any], values: Sequence[Any], visit: Visit, where: str) -> None:
        """Store what stands in other tables, for all rows at once."""

    def default(self, model: type[models.Model]) -> Any:
        """What an absent key means."""
        return None


@dataclass(frozen=True)
class Joined:
    """Values of a row that say one thing together: a rating and its uncertainty."""

    name: str
    names: tuple[str, ...]
    words: Callable[[JSON], str]


@dataclass(frozen=True)
class Record:
    model: type[models.Model]
    members: tuple[Member, ...]
    named_by: tuple[str, ...] = ()  # the members by which people know a row
    joined: tuple[Joined, ...] = ()

    def extended(self, model: type[models.Model], *members: Member) -> "Record":
        return Record(model, (*self.members, *members))

    def compose(self, rows: Sequence[Any]) -> list[JSON]:
        columns = [(member.name, member.read(rows)) for member in self.members]
        return [
            {"id": str(row.pk)} | {name: values[index] for name, values in columns}
            for index, row in enumerate(rows)
        ]

    def clean(self, data: Any, where: str, visit: Visit) -> JSON:
        if not isinstance(data, dict):
            visit.refuse(where, f"expected an object, found {shorten(data)}.")
            return {}
        known = {member.name for member in self.members} | {"id"}
        for name in data.keys() - known:
            visit.refuse(join(where, name), f"is not known here. Known are {', '.join(sorted(known))}.")
        cleaned: JSON = {"id": self._identify(data.get("id"), join(where, "id"), visit)}
        for member in self.members:
            if member.name in data:
                value = member.clean(data[member.name], join(where, member.name), visit, self.model)
            else:
                value = member.default(self.model)
                if member.required:
                    visit.refuse(join(where, member.name), "is missing.")
            cleaned[member.name] = value
        return cleaned

    def _identify(self, value: Any, where: str, visit: Visit) -> uuid.UUID | None:
        identifier = uuid.uuid4() if value is None else visit.identifier(value, where)
        if identifier in visit.ids[self.model]:
            visit.refuse(where, "stands twice in the document.")
        elif identifier:
            visit.ids[self.model].add(identifier)
        return identifier

    def assign(self, row: Any, data: JSON, where: str, visit: Visit) -> None:
        """Set the row's columns, then hold them to the model's own rules (which sanitise rich text)."""
        for member in self.members:
            member.assign(row, data[member.name])
        columns = {f.name for f in self.model._meta.concrete_fields}
        files = {f.name for f in self.model._meta.concrete_fields if isinstance(f, models.FileField)}
        checked = {member.name for member in self.members if member.checked} - files
        try:
            row.clean_fields(exclude=columns - checked)
            for constraint in self.model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint) and not holds(constraint.condition, row):
                    constraint.validate(self.model, row)  # which asks the database
        except ValidationError as error:
            for name, messages in _by_field(error).items():
                visit.refuse(join(where, name), " ".join(messages))

    def write(self, rows: Sequence[Any], items: Sequence[JSON], visit: Visit, where: str) -> None:
        for member in self.members:
            member.write(rows, [item[member.name] for item in items], visit, join(where, member.name))

    def schema(self) -> JSON:
        properties = {member.name: member.schema(self.model) for member in self.members}
        return {
            "type": "object",
            "properties": {"id": {"type": "string", "format": "uuid"}} | properties,
            "required": ["id", *properties],
            "additionalProperties": False,
        }


def encode(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, FieldFile):
        return value.name or ""
    if isinstance(value, dict):  # PostgreSQL's jsonb has an order of its own
        return dict(sorted(value.items()))
    return value


def misfit(column: Any, value: Any) -> str:
    """What was expected, where JSON of another type stands in the column's place; else nothing."""
    if value is None:
        return "" if column.null else "a value"
    if isinstance(column, models.BooleanField):
        return "" if isinstance(value, bool) else "true or false"
    if isinstance(column, models.IntegerField):
        return "" if isinstance(value, int) and not isinstance(value, bool) else "a whole number"
    if isinstance(column, models.DecimalField):
        return "" if _decimal(value) is not None else "a number as text"
    if isinstance(column, models.JSONField):
        return ""
    return "" if isinstance(value, str) else "text"


def is_file_name(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(validate_file_name(value, allow_relative_path=True))
    except SuspiciousFileOperation:
        return False


def decode(column: Any, value: Any) -> Any:
    if isinstance(column, models.DecimalField) and value is not None:
        return _decimal(value)
    if isinstance(column, models.DateField):
        return value or None
    return value


def _decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def describe(column: Any) -> JSON:
    """The column as JSON Schema."""
    if isinstance(column, models.BooleanField):
        found: JSON = {"type": "boolean"}
    elif isinstance(column, models.IntegerField):
        found = {"type": "integer"}
    elif isinstance(column, models.JSONField):
        listed = column.get_default() == []
        found = {"type": "array", "items": {"type": "string"}} if listed else {"type": "object"}
    elif isinstance(column, models.DateField):
        found = {"type": "string", "format": "date"}
    elif isinstance(column, models.DecimalField):
        found = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    else:
        found = {"type": "string"} | ({"maxLength": column.max_length} if column.max_length else {})
    if column.choices:
        found["enum"] = [value for value, _ in column.flatchoices if value != ""]
    if column.null:
        found["type"] = [found["type"], "null"]
    return found


def join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def shorten(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for item in value for text in texts(item))
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for item in pair for text in texts(item))


def grouped(pairs: Iterable[tuple[Any, Any]]) -> defaultdict[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def link_table(row: Any, name: str) -> tuple[Any, str, str]:
    """The table behind a many-to-many column, and its two ends."""
    column = row._meta.get_field(name)
    return column.remote_field.through, column.m2m_field_name(), column.m2m_reverse_field_name()


def _by_field(error: ValidationError) -> Mapping[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
