"""Mail goes out by a background job: nobody waits for the mail server, and what it refuses is tried again."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from articles import jobs

AT_ONCE = 50  # pieces of text
OWN_HEADERS = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no program is to answer

logger = logging.getLogger(__name__)

# Seven tries within about two days.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 600, 2160))


def post(to: str, *, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
    """Have a mail sent once what is stored now is committed. `text` is plain, the subject one line."""
    deliver.enqueue(to=to, subject=" ".join(subject.split()), text=text, headers=dict(headers or {}))


def forget(to: str) -> None:
    """Delete what the queue keeps of mails to an address that have gone out."""
    _sent().filter(args_kwargs__kwargs__to=to).delete()


def forget_words(pieces: Sequence[str]) -> None:
    """Delete what the queue keeps of mails with one of these pieces in their text that have gone out."""
    having = [Q(args_kwargs__kwargs__text__icontains=piece) for piece in pieces if piece.strip()]
    for start in range(0, len(having), AT_ONCE):
        _sent().filter(reduce(or_, having[start : start + AT_ONCE])).delete()


def _sent() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.finished().filter(task_path=deliver.module_path)


@jobs.repeatable  # a mail that comes twice is better than one that doesn't come
@task()
def deliver(to: str, subject: str, text: str, headers: dict[str, str], tried: int = 0) -> None:
    """Send a mail, or have it tried again later."""
    try:
        EmailMessage(subject, text, to=[to], headers=OWN_HEADERS | headers).send()
    except (OSError, SMTPException) as error:
        if not tried:
            _warn(error)
        if tried == len(PAUSES):
            logger.exception("Mail to %s is given up after %d tries: %s", to, tried + 1, subject)
            raise
        again = deliver.using(run_after=timezone.now() + PAUSES[tried])
        again.enqueue(to=to, subject=subject, text=text, headers=headers, tried=tried + 1)


def _warn(error: Exception) -> None:
    """Without the words of the error: mail servers repeat addresses in theirs."""
    said = "A mail could not be sent (%s). It is tried again, %d times within about two days."
    logger.warning(said, type(error).__name__, len(PAUSES))
