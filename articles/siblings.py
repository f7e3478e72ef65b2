"""Rows of one parent that have to differ in a column: a slug, or what they name."""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models

Row = type[models.Model]


def distinct_columns(model: Row, parent: str) -> list[Any]:
    """The columns in which two rows of one parent are never alike."""
    names = {name for constraint in _unique(model) for name in constraint.fields if name != parent}
    return [column for column in model._meta.concrete_fields if column.name in names]


def place(row: models.Model, parent: str) -> tuple[Any, ...]:
    """What no other row may have; empty where rows may be alike."""
    values = [getattr(row, column.attname) for column in distinct_columns(type(row), parent)]
    return (row.serializable_value(parent), *values) if values else ()


def make_way(model: Row, parent: str, pks: Collection[Any]) -> None:
    """Give rows that move or go passing values, so that others can take theirs in the same transaction.

    Databases compare rows one by one, but hold foreign keys to what they name when the transaction ends.
    """
    columns = distinct_columns(model, parent)
    if columns and pks:
        passing = [model(pk=pk, **{column.attname: _passing(column) for column in columns}) for pk in pks]
        model._default_manager.bulk_update(passing, [column.name for column in columns])


def broken(error: IntegrityError) -> tuple[Row, models.UniqueConstraint] | None:
    """The constraint that two rows have broken."""
    message = str(error).partition("\n")[0]
    for model in apps.get_models():
        for constraint in _unique(model):
            if f'"{constraint.name}"' in message or message.endswith(f": {_on_sqlite(model, constraint)}"):
                return model, constraint
    return None


def _unique(model: Row) -> Iterator[models.UniqueConstraint]:
    return (each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint))


def _passing(column: Any) -> uuid.UUID | str:
    return uuid.uuid4() if column.is_relation else uuid.uuid4().hex


def _on_sqlite(model: Row, constraint: models.UniqueConstraint) -> str:
    """SQLite names the columns and not the constraint."""
    columns: list[Any] = [model._meta.get_field(name) for name in constraint.fields]
    return ", ".join(f"{model._meta.db_table}.{column.column}" for column in columns)
