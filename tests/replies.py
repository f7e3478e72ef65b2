"""What a reader does with replies: sends one, as a form does that was open for a while; follows links."""

import re
import time
from unittest.mock import patch

from django.core import mail

from articles.comments import opened, own_links
from tests.jobs import work

ADDRESS = "/articles/how-to-read-a-pay-figure/replies/"
TEXT = "Thank you, that is what I wanted to know."


def stamped(seconds: float = 60) -> str:
    """By a form that was opened so long ago."""
    moment = time.time() - seconds
    with patch("django.core.signing.time.time", return_value=moment):
        return opened.stamp()


def send(client, address=ADDRESS, *, sender="127.0.0.1", headers=None, **fields):
    data = {"name": "Ada", "text": TEXT, "opened": stamped()} | fields
    return client.post(address, data, REMOTE_ADDR=sender, headers=headers)


def mails(to=None):
    """What was sent by now, to somebody or at all."""
    work()
    return [each for each in mail.outbox if to is None or each.to == [to]]


def link_in(message, name):
    """The path of the link in a mail."""
    return re.search(rf"http://127\.0\.0\.1:8000(/replies/{name}/[^/\s]+/)", message.body)[1]


def confirming(reply):
    """The path of the link by which the address of a reply is confirmed."""
    return own_links.CONFIRM.path(own_links.claimed(reply.pk, reply.email))
