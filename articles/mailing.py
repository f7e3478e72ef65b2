"""Mail goes out by a background job: nobody waits for the mail server, and what it refuses is tried again."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import jobs

OWN_HEADERS = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no program is to answer

logger = logging.getLogger(__name__)

# Seven tries within about two days.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 600, 2160))


@dataclass(frozen=True, slots=True)
class Mail:
    """`text` is plain, the subject one line."""

    to: str
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Undelivered(Exception):
    """A mail was given up. It names nobody: the queue keeps what jobs ended with."""


def post(to: str, *, subject: str, text: str) -> None:
    """Have a mail sent once what is stored now is committed."""
    deliver.enqueue(to=to, subject=" ".join(subject.split()), text=text)


def forget(to: str) -> None:
    """Delete what the queue keeps of mails to an address, also of those that have not gone out."""
    jobs_of_mail = DBTaskResult.objects.filter(task_path=deliver.module_path)
    jobs_of_mail.exclude(status=TaskResultStatus.RUNNING).filter(args_kwargs__kwargs__to=to).delete()


@jobs.repeatable  # a mail that comes twice is better than one that doesn't come
@task()
def deliver(to: str, subject: str, text: str, headers: dict[str, str] | None = None, tried: int = 0) -> None:
    """Send a mail, or have it tried again later."""
    given: dict[str, Any] = {"to": to, "subject": subject, "text": text, "headers": headers or {}}

    def again(at: datetime) -> None:
        deliver.using(run_after=at).enqueue(**given, tried=tried + 1)

    send(Mail(**given), tried=tried, again=again)


def send(mail: Mail, *, tried: int, again: Callable[[datetime], object]) -> None:
    """Send a mail now, or have that tried `again` at a moment. Raises Undelivered the last time."""
    try:
        headers = OWN_HEADERS | dict(mail.headers)
        EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers).send()
    except (OSError, SMTPException) as error:
        if not tried:
            _warn(error)
        if tried == len(PAUSES):
            logger.exception("Mail to %s is given up after %d tries: %s", mail.to, tried + 1, mail.subject)
            raise Undelivered(type(error).__name__) from None
        again(timezone.now() + PAUSES[tried])


def _warn(error: Exception) -> None:
    """Without the words of the error: mail servers repeat addresses in theirs."""
    said = "A mail could not be sent (%s). It is tried again, %d times within about two days."
    logger.warning(said, type(error).__name__, len(PAUSES))
