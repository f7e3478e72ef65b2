"""Queries of hot pages, written as querysets and compiled to SQL once per process.

Building and compiling a queryset costs more than running it where a page makes only two or three. The rule
stays in the queryset's methods; `Prepared` keeps the SQL they came to and puts new values in.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

SAMPLE = datetime(1970, 1, 2, 3, 4, 5, 6, tzinfo=UTC)  # a moment that no query has as a constant

Row = TypeVar("Row", bound=models.Model)


class Prepared(Generic[Row]):
    """A queryset as a function of named values: `Prepared(build, slug="-", moment=EPOCH)(slug=…, moment=…)`.

    The samples given at first stand for the values in the compiled SQL: each must differ from every
    constant in the query and from the other samples. Only plain columns and `select_related` are supported.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], **samples: Any) -> None:
        self.build, self.samples = build, samples
        self._compiled: dict[str, Any] = {}

    def __call__(self, limit: int | None = None, offset: int = 0, /, **values: Any) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self._compiled.get(connection.vendor)
        if statement is None:
            statement = self._compiled[connection.vendor] = _Statement(
                self.build(**self.samples), self.samples
            )
        return statement.run(connection, values, limit, offset)


class _Statement:
    """The SQL of one queryset on one kind of database, and how its rows become instances."""

    def __init__(self, queryset: models.QuerySet[Any], samples: Mapping[str, Any]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, parameters = compiler.as_sql()
        self.places = [_place(parameter, samples, compiler.connection) for parameter in parameters]
        select, self.klass = compiler.select, compiler.klass_info
        self.names = [column.target.attname for column, *_ in select]
        self.converters = compiler.get_converters([column for column, *_ in select])
        self.apply = compiler.apply_converters
        self.model = queryset.model
        self.related = self.klass.get("related_klass_infos", [])

    def run(self, connection: Any, values: Mapping[str, Any], limit: int | None, offset: int) -> list[Any]:
        parameters = [
            _adapted(connection, values[name]) if name else constant for name, constant in self.places
        ]
        part = ([limit, offset], " LIMIT %s OFFSET %s") if limit is not None else ([], "")
        with connection.cursor() as cursor:
            cursor.execute(self.sql + part[1], [*parameters, *part[0]])
            rows = cursor.fetchall()
        converted = self.apply(rows, self.converters) if self.converters else rows
        return [self._instance(row) for row in converted]

    def _instance(self, row: Any) -> Any:
        own = self.klass["select_fields"]
        instance = self._built(self.model, own, row)
        for related in self.related:
            other = self._built(related["model"], related["select_fields"], row)
            related["local_setter"](instance, other)
        return instance

    def _built(self, model: type[models.Model], places: list[int], row: Any) -> Any:
        return model.from_db(DEFAULT_DB_ALIAS, [self.names[i] for i in places], [row[i] for i in places])


def _place(parameter: Any, samples: Mapping[str, Any], connection: Any) -> tuple[str | None, Any]:
    for name, sample in samples.items():
        if parameter in (sample, _adapted(connection, sample)):
            return name, None
    return None, parameter


def _adapted(connection: Any, value: Any) -> Any:
    if hasattr(value, "tzinfo"):
        return connection.ops.adapt_datetimefield_value(value)
    if hasattr(value, "hex") and hasattr(value, "int") and connection.vendor == "sqlite":
        return value.hex
    return value
