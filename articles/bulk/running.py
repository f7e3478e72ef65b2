"""A job over many articles: started, worked on by slices, stopped, and begun again with what was refused."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import jobs, kinds, trail
from articles.bulk import actions, rows
from articles.models import Article, BulkItem, BulkJob, Revision
from articles.obstacles import PublishingError

MOST = 10_000
SLICE = timedelta(seconds=3)  # then others have their turn
ROWS = 200  # of a slice, at most
BATCH = 1_000
KEPT_FOR = timedelta(days=90)  # what was done stays in the trail
State = BulkJob.State


class TooMany(PublishingError):
    """More than a job takes."""

    def __init__(self) -> None:
        super().__init__(
            f"These are more than {MOST:,}, which is the most at once. Filter or search so that fewer are "
            "left. Nothing was done."
        )


class NoneLeft(PublishingError):
    """There is nothing to do it to."""

    def __init__(self) -> None:
        super().__init__("There is no article left to do this to. Nothing was done.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article as somebody chose it: `revision` is the number of its newest one then."""

    article: UUID
    kind: str
    title: str
    revision: int | None


# --- Starting -----------------------------------------------------------------------------------------


def how_many(articles: QuerySet[Any]) -> int:
    """How many those are. Raises NoneLeft, or TooMany; what is beyond the most isn't counted."""
    count = articles.order_by().values("pk")[: MOST + 1].count()
    if count > MOST:
        raise TooMany
    if not count:
        raise NoneLeft
    return count


@transaction.atomic
def start(
    articles: QuerySet[Any], name: str, *, by: User, options: Mapping[str, Any], key: UUID | None = None
) -> BulkJob:
    """Have something done to articles. With the `key` of a job that there is, that one is what is meant.

    Raises TooMany, or NoneLeft.
    """
    if key and (started := BulkJob.objects.filter(pk=key, by=by).first()):
        return started
    how_many(articles)
    return _start(_chosen(articles), name, by=by, options=options, key=key)


@transaction.atomic
def again(job: BulkJob, *outcomes: str, by: User) -> BulkJob:
    """A job over those rows of one that has ended that came to these outcomes, as the articles are now.

    Raises NoneLeft where none did.
    """
    if job.is_under_way:
        raise PublishingError("It is still under way. Wait for its end, or stop it first.")
    pks = list(job.items.filter(outcome__in=outcomes).values_list("article", flat=True))
    found = {chosen.article: chosen for chosen in _chosen(Article.objects.filter(pk__in=pks))}
    in_order = [found[pk] for pk in pks if pk in found]
    return _start(in_order, job.action, by=by, options=job.options)


def _start(
    chosen: Sequence[Chosen], name: str, *, by: User, options: Mapping[str, Any], key: UUID | None = None
) -> BulkJob:
    if not chosen:
        raise NoneLeft
    action = actions.get(name, options)
    job = BulkJob(
        action=name,
        options=dict(options),
        title=action.title(told(chosen))[:300],
        by=by,
        created_at=timezone.now(),
        total=len(chosen),
    )
    job.pk = key or job.pk
    job.turn = _enqueue(job.pk)
    job.save(force_insert=True)
    BulkItem.objects.bulk_create(_items(job, _in_order(chosen, action)), batch_size=BATCH)
    return job


def _chosen(articles: QuerySet[Any]) -> list[Chosen]:
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("number")[:1]
    found = articles.annotate(newest=Subquery(newest)).values_list("pk", "kind", "title", "newest")
    return [Chosen(*row) for row in found[: MOST + 1]]


def _in_order(chosen: Sequence[Chosen], action: actions.Action) -> list[Chosen]:
    """As they were listed; but what others need goes live before them, and ends after them."""
    if action.required_first is None:
        return list(chosen)
    return sorted(chosen, key=lambda each: kinds.rank(each.kind), reverse=not action.required_first)


def _items(job: BulkJob, chosen: Iterable[Chosen]) -> Iterator[BulkItem]:
    for position, each in enumerate(chosen, start=1):
        yield BulkItem(
            job=job,
            position=position,
            article=each.article,
            kind=each.kind,
            title=each.title,
            revision=each.revision,
        )


