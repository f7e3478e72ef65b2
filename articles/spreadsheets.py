"""Tables as CSV, row by row, so that spreadsheets open them: what looks like a formula to them is text."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse

MOST = 50_000  # rows of a file
AT_ONCE = 500  # rows that are read together
BEGIN_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones in East Asia
CONTROLS = ("\t", "\r", "\n")
MARK = "\ufeff"  # by which Excel knows the encoding

Row = TypeVar("Row", bound=Model)


class _Line:
    """Where the writer writes to: it is given back at once."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> Any:
    """Moments as ISO 8601; texts that would be taken for formulas with an apostrophe before them."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and (value.startswith(CONTROLS) or value.lstrip().startswith(BEGIN_FORMULAS)):
        return f"'{value}"
    return "" if value is None else value


def lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The file, line by line; where there are more rows than it holds, the last one says so."""
    write = csv.writer(_Line()).writerow
    yield MARK + write(header)
    for number, row in enumerate(rows):
        if number == MOST:
            yield write([f"The list ends after {MOST} rows. Filter to see others."])
            return
        yield write([cell(value) for value in row])


def chunks(found: QuerySet[Any], rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """What a list shows, in its order, bit by bit: the keys by its index, then `rows` by their keys.

    One more than a file holds, so that it says so. What is gone by the time it is read is left out.
    """
    keys: Sequence[Any] = list(found.values_list("pk", flat=True)[: MOST + 1])
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        read = rows.in_bulk(some)
        yield [read[key] for key in some if key in read]


def response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The file to be saved, sent while it is made."""
    answer = StreamingHttpResponse(lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
