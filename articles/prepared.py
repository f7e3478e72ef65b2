"""Queries of hot pages, and one hot update, written as querysets and compiled to SQL once per process.

Building and compiling a queryset costs more than running it where a page makes only two or three. The rule
stays in the queryset's methods; what is kept here is the SQL they came to, and new values are put in.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql import UpdateQuery
from psycopg.types.numeric import Int8

SAMPLE = datetime(1970, 1, 2, 3, 4, 5, 6, tzinfo=UTC)  # a moment that no query has as a constant

Row = TypeVar("Row", bound=models.Model)


class Statement:
    """The SQL of a queryset, with places for named values.

    The samples given at first stand for the values in the compiled SQL: each must differ from every
    constant in the query and from the other samples.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **samples: Any) -> None:
        self.build, self.samples = build, samples

    @cached_property
    def queryset(self) -> models.QuerySet[Any, Any]:
        return self.build(**self.samples)

    @cached_property
    def compiler(self) -> Any:
        return self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)

    @cached_property
    def sql(self) -> str:
        """The SQL, with a place for each named value. Constants stand in it, where the planner sees them."""
        sql, parameters = self.compiler.as_sql()
        connection = self.compiler.connection
        named = {_adapted(connection, sample): name for name, sample in self.samples.items()}
        names = [named.get(_adapted(connection, each)) for each in parameters]
        texts = [
            f"%({name})s" if name else _literal(each) for name, each in zip(names, parameters, strict=True)
        ]
        filled: str = sql.replace("%%", "%%%%") % tuple(texts)
        return filled

    @cached_property
    def converters(self) -> Any:
        return self.compiler.get_converters([column for column, *_ in self.compiler.select])

    def given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as the database has them."""
        connection = connections[DEFAULT_DB_ALIAS]
        return {name: _adapted(connection, value) for name, value in values.items()}

    def fetch(self, limit: int | None, offset: int, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        connection = connections[DEFAULT_DB_ALIAS]
        sql, given = self.sql, self.given(values)
        if limit is not None:  # in the statement itself, since the best plan depends on it
            sql = f"{sql} LIMIT {limit:d}"
        if offset:
            sql, given = f"{sql} OFFSET %(offset)s", given | {"offset": offset}
        rows = _rows(connection, sql, given)
        return list(self.compiler.apply_converters(rows, self.converters)) if self.converters else rows


class Prepared(Statement, Generic[Row]):
    """Instances, as a function of named values: `Prepared(build, slug="-", moment=SAMPLE)(slug=…, moment=…)`.

    Only plain columns, annotations and `select_related` are supported.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], **samples: Any) -> None:
        super().__init__(build, **samples)

    def __call__(self, limit: int | None = None, offset: int = 0, /, **values: Any) -> list[Row]:
        return [self._instance(row) for row in self.fetch(limit, offset, values)]

    @cached_property
    def names(self) -> list[str]:
        """Of the columns, in their order; those of annotations are aliases."""
        return [
            column.target.attname if hasattr(column, "target") else alias
            for column, _, alias in self.compiler.select
        ]

    def _instance(self, row: Sequence[Any]) -> Any:
        shape = self.compiler.klass_info
        instance = self._built(self.queryset.model, shape["select_fields"], row)
        for name, place in (self.compiler.annotation_col_map or {}).items():
            setattr(instance, name, row[place])
        for related in shape.get("related_klass_infos", ()):
            other = self._built(related["model"], related["select_fields"], row)
            related["local_setter"](instance, other)
        return instance

    def _built(self, model: type[models.Model], places: list[int], row: Sequence[Any]) -> Any:
        return model.from_db(DEFAULT_DB_ALIAS, [self.names[i] for i in places], [row[i] for i in places])


class PreparedRows(Statement):
    """Named tuples of a `values_list`, where instances are not wanted: they cost several times as much."""

    def __call__(self, limit: int | None = None, offset: int = 0, /, **values: Any) -> list[Any]:
        return list(map(self.row._make, self.fetch(limit, offset, values)))

    @cached_property
    def row(self) -> type[Any]:
        return namedtuple("Row", self.queryset._fields)  # type: ignore[attr-defined]


class PreparedUpdate(Statement):
    """An update of a queryset, as a function of named values. `changes` gives what `update` takes."""

    def __init__(
        self,
        build: Callable[..., models.QuerySet[Any]],
        changes: Callable[[], Mapping[str, Any]],
        **samples: Any,
    ) -> None:
        super().__init__(build, **samples)
        self.changes = changes

    @cached_property
    def compiler(self) -> Any:
        query = self.queryset.query.chain(UpdateQuery)
        query.add_update_values(self.changes())  # type: ignore[attr-defined]
        return query.get_compiler(DEFAULT_DB_ALIAS)

    def __call__(self, **values: Any) -> None:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, self.given(values))


def _rows(connection: Any, sql: str, values: Mapping[str, Any]) -> list[Any]:
    if connection.vendor == "postgresql" and not (connection.execute_wrappers or connection.queries_logged):
        # Django's own cursors write values into the statement, which is then planned anew each time. Here
        # it is prepared once, whatever the size of the numbers in it.
        sized = {name: Int8(each) if type(each) is int else each for name, each in values.items()}
        connection.ensure_connection()
        with connection.wrap_database_errors:
            return psycopg.Cursor(connection.connection).execute(sql, sized, binary=True).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _literal(constant: Any) -> str:
    """A constant of a query as SQL: the words and numbers that stand in our own code."""
    if isinstance(constant, bool) or not isinstance(constant, str | int):
        raise TypeError(f"A prepared query has words and numbers as its constants, not {constant!r}.")
    if isinstance(constant, int):
        return str(constant)
    return "'" + constant.replace("'", "''").replace("%", "%%") + "'"


def _adapted(connection: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
