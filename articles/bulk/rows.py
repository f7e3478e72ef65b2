"""One row of a job: what is done to an article and what came of it are stored together, or not at all.

Whoever takes up a job that was killed finds by that which rows are still to be done.
"""

import logging
import time

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from articles import formats, kinds, publishing, requirements, trail
from articles.bulk.actions import Action
from articles.models import Article, BulkItem, BulkJob, Event
from articles.obstacles import PublishingError
from articles.records import DocumentError

Outcome = BulkItem.Outcome
TRIES = 3  # where others have the rows locked the other way around, or the database is busy
PAUSE = 0.2  # seconds between two of them

logger = logging.getLogger(__name__)


def do(pk: int, action: Action) -> bool:
    """Do what is to be done of a row, once; returns whether the job goes on."""
    for tried in range(1, TRIES + 1):
        try:
            return _do(pk, action)
        except (OperationalError, InterfaceError):
            if tried == TRIES:
                raise
            if not connection.is_usable():
                connection.close()
            time.sleep(PAUSE * tried)
    raise AssertionError("The last try returns or raises.")


@transaction.atomic
def _do(pk: int, action: Action) -> bool:
    publishing.take_turn()
    item = BulkItem.objects.select_for_update(of=("self",)).select_related("job__by").get(pk=pk)
    if not item.job.is_under_way:
        return False
    if item.outcome != Outcome.WAITING:
        return True
    item.outcome, item.message = _outcome(item, action)
    item.ended_at = timezone.now()
    item.save(update_fields=["outcome", "message", "ended_at"])
    return True


def _outcome(item: BulkItem, action: Action) -> tuple[Outcome, str]:
    try:
        with transaction.atomic():
            return _act(item, action)
    except (PublishingError, DocumentError) as refused:
        return Outcome.REFUSED, str(refused)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("A row of the job %s failed: %s “%s”.", item.job_id, item.kind, item.title)
        return Outcome.REFUSED, "Something failed that nobody had foreseen. The log of the site says what."


def _act(item: BulkItem, action: Action) -> tuple[Outcome, str]:
    article = Article.objects.select_for_update().filter(pk=item.article).first()
    if article is None:
        return Outcome.REFUSED, "It was removed for good meanwhile."
    by = _whoever_may(item.job, action, article)
    if why := action.already(article, item.revision, timezone.now()):
        return Outcome.SKIPPED, why
    if action.name not in (BulkJob.Action.TRASH, BulkJob.Action.PUT_BACK):
        requirements.refuse_trashed([article.pk])
    _refuse_overtaken(item, action, article)
    return Outcome.DONE, action.do(article, by)


def _whoever_may(job: BulkJob, action: Action, article: Article) -> User:
    """Who asked, if they have the right now; they may have lost it since."""
    if job.by is None:
        raise PublishingError("Whoever asked for this is not there any more.")
    if not job.by.is_staff or not action.may(job.by, article):
        label = kinds.get(article.kind).label
        raise PublishingError(f"{job.by} may not do this with this {label}. Ask somebody who may.")
    return job.by


def _refuse_overtaken(item: BulkItem, action: Action, article: Article) -> None:
    """What others wrote or decided since it was chosen is for a person to look at."""
    newest = article.revisions.select_related("author").defer("text").first()
    if action.needs_words and newest and newest.number != item.revision:
        who = newest.author or "Somebody"
        raise PublishingError(
            f"{who} saved {newest} after this was chosen. Look at what it says now, then choose it again."
        )
    if event := _decided_since(item, action):
        raise PublishingError(
            f"{event.who or 'Somebody'} decided on {formats.moment(event.at)}, after this was chosen: "
            f"{event.get_action_display().lower()}. Choose it again if it is still to be done."
        )


def _decided_since(item: BulkItem, action: Action) -> Event | None:
    """What somebody decided since then, other than by this job: it may do more than one row says."""
    since = Event.objects.filter(article=item.article, at__gt=item.job.created_at)
    other = since.filter(action__in=action.overtaken_by).exclude(
        channel=trail.Channel.JOB, who_id=item.job.by_id
    )
    return other.first()
