"""What went live and will, month by month: a table of days, of which a phone lists those with entries."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import kinds
from articles.admin import display, month
from articles.admin.fields import YEARS
from articles.admin.month import Entry
from articles.admin.rights import SEE_PUBLICATIONS, person
from articles.models import Publication

MOST = 2_000  # beginnings, and as many ends, of a month
COLUMNS = ("article_id", "article__title", "article__kind")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11`; without it this month. Two queries."""
    if not person(request).has_perm(SEE_PUBLICATIONS):
        raise PermissionDenied
    today = timezone.localdate()
    shown, zone = _asked(request.GET.get("month", ""), today), timezone.get_current_timezone()
    entries = list(_entries(shown))
    context = {
        **admin.site.each_context(request),
        "title": "Calendar",
        "month": shown,
        "weeks": month.weeks(shown, entries, zone),
        "count": len(entries),
        "most": MOST,
        "today": today,
        "before": _within(month.before(shown)),
        "after": _within(month.after(shown)),
        "years": YEARS,
        "zone": zone,
    }
    return TemplateResponse(request, "admin/desk/calendar.html", context)


def _asked(text: str, today: date) -> date:
    if not text:
        return today.replace(day=1)
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404(f"“{text}” is no month. One is written like 2026-11.") from error
    if not _within(found):
        raise Http404(f"“{text}” is too far away. Choose a year from {YEARS[0]} to {YEARS[-1]}.")
    return found


def _within(month: date) -> date | None:
    return month if month.year in YEARS else None


def _entries(shown: date) -> Iterator[Entry]:
    start, end = month.bounds(shown, timezone.get_current_timezone())
    now = timezone.now()
    begun = Publication.objects.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at")
    ended = Publication.objects.filter(ends_at__gte=start, ends_at__lt=end, until=F("ends_at"))
    yield from _of(_rows(begun, "starts_at"), now, ends=False)
    yield from _of(_rows(ended.order_by("ends_at"), "ends_at"), now, ends=True)


def _rows(found: QuerySet[Any], column: str) -> Iterable[tuple[Any, ...]]:
    return found.values_list(column, *COLUMNS)[:MOST]


def _of(rows: Iterable[tuple[Any, ...]], now: datetime, *, ends: bool) -> Iterator[Entry]:
    for at, pk, title, kind in rows:
        address = display.edit_address(kinds.get(kind).model(pk=pk, kind=kind))
        yield Entry(timezone.localtime(at), title, address, ends, at <= now)
