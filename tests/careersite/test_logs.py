"""The log names addresses, and opens nothing to whoever reads it."""

import io
import logging
import time
from unittest.mock import patch

import pytest
from django.test import Client

from articles.comments import own_links

SECRET = "eyJhIjoxfQ:1w2x3y:c2lnbmF0dXJl"


@pytest.fixture
def log(monkeypatch):
    """What the site's own handler writes, as the settings made it."""
    (console,) = (each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    monkeypatch.setattr(console, "stream", io.StringIO())
    return console.stream


@pytest.mark.django_db
def test_a_link_that_has_ended_is_logged_without_its_secret(log):
    with patch("django.core.signing.time.time", return_value=time.time() - 3 * 86_400):
        address = own_links.DATA.path("ada@example.org")
    assert Client().get(address).status_code == 410
    assert log.getvalue() == "WARNING django.request: Gone: /replies/data/…/\n"


@pytest.mark.parametrize(
    "address",
    [
        *(f"/replies/{name}/{{}}/" for name in ("own", "confirm", "unsubscribe", "data")),
        "/preview/{}/",
        "/admin/invitation/{}/",
        "/admin/password/set/MQ/{}/",
    ],
)
def test_no_link_is_logged_with_its_secret(log, address):
    logging.getLogger("django.request").warning("Not Found: %s", address.format(SECRET))
    logging.getLogger("anything").error(f"It failed at https://example.org{address.format(SECRET)}?page=2")
    assert SECRET not in log.getvalue()
    assert log.getvalue().splitlines() == [
        f"WARNING django.request: Not Found: {address.format('…')}",
        f"ERROR anything: It failed at https://example.org{address.format('…')}?page=2",
    ]


def test_other_messages_are_logged_as_they_are(log):
    logging.getLogger("django.request").warning("Not Found: %s", "/articles/own/replies/")
    assert log.getvalue() == "WARNING django.request: Not Found: /articles/own/replies/\n"
