"""What may stand under one key of a record: a column, a reference, rows of its own, shared rows."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from articles import richtext, siblings
from articles.records import (
    JSON,
    UNPRINTABLE,
    DocumentError,
    Member,
    Record,
    Visit,
    decode,
    describe,
    encode,
    grouped,
    is_file_name,
    link_table,
    misfit,
    shorten,
    texts,
)


@dataclass(frozen=True)
class Value(Member):
    """A column: text, number, flag, date, decimal (as text, so that it stays exact) or JSON."""

    name: str
    checked = True

    def read(self, rows: Sequence[Any]) -> list[Any]:
        return [encode(getattr(row, self.name)) for row in rows]

    def default(self, model: type[models.Model]) -> Any:
        return model._meta.get_field(self.name).get_default()  # type: ignore[union-attr]

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        column = model._meta.get_field(self.name)
        if unprintable := next(filter(None, map(UNPRINTABLE.search, texts(value))), None):
            visit.refuse(where, f"has the control character U+{ord(unprintable[0]):04X}. Remove it.")
        elif isinstance(column, models.FileField) and not is_file_name(value):
            visit.refuse(
                where, f"expected the name of a file below the media folder, found {shorten(value)}."
            )
        elif expected := misfit(column, value):
            visit.refuse(where, f"expected {expected}, found {shorten(value)}.")
        else:
            return decode(column, value)
        return self.default(model)

    def assign(self, row: Any, value: Any) -> None:
        if isinstance(row._meta.get_field(self.name), models.FileField):
            row.__dict__[self.name] = value  # set otherwise, a picture is opened to be measured again
        else:
            setattr(row, self.name, value)

    def schema(self, model: type[models.Model]) -> JSON:
        return describe(model._meta.get_field(self.name))


@dataclass(frozen=True)
class RichText(Value):
    """A column of rich text, which may link to articles by their ids."""

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        html = richtext.cleaned(super().clean(value, where, visit, model))
        visit.linked += [(where, link.target) for link in richtext.article_links(html)]
        return html

    def schema(self, model: type[models.Model]) -> JSON:
        return super().schema(model) | {"description": richtext.DESCRIPTION}


@dataclass(frozen=True)
class Address(Value):
    """A column that holds an address: of a page of this site, or of another."""


@dataclass(frozen=True)
class Widths(Value):
    """A column of whole numbers above 0: the widths in pixels in which files lie here."""

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        if isinstance(value, list) and all(type(width) is int and width > 0 for width in value):
            return value
        visit.refuse(where, f"expected a list of widths in pixels, found {shorten(value)}.")
        return []

    def assign(self, row: Any, value: Any) -> None:
        """Files don't come with a document: `make_renditions` makes them, and says so."""
        setattr(row, self.name, [])

    def schema(self, model: type[models.Model]) -> JSON:
        return {"type": "array", "items": {"type": "integer", "minimum": 1}}


@dataclass(frozen=True)
class ValuesByRow(Value):
    """A column that says something of each of several rows of other documents: JSON by their ids."""

    model: type[models.Model]
    words: Callable[[Any], str] = str


@dataclass(frozen=True)
class Reference(Member):
    """The id of a row that belongs to another document."""

    name: str
    model: type[models.Model]
    required = True

    def read(self, rows: Sequence[Any]) -> list[Any]:
        return [str(getattr(row, f"{self.name}_id")) for row in rows]

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        if identifier := visit.identifier(value, where):
            visit.referred.append((where, self.model, identifier))
        return identifier

    def assign(self, row: Any, value: Any) -> None:
        setattr(row, f"{self.name}_id", value)

    def schema(self, model: type[models.Model]) -> JSON:
        return {"type": "string", "format": "uuid"}


@dataclass(frozen=True)
class OptionalReference(Reference):
    """The id of a row that belongs to another document, or null."""

    required = False

    def read(self, rows: Sequence[Any]) -> list[Any]:
        keys = (getattr(row, f"{self.name}_id") for row in rows)
        return [None if key is None else str(key) for key in keys]

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        return None if value is None else super().clean(value, where, visit, model)

    def schema(self, model: type[models.Model]) -> JSON:
        return super().schema(model) | {"type": ["string", "null"]}