def told(chosen: Sequence[Chosen]) -> str:
    """`312 comparisons`, or the title where it is one."""
    if len(chosen) == 1:
        return f"“{chosen[0].title}”"
    found = {each.kind for each in chosen}
    label = kinds.get(found.pop()).label if len(found) == 1 else "article"
    return f"{len(chosen):,} {label}s"


def _enqueue(job: UUID) -> UUID:
    return UUID(proceed.enqueue(job=str(job)).id)


# --- Working on it -------------------------------------------------------------------------------------


@jobs.repeatable
@task(takes_context=True)
def proceed(context: Any, job: str) -> None:
    """Do some rows, then make a job of the rest: it waits behind others that wait."""
    turn = UUID(context.task_result.id)
    with trail.came_from(trail.Channel.JOB):
        if found := _begin(UUID(job), turn):
            _do_slice(found)
            _hand_on(found.pk, turn)


@transaction.atomic
def _begin(pk: UUID, turn: UUID) -> BulkJob | None:
    """The job, if it is this turn's; it is not once it was stopped, or somebody else's turn came."""
    job = BulkJob.objects.under_way().select_for_update().filter(pk=pk, turn=turn).first()
    if job and job.state == State.WAITING:
        job.state, job.began_at = State.RUNNING, timezone.now()
        job.save(update_fields=["state", "began_at"])
    return job


def _do_slice(job: BulkJob) -> None:
    action = actions.get(job.action, job.options)
    end = time.monotonic() + SLICE.total_seconds()
    for pk in list(job.items.waiting().values_list("pk", flat=True)[:ROWS]):
        if not rows.do(pk, action) or time.monotonic() > end:
            break


@transaction.atomic
def _hand_on(pk: UUID, turn: UUID) -> None:
    job = BulkJob.objects.select_for_update().get(pk=pk)
    counted = _count(job)
    if job.turn == turn and job.is_under_way:
        if job.items.waiting().exists():
            job.turn = _enqueue(pk)
        else:
            job.state, job.ended_at, job.turn = State.DONE, timezone.now(), None
    job.save(update_fields=[*counted, "state", "ended_at", "turn"])


def _count(job: BulkJob) -> list[str]:
    """Write down how many rows came to what, for lists."""
    counts = BulkItem.objects.counts(job.pk)
    names = [rows.Outcome.DONE, rows.Outcome.SKIPPED, rows.Outcome.REFUSED]
    for name in names:
        setattr(job, name, counts[name])
    return [str(name.value) for name in names]


# --- Stopping, and going on ------------------------------------------------------------------------------


@transaction.atomic
def stop(job: BulkJob, *, by: User) -> bool:
    """Leave the rest of it; returns whether it was under way. A row that is being done comes to its end."""
    held = BulkJob.objects.under_way().select_for_update().filter(pk=job.pk).first()
    if held is None:
        return False
    held.state, held.ended_at, held.stopped_by, held.turn = State.STOPPED, timezone.now(), by, None
    held.save(update_fields=[*_count(held), "state", "ended_at", "stopped_by", "turn"])
    return True


def has_broken_off(job: BulkJob) -> bool:
    """Whether nobody works on it any more, though it came to no end: something failed, as the log says.

    Asked by one statement: between two, one turn may have ended and the next begun.
    """
    live = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    turn = DBTaskResult.objects.filter(pk=OuterRef("turn"), status__in=live)
    return BulkJob.objects.under_way().filter(~Exists(turn), pk=job.pk).exists()


@transaction.atomic
def go_on(job: BulkJob) -> bool:
    """Have a job that has broken off worked on again; returns whether it was one."""
    held = BulkJob.objects.under_way().select_for_update().filter(pk=job.pk).first()
    if held is None or not has_broken_off(held):
        return False
    held.turn = _enqueue(held.pk)
    held.save(update_fields=["turn"])
    return True


def forget() -> int:
    """Delete jobs that ended long ago, with their rows; returns how many those were."""
    old = list(BulkJob.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR))
    for job in old:
        job.delete()
    return len(old)
