"""Findings as a table for other programs, sent row by row."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone

from articles import checking, kinds
from articles.admin import found
from articles.models import Finding, State

MOST = 20_000
CHUNK = 500
COLUMNS = ("Level", "Check", "What is found", "Kind", "Article", "State", "Authors", "Address")
MORE = f"These are the first {MOST}. Filter the list to see the others."
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so is run by spreadsheets
MARK = "\ufeff"  # spreadsheets then read it as UTF-8


class Line:
    """What `csv` writes to: it hands the line over."""

    def write(self, text: str) -> str:
        return text


def answer(shown: QuerySet[Any], related: Sequence[Any]) -> StreamingHttpResponse:
    """The first findings of a list; what is read with a chunk of them is `related`."""
    name = f"findings-{timezone.localdate().isoformat()}.csv"
    keys = list(shown.values_list("pk", flat=True)[: MOST + 1])
    return StreamingHttpResponse(
        _lines(keys, related),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _lines(keys: Sequence[int], related: Sequence[Any]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield MARK + writer.writerow(COLUMNS)
    for start in range(0, min(len(keys), MOST), CHUNK):
        chunk = keys[start : min(start + CHUNK, MOST)]
        rows = Finding.objects.prefetch_related(*related).in_bulk(chunk)
        for key in chunk:
            if key in rows:  # it may have been put right meanwhile
                yield writer.writerow(map(plain, _cells(rows[key])))
    if len(keys) > MOST:
        yield writer.writerow(["", "", MORE, "", "", "", "", ""])


def _cells(finding: Any) -> tuple[str, ...]:
    article = finding.article
    return (
        str(Finding.Gravity(finding.gravity).label),
        checking.label(finding.check_name),
        finding.message,
        kinds.get(finding.kind).label,
        article.title,
        str(State(article.state).label),
        ", ".join(byline.author.name for byline in article.bylines.all()),
        f"{settings.SITE_URL}{found.address(article, finding.place)}",
    )


def plain(text: str) -> str:
    """The text as one that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text
