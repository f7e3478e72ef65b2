"""Findings as a table for other programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone

from articles import checking, kinds, spreadsheets
from articles.admin import found
from articles.models import Finding, State

COLUMNS = ("Level", "Check", "What is found", "Kind", "Article", "State", "Authors", "Address")


def answer(shown: QuerySet[Any], related: Sequence[Any]) -> StreamingHttpResponse:
    """The findings of a list; what is read with them is `related`."""
    name = f"findings-{timezone.localdate().isoformat()}"
    return spreadsheets.response(name, COLUMNS, _rows(shown, Finding.objects.prefetch_related(*related)))


def _rows(shown: QuerySet[Any], findings: QuerySet[Any]) -> Iterator[tuple[str, ...]]:
    for some in spreadsheets.chunks(shown, findings):
        yield from map(_cells, some)


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
