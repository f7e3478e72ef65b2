"""How far a job over many articles is, in numbers and in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.bulk import running
from articles.models import BulkItem, BulkJob, Worker

Outcome = BulkItem.Outcome
State = BulkJob.State
WORDS = {Outcome.DONE: "done", Outcome.SKIPPED: "so already", Outcome.REFUSED: "refused"}


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page of a job says, and its script asks for."""

    told: str
    ended: int
    total: int
    is_under_way: bool
    has_broken_off: bool


def of(job: BulkJob, counts: Mapping[str, int]) -> Progress:
    ended = job.total - counts[Outcome.WAITING]
    broken = running.has_broken_off(job)
    told = f"{_standing(job, broken=broken)} {_counted(job, counts, ended)}"
    return Progress(told, ended, job.total, job.is_under_way, broken)


def _standing(job: BulkJob, *, broken: bool) -> str:
    if broken:
        return "It broke off, as something failed; the log of the site says what."
    if job.is_under_way and not Worker.objects.at_work().exists():
        return "It waits, as no worker is there. Ask whoever runs the site to start one."
    match job.state:
        case State.WAITING:
            return "It waits for its turn."
        case State.RUNNING:
            return "It is under way. You may leave this page."
        case State.STOPPED:
            return f"{job.stopped_by or 'Somebody'} stopped it."
    return "It is done."


def _counted(job: BulkJob, counts: Mapping[str, int], ended: int) -> str:
    """`120 of 312: 117 done, 2 so already, 1 refused.`"""
    parts = [f"{counts[outcome]:,} {words}" for outcome, words in WORDS.items() if counts[outcome]]
    return f"{ended:,} of {job.total:,}{': ' if parts else ''}{', '.join(parts)}."
