"""Lists as CSV files: sent row by row, and never more than a program for tables takes in."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.http import StreamingHttpResponse

MOST = 10_000  # rows
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what programs for tables take for the beginning of one


class Line:
    """What the writer of CSV writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def sent(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield writer.writerow(header)
    for row in islice(rows, MOST):
        yield writer.writerow([_harmless(value) for value in row])


def _harmless(value: object) -> str:
    """Text is text: no program may take it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
