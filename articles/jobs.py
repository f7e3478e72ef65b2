"""Jobs: what is done in the background, by workers (`manage.py work`) that take them from the database.

A worker says every few seconds that it lives. What one was doing when it was killed is taken up again by
another, or by itself once it is back, where the job may be repeated. Whose turn it is, is known by rows that
are locked, so that two workers never do one job at once.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Exists, Min
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from articles.models import Worker
from articles.models.worker import LEASE

BEAT = timedelta(seconds=5)
MOST_TRIES = 5  # a job during which so many workers were killed is what kills them
LATE = timedelta(minutes=1)
KEPT_FOR = timedelta(days=14)
AT_ONCE = 1_000  # rows that are deleted in one transaction

logger = logging.getLogger(__name__)
_repeatable: set[str] = set()


class Interrupted(Exception):
    """The worker was killed during the job, which is not done again."""


def repeatable(job: Task[Any, Any]) -> Task[Any, Any]:
    """Say of a job that it may be done again where nobody knows how far it came."""
    _repeatable.add(job.module_path)
    return job


# --- Workers ----------------------------------------------------------------------------------------


def begin(worker: str) -> None:
    """A worker is there."""
    Worker.objects.create(pk=worker, began_at=timezone.now(), heard_at=Now())


def beat(worker: str) -> None:
    """A worker is still there."""
    if not Worker.objects.filter(pk=worker).update(heard_at=Now()):
        begin(worker)  # it was taken to be gone, as it had slept


def end(worker: str) -> None:
    """A worker goes. Where a job is still its own, others take that up at once."""
    going = Worker.objects.filter(pk=worker)
    if not going.filter(job=None).delete()[0]:
        going.update(heard_at=Now() - 2 * LEASE)


def claim(worker: str) -> DBTaskResult | None:
    """The next job, which is this worker's from now on."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():  # what takes no lock keeps nobody waiting
        return None
    with exclusive_transaction():
        job = ready.get_locked()
        if job:
            job.claim(worker)
            _hold(worker, job.pk)
    return job


def release(worker: str) -> None:
    """The worker has done its job."""
    Worker.objects.filter(pk=worker).update(job=None)


def _hold(worker: str, job: UUID) -> None:
    if not Worker.objects.filter(pk=worker).update(job=job, heard_at=Now()):
        Worker.objects.create(pk=worker, began_at=timezone.now(), heard_at=Now(), job=job)


# --- What a killed worker left -------------------------------------------------------------------------


def take_up(idle: str = "") -> list[DBTaskResult]:
    """Have the jobs of workers that are gone done again, or given up; returns them.

    A worker that asks says that it is idle: what is still its own came to no end either.
    """
    gone = Worker.objects.gone() | Worker.objects.filter(pk=idle, job__isnull=False)
    if not gone.exists():
        return []
    with transaction.atomic():
        found = list(gone.select_for_update(skip_locked=True))
        left = [job for worker in found if (job := _left_by(worker))]
        Worker.objects.filter(pk__in=[worker.pk for worker in found]).exclude(pk=idle).delete()
        Worker.objects.filter(pk=idle).update(job=None)
    return left


def _left_by(worker: Worker) -> DBTaskResult | None:
    running = DBTaskResult.objects.running().select_for_update()
    job = running.filter(pk=worker.job).first() if worker.job else None
    if job is None or job.worker_ids[-1:] != [worker.pk]:
        return None  # it came to its end, or is somebody else's by now
    if reason := _why_not_again(job):
        logger.error("The job %s is given up: %s", job.task_path, reason)
        job.set_failed(Interrupted(reason))
    else:
        logger.warning("The job %s was interrupted, and is done again.", job.task_path)
        job.status, job.started_at = TaskResultStatus.READY, None
        job.save(update_fields=["status", "started_at"])
    return job


def _why_not_again(job: DBTaskResult) -> str:
    try:
        job.task  # noqa: B018 -- its module says whether it may be repeated
    except (ImportError, SuspiciousOperation):
        return "there is no such job any more."
    if job.task_path not in _repeatable:
        return "its worker was killed, and it does not say that it may be repeated."
    if len(job.worker_ids) >= MOST_TRIES:
        return f"{MOST_TRIES} workers were killed during it."
    return ""


# --- What waits, and what is over ------------------------------------------------------------------------


def waiting_in_vain(now: datetime) -> datetime | None:
    """Since when jobs wait, where no worker has been heard of for a while."""
    nobody = ~Exists(Worker.objects.at_work())
    ready = DBTaskResult.objects.ready().filter(nobody, enqueued_at__lte=now - LATE).order_by()
    since: datetime | None = ready.aggregate(since=Min("enqueued_at"))["since"]
    return since


def forget() -> int:
    """Delete what the queue keeps of jobs that ended long ago; returns how many those were."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR)
    forgotten = 0
    while pks := list(old.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += DBTaskResult.objects.filter(pk__in=pks).delete()[0]
    return forgotten
