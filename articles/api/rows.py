"""Rows of hot queries as tuples, compiled once: `articles.prepared` for where no instances are wanted.

Making an instance costs several times what reading its row does.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    places: Sequence[tuple[str | None, Any]]  # the name of a value, or a constant
    convert: Callable[[Sequence[Any]], Any]
    row: type[Any]

    def run(self, connection: Any, values: Mapping[str, Any], limit: int) -> list[Any]:
        parameters = [
            _adapted(connection, values[name]) if name else constant for name, constant in self.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"{self.sql} LIMIT %s", [*parameters, limit])
            return [self.row(*row) for row in self.convert(cursor.fetchall())]


class PreparedRows:
    """A `values_list` as a function of named values: `PreparedRows(build, slug="-")({"slug": "a-slug"})`.

    As in `Prepared`, each sample must differ from every constant in the query and from the other samples.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **samples: Any) -> None:
        self.build, self.samples = build, samples
        self.statements: dict[str, Statement] = {}

    def __call__(self, values: Mapping[str, Any], *, limit: int = MOST) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self.statements:
            self.statements[connection.vendor] = _compiled(self.build(**self.samples), self.samples)
        return self.statements[connection.vendor].run(connection, values, limit)


def _compiled(queryset: QuerySet[Any, Any], samples: Mapping[str, Any]) -> Statement:
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    named = {_adapted(compiler.connection, sample): name for name, sample in samples.items()}
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return Statement(
        sql,
        [(named.get(_adapted(compiler.connection, each)), each) for each in parameters],
        lambda rows: compiler.apply_converters(rows, converters) if converters else rows,
        namedtuple("Row", queryset.query.values_select),
    )


def _adapted(connection: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
