"""Counting without watching: how many results leaned where, and how many skipped which question.

Nothing but daily numbers is kept: no reader, no address, no time of day, no answer and no combination of
answers. Programs are not counted, nor are readers who ask not to be.
"""

import logging
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from comparisons.models import LeanCounter, QuestionCounter
from comparisons.results import Outcome
from comparisons.scoring import Result, Verdict

KEPT = timedelta(days=400)
# Browsers name no address and no library. Cubot makes telephones.
ROBOT = re.compile(r"(?<!cu)bot|crawl|spider|preview|headless|curl|wget|python-|http", re.IGNORECASE)
PREFETCHING = ("Sec-Purpose", "Purpose", "X-Moz")
DECLINING = ("DNT", "Sec-GPC")  # Do Not Track, Global Privacy Control

logger = logging.getLogger(__name__)


def count(request: HttpRequest, comparison: UUID, outcome: Outcome) -> None:
    """Count a result that a reader has just got. It never fails: the result is worth more than the number."""
    if not settings.COUNT_DECISIONS or not _is_counted(request):
        return
    try:
        with transaction.atomic():
            _add(comparison, outcome)
    except Exception:  # whatever it is, the reader is not to meet it
        logger.exception("A result of comparison %s was not counted.", comparison)


def _is_counted(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").strip()
    prefetched = any("prefetch" in request.headers.get(name, "").lower() for name in PREFETCHING)
    declined = any(request.headers.get(name, "").strip() == "1" for name in DECLINING)
    return bool(agent) and not ROBOT.search(agent) and not prefetched and not declined


def _add(comparison: UUID, outcome: Outcome) -> None:
    day = day_of(outcome.moment)
    LeanCounter.objects.add(
        [
            LeanCounter(comparison=comparison, day=day, lean=lean, results=results)
            for lean, results in _leans(outcome)
        ]
    )
    QuestionCounter.objects.add(
        [
            QuestionCounter(
                comparison=comparison,
                day=day,
                question=UUID(question.id),
                answered=option is not None,
                skipped=option is None,
            )
            for question, option in zip(outcome.form.questions, outcome.sheet.options, strict=True)
        ]
    )


def _leans(outcome: Outcome) -> Iterator[tuple[str, int]]:
    """Every path is there, with 0 where the result does not lean to it: a composed comparison has no row
    that would say which paths it compares."""
    lean = lean_of(outcome.result)
    yield from (dict.fromkeys((path.id for path in outcome.form.paths), 0) | {lean: 1}).items()


def lean_of(result: Result) -> str:
    """The id of the path that a result leans to, or its verdict."""
    if result.verdict is Verdict.LEANS and result.leader:
        return result.leader
    return result.verdict.value


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment, timezone.get_default_timezone())


def forget(today: date) -> int:
    """Delete the numbers of days that are longer ago than they are kept; returns how many rows that were."""
    gone = (counters.objects.before(today - KEPT).delete() for counters in (LeanCounter, QuestionCounter))
    return sum(rows for rows, _ in gone)


def forget_old() -> int:
    """The same as of today; it recurs by itself where there is a worker."""
    return forget(day_of(timezone.now()))
