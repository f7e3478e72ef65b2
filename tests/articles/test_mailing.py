"""Mail goes out in the background, and what the mail server refuses is tried again."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import mailing
from tests.base import DAY, at
from tests.jobs import work

pytestmark = pytest.mark.django_db


class Down(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_posted_mail_is_sent_by_the_worker():
    mailing.post("ann@example.org", subject="Ready\nfor you", text="Look.")
    assert mail.outbox == []
    work()
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["ann@example.org"], "Ready for you", "Look.")
    # RFC 3834: nobody's mail program answers a program, such as with a note about a holiday.
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_while_the_mail_server_is_down_mail_waits_and_is_sent_later(settings):
    reachable, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Down"
    mailing.post("ann@example.org", subject="Ready", text="Look.")
    work()
    settings.EMAIL_BACKEND = reachable
    assert mail.outbox == []
    with at(timezone.now() + DAY):
        work()
    assert [each.subject for each in mail.outbox] == ["Ready"]


def test_the_first_failure_is_logged_once_for_each_mail_and_names_nobody(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    mailing.post("ann@example.org", subject="Ready", text="Look.")
    mailing.post("ben@example.org", subject="Steady", text="Wait.")
    for days in range(3):
        with at(timezone.now() + days * DAY):
            work()
    told = [each.getMessage() for each in caplog.records if each.name == "articles.mailing"]
    expected = (
        "A mail could not be sent (ConnectionRefusedError). It is tried again, 6 times within about two days."
    )
    assert told == [expected, expected]
    assert not any(words in caplog.text for words in ("example.org", "Ready", "Steady", "Look."))


def test_a_mail_is_given_up_after_two_days(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    mailing.post("ann@example.org", subject="Ready", text="Look.")
    for days in range(len(mailing.PAUSES) + 1):
        with at(timezone.now() + 3 * days * DAY):
            work()
    assert "given up after 7 tries" in caplog.text
    assert DBTaskResult.objects.ready().count() == 0


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})


def test_what_the_queue_keeps_of_a_failure_names_nobody(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    mailing.deliver.enqueue(to="ann@example.org", subject="Ready", text="Look.", tried=len(mailing.PAUSES))
    work()
    failed = DBTaskResult.objects.failed().get()
    assert "SMTPRecipientsRefused" in failed.traceback
    assert "ann@example.org" not in failed.traceback
