"""Checking links: which are due, asking for them, writing down what came of it; by a command or by a job."""

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from articles import jobs
from articles.external_links import addresses, asking, judging, pacing, uses
from articles.external_links.answers import Answer, Failure
from articles.external_links.connecting import Manner
from articles.external_links.turn import LAPSE, Busy, Turn, taken
from articles.models import ExternalLink

AT_ONCE = 8  # hosts
SLICE, OF_ONE_HOST = 200, 20  # links of one slice
LONGEST_SLICE = 60  # seconds, after which a job lets others have their turn


def manner() -> Manner:
    """As the settings have it."""
    site = addresses.normalised(settings.SITE_URL)
    return Manner(f"CareersiteLinks/1.0 (+{site})", ports=frozenset(settings.LINK_PORTS))


def check(
    turn: Turn, among: QuerySet[ExternalLink], *, most: int, seconds: float | None = None
) -> Iterator[ExternalLink]:
    """Check some links, which have their row written before the next of their host is asked for.

    Those that begin last are still waited for after so many seconds.
    """
    ends = time.monotonic() + seconds if seconds else math.inf
    began, remaining, resting = timezone.now(), most, set[str]()
    while remaining > 0 and time.monotonic() < ends:
        found = _next(among.exclude(host__in=resting), began)[: min(SLICE, remaining)]
        if not found:
            return
        for link in _asked(list(found), turn, ends, resting):
            remaining -= 1
            yield link


def _next(among: QuerySet[ExternalLink], began: datetime) -> QuerySet[ExternalLink]:
    """Some of each host, as one with very many would have all others wait. Each at most once in a run."""
    left = among.exclude(checked_at__gte=began)
    place = Window(RowNumber(), partition_by="host", order_by=("next_check_at", "id"))
    return left.annotate(place=place).filter(place__lte=OF_ONE_HOST).order_by("next_check_at", "id")


def _asked(
    links: Sequence[ExternalLink], turn: Turn, ends: float, resting: set[str]
) -> Iterator[ExternalLink]:
    turns = pacing.Turns(settings.LINK_DELAY)
    found = pacing.in_turns(
        links,
        partial(asking.ask, manner=manner(), wait=turns.wait),
        at_once=AT_ONCE,
        goes_on=lambda: time.monotonic() < ends,
        beat=turn.renew,
        resting=resting,
    )
    try:
        for link, answer in _confirmed(found):
            now = timezone.now()
            write(link, answer, now)
            turn.renew(checked=1)
            if answer.retry_after:
                resting.add(link.host)
                _let_rest(link.host, now + answer.retry_after)
            yield link
    finally:
        turns.over.set()


def _confirmed(asked: Iterable[pacing.Asked]) -> Iterator[pacing.Asked]:
    """Whether hosts are unknown or this machine is cut off shows once one answers: until then they wait."""
    waiting: list[pacing.Asked] | None = []
    for link, answer in asked:
        if waiting is not None and answer.status is not None:
            yield from waiting
            waiting = None
        if waiting is not None and answer.failure == Failure.UNKNOWN_HOST:
            waiting.append((link, answer))
        else:
            yield link, answer
    for link, answer in waiting or ():
        words = f"{answer.words} No other answered either: this machine may be cut off."
        yield link, replace(answer, failure=Failure.UNREACHABLE, words=words)


def write(link: ExternalLink, answer: Answer, now: datetime) -> None:
    """Keep what came of asking for a link."""
    verdict = judging.judge(link, answer, now)
    said = asdict(verdict) | {"needs_attention": verdict.needs_attention, "checked_at": now}
    ExternalLink.objects.filter(pk=link.pk).update(**said)
    for name, value in said.items():
        setattr(link, name, value)


def _let_rest(host: str, until: datetime) -> None:
    """A host that asks to be left alone is: all its links come later."""
    ExternalLink.objects.due(until).filter(host=host).update(next_check_at=until)


# --- By a job -----------------------------------------------------------------------------------


def begin() -> bool:
    """Have what is due checked in the background; whether that doesn't wait to be done already."""
    if _waits():
        return False
    check_links.enqueue()
    return True


def _waits() -> bool:
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return waiting.filter(task_path=check_links.module_path).exists()


@jobs.repeatable
@task()
def check_links(goes_on: bool = False) -> None:
    """Check some of what is due, and have a job of its own do the rest, so that others come in between.

    What a killed one had written down stays, and the next goes on with the rest. Where that comes before the
    turn of the killed one has lapsed, it is tried again.
    """
    try:
        with taken() as turn:
            if not goes_on:
                uses.settle(timezone.now())
            due = ExternalLink.objects.due(timezone.now())
            for _ in check(turn, due, most=SLICE, seconds=LONGEST_SLICE):
                pass
    except Busy:
        if not _waits():
            check_links.using(run_after=timezone.now() + LAPSE).enqueue(goes_on=goes_on)
        return
    if ExternalLink.objects.due(timezone.now()).exists():
        check_links.enqueue(goes_on=True)