@dataclass(frozen=True)
class Citations(Member):
    """Ids of rows of the same document: the sources a claim rests on."""

    name: str
    model: type[models.Model]

    def read(self, rows: Sequence[Any]) -> list[Any]:
        if not rows:
            return []
        through, owner, target = link_table(rows[0], self.name)
        links = through.objects.filter(**{f"{owner}__in": [row.pk for row in rows]})
        found = grouped(
            links.order_by(f"{target}__position", target).values_list(f"{owner}_id", f"{target}_id")
        )
        return [[str(pk) for pk in found[row.pk]] for row in rows]

    def default(self, model: type[models.Model]) -> Any:
        return []

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        found = visit.identifiers(value, where)
        visit.cited += [(place, self.model, pk) for place, pk in found]
        return [pk for _, pk in found]

    def write(self, rows: Sequence[Any], values: Sequence[Any], visit: Visit, where: str) -> None:
        if not rows:
            return
        through, owner, target = link_table(rows[0], self.name)
        through.objects.filter(**{f"{owner}__in": [row.pk for row in rows]}).delete()
        through.objects.bulk_create(
            through(**{f"{owner}_id": row.pk, f"{target}_id": pk})
            for row, targets in zip(rows, values, strict=True)
            for pk in targets
        )

    def schema(self, model: type[models.Model]) -> JSON:
        return {"type": "array", "items": {"type": "string", "format": "uuid"}}


@dataclass(frozen=True)
class Children(Member):
    """Rows that belong to this one alone, in their order."""

    name: str
    record: Record
    parent: str
    only: Mapping[str, Any] = field(default_factory=dict)

    def read(self, rows: Sequence[Any]) -> list[Any]:
        children = list(self._of(rows).order_by("position", "pk")) if rows else []
        items = zip(children, self.record.compose(children), strict=True) if children else ()
        found = grouped((getattr(child, f"{self.parent}_id"), item) for child, item in items)
        return [found[row.pk] for row in rows]

    def default(self, model: type[models.Model]) -> Any:
        return []

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        items = visit.items(value, where)
        return [self.record.clean(item, f"{where}[{i}]", visit) for i, item in enumerate(items)]

    def write(self, rows: Sequence[Any], values: Sequence[Any], visit: Visit, where: str) -> None:
        existing = {child.pk: child for child in self._of(rows)}
        before = {pk: copy(child) for pk, child in existing.items()}
        kept: list[Any] = []
        items: list[JSON] = []
        for row, given in zip(rows, values, strict=True):
            for index, item in enumerate(given):
                kept.append(
                    self._built(existing.get(item["id"]), row, item, index, f"{where}[{index}]", visit)
                )
                items.append(item)
        self._store(before, kept, visit, where)
        self.record.write(kept, items, visit, where)

    def schema(self, model: type[models.Model]) -> JSON:
        return {"type": "array", "items": self.record.schema()}

    def _of(self, rows: Sequence[Any]) -> models.QuerySet[Any]:
        manager = self.record.model._default_manager
        return manager.filter(**{f"{self.parent}__in": [row.pk for row in rows]}, **self.only)

    def _built(self, child: Any, row: Any, item: JSON, index: int, where: str, visit: Visit) -> Any:
        child = child or self.record.model(pk=item["id"])
        setattr(child, f"{self.parent}_id", row.pk)
        child.position = index
        self.record.assign(child, item, where, visit)
        return child

    def _place(self, child: Any) -> tuple[Any, ...]:
        return siblings.place(child, self.parent)

    def _store(self, before: Mapping[Any, Any], kept: list[Any], visit: Visit, where: str) -> None:
        model = self.record.model
        manager = model._default_manager
        added = [child for child in kept if child._state.adding]
        if added and (taken := manager.filter(pk__in=[child.pk for child in added]).first()):
            visit.refuse(
                where, f"the id {taken.pk} belongs to another article. Leave it out to get a new one."
            )
        if visit.problems:
            raise DocumentError(visit.problems)
        removed = before.keys() - {child.pk for child in kept}
        if removed:
            manager.filter(pk__in=removed).delete()
        stayed = [(before[child.pk], child) for child in kept if not child._state.adding]
        changed = {now: names for was, now in stayed if (names := _differing(was, now))}
        moved = [now.pk for was, now in stayed if self._place(was) != self._place(now)]
        siblings.make_way(model, self.parent, moved)
        columns = set().union(*changed.values())
        if moved:
            columns |= {column.name for column in siblings.distinct_columns(model, self.parent)}
        if changed:  # all rows and columns would take more time than all else that is stored
            manager.bulk_update(changed, sorted(columns))
        if added:
            manager.bulk_create(added)


def _differing(was: models.Model, now: models.Model) -> set[str]:
    """The columns in which a row is another than it was."""
    return {
        column.name
        for column in now._meta.concrete_fields
        if was.__dict__[column.attname] != now.__dict__[column.attname]
    }


