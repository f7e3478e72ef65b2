"""What Akismet says of a reply, where a key is given. It is asked by a job: nobody waits for the answer.

It is told the text, the name, the e-mail address, and the network from which it came, without the part that
tells its members apart: whole addresses are kept nowhere, and so not for the job either.
"""

import logging
from datetime import timedelta
from uuid import UUID

import akismet
import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from articles import jobs
from articles.comments import known
from articles.models import Comment

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
PATIENCE = 20  # seconds for one answer
LAST = -10  # what else waits comes first: there may be very many of these

logger = logging.getLogger(__name__)


def ask_about(comment: Comment, network: str) -> None:
    """Have Akismet asked once what is stored now is committed."""
    if settings.AKISMET_KEY:
        ask.using(priority=LAST).enqueue(str(comment.pk), network)


@jobs.repeatable
@task()
def ask(pk: str, network: str, tried: int = 0) -> None:
    """Ask; where nothing answers, again later."""
    comment = Comment.objects.select_related("article").filter(pk=UUID(pk)).first()
    if comment is None or not comment.text or not settings.AKISMET_KEY:
        return
    try:
        found = _asked(comment, network)
    except (akismet.RequestError, akismet.ProtocolError) as error:
        if tried == len(PAUSES):
            logger.warning("Akismet did not answer about a reply in %d tries: %s", tried + 1, error)
            return
        later = timezone.now() + PAUSES[tried]
        ask.using(priority=LAST, run_after=later).enqueue(pk, network, tried=tried + 1)
    except akismet.APIKeyError:
        logger.error("Akismet does not know AKISMET_KEY. Replies wait without its word.")
    else:
        judge(comment, is_spam=found != akismet.CheckResponse.HAM)


@transaction.atomic
def judge(asked: Comment, *, is_spam: bool) -> None:
    """What Akismet said of a reply as it was. People are not overruled: it decides only about what waits."""
    comment = Comment.objects.select_for_update().filter(pk=asked.pk).first()
    if comment is None or (comment.name, comment.text) != (asked.name, asked.text):
        return
    comment.verdict = Comment.Verdict.SPAM if is_spam else Comment.Verdict.HAM
    if is_spam and comment.status == Comment.Status.WAITING:
        comment.status = Comment.Status.SPAM
    comment.save(update_fields=["verdict", "status"])
    known.let_through(comment)


def client() -> httpx.Client:
    """What connects to Akismet."""
    return httpx.Client(headers={"User-Agent": akismet.USER_AGENT}, timeout=PATIENCE)


def _asked(comment: Comment, network: str) -> akismet.CheckResponse:
    with client() as connection:
        config = akismet.Config(key=settings.AKISMET_KEY, url=settings.SITE_URL)
        return akismet.SyncClient(config=config, http_client=connection).comment_check(
            network,
            comment_type="reply" if comment.parent_id else "comment",
            comment_author=comment.name,
            comment_author_email=comment.email,
            comment_content=comment.text,
            comment_date_gmt=comment.created_at.isoformat(),
            blog_lang=comment.article.language,
            blog_charset="UTF-8",
        )
