"""Tables as CSV, row by row, so that spreadsheets open them: what looks like a formula to them is text."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse

MOST = 50_000  # rows of a file
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # by which Excel knows the encoding


class _Line:
    """Where the writer writes to: it is given back at once."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> Any:
    """Moments as ISO 8601; texts that would be taken for formulas with an apostrophe before them."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and value.lstrip(" ").startswith(BEGIN_FORMULAS):
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


def response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The file to be saved, sent while it is made."""
    answer = StreamingHttpResponse(lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