@dataclass(frozen=True)
class Shared(Member):
    """A row of a table that both sides share, embedded as the document shows it."""

    name: str
    record: Record

    def read(self, rows: Sequence[Any]) -> list[Any]:
        wanted = {getattr(row, f"{self.name}_id") for row in rows} - {None}
        found = list(self.record.model._default_manager.filter(pk__in=wanted)) if wanted else []
        items = dict(zip([row.pk for row in found], self.record.compose(found), strict=True))
        return [items.get(getattr(row, f"{self.name}_id")) for row in rows]

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        if value is None:
            return None
        cleaned = self.record.clean(value, where, visit.apart())
        visit.shared += [(where, self.record, cleaned)] if cleaned else []
        return cleaned

    def assign(self, row: Any, value: Any) -> None:
        setattr(row, f"{self.name}_id", value and value["id"])

    def schema(self, model: type[models.Model]) -> JSON:
        return {"anyOf": [self.record.schema(), {"type": "null"}]}


@dataclass(frozen=True)
class SharedList(Member):
    """Several rows of a shared table; in the order of `through.position` where there is one, else by slug."""

    name: str
    record: Record

    def read(self, rows: Sequence[Any]) -> list[Any]:
        if not rows:
            return []
        through, owner, target = link_table(rows[0], self.name)
        order = self._order(through, target)
        links = through.objects.filter(**{f"{owner}__in": [row.pk for row in rows]}).select_related(target)
        pairs = [(getattr(link, f"{owner}_id"), getattr(link, target)) for link in links.order_by(*order)]
        items = self.record.compose([shared for _, shared in pairs])
        found = grouped((pk, item) for (pk, _), item in zip(pairs, items, strict=True))
        return [found[row.pk] for row in rows]

    def default(self, model: type[models.Model]) -> Any:
        return []

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        apart, items = visit.apart(), visit.items(value, where)
        cleaned = [self.record.clean(item, f"{where}[{i}]", apart) for i, item in enumerate(items)]
        visit.shared += [(f"{where}[{i}]", self.record, item) for i, item in enumerate(cleaned) if item]
        return cleaned

    def write(self, rows: Sequence[Any], values: Sequence[Any], visit: Visit, where: str) -> None:
        through, owner, target = link_table(rows[0], self.name)
        order = self._order(through, target)
        through.objects.filter(**{f"{owner}__in": [row.pk for row in rows]}).delete()
        positions = order == ("position", "pk")
        through.objects.bulk_create(
            through(
                **{f"{owner}_id": row.pk, f"{target}_id": item["id"]} | ({"position": i} if positions else {})
            )
            for row, items in zip(rows, values, strict=True)
            for i, item in enumerate(items)
        )

    def schema(self, model: type[models.Model]) -> JSON:
        return {"type": "array", "items": self.record.schema()}

    def _order(self, through: Any, target: str) -> tuple[str, ...]:
        if any(column.name == "position" for column in through._meta.concrete_fields):
            return ("position", "pk")
        return (f"{target}__slug", f"{target}_id")


@dataclass(frozen=True)
class ReferenceList(Member):
    """Ids of rows of another document, in the order of `through.position`."""

    name: str
    model: type[models.Model]

    def read(self, rows: Sequence[Any]) -> list[Any]:
        if not rows:
            return []
        through, owner, target = link_table(rows[0], self.name)
        links = through.objects.filter(**{f"{owner}__in": [row.pk for row in rows]}).order_by(
            "position", "pk"
        )
        found = grouped(links.values_list(f"{owner}_id", f"{target}_id"))
        return [[str(pk) for pk in found[row.pk]] for row in rows]

    def default(self, model: type[models.Model]) -> Any:
        return []

    def clean(self, value: Any, where: str, visit: Visit, model: type[models.Model]) -> Any:
        found = visit.identifiers(value, where)
        visit.referred += [(place, self.model, pk) for place, pk in found]
        return [pk for _, pk in found]

    def write(self, rows: Sequence[Any], values: Sequence[Any], visit: Visit, where: str) -> None:
        through, owner, target = link_table(rows[0], self.name)
        through.objects.filter(**{f"{owner}__in": [row.pk for row in rows]}).delete()
        through.objects.bulk_create(
            through(**{f"{owner}_id": row.pk, f"{target}_id": pk, "position": i})
            for row, targets in zip(rows, values, strict=True)
            for i, pk in enumerate(targets)
        )

    def schema(self, model: type[models.Model]) -> JSON:
        return {"type": "array", "items": {"type": "string", "format": "uuid"}}
