"""What recurs by itself. Workers see when something is due and make a job of it, which one of them does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import jobs, trail
from articles.models import Duty

UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recurring:
    """Something to do, and how long after it began it is to be done again."""

    every: timedelta
    run: Callable[[], Any]
    at_once: bool


_duties: dict[str, Recurring] = {}


def register(name: str, every: timedelta, run: Callable[[], Any], *, at_once: bool = True) -> None:
    """Have something done again and again while there are workers; the first time `at_once` or after a while.

    Where it was interrupted it is called again. What it raises is logged, and it is tried at its next time.
    """
    _duties[name] = Recurring(every, run, at_once)


def enqueue_due(now: datetime) -> list[str]:
    """Make jobs of what is due, and say which; whoever else asks finds nothing due any more."""
    known = dict(Duty.objects.filter(name__in=_duties).values_list("name", "next_at"))
    due = [name for name in _duties if name not in known or known[name] <= now]
    return [name for name in due if _enqueue(name, now)]


@transaction.atomic
def _enqueue(name: str, now: datetime) -> bool:
    known = _duties[name]
    Duty.objects.get_or_create(name=name, defaults={"next_at": now if known.at_once else now + known.every})
    duty = Duty.objects.select_for_update().get(name=name)
    if duty.next_at > now or _is_under_way(duty):
        return False
    duty.job = perform.enqueue(name=name).id
    duty.began_at, duty.next_at = now, now + known.every
    duty.save()
    return True


def _is_under_way(duty: Duty) -> bool:
    return duty.job is not None and DBTaskResult.objects.filter(pk=duty.job, status__in=UNDER_WAY).exists()


@jobs.repeatable
@task()
def perform(name: str) -> None:
    """Do what recurs."""
    if name not in _duties:
        logger.warning("There is no duty “%s” any more.", name)
        return
    try:
        with trail.came_from(trail.Channel.JOB):
            _duties[name].run()
    except Exception:
        logger.exception("The duty “%s” failed, and is tried at its next time.", name)
        raise
