"""An expired login costs nobody what they typed, and opens no way around the tokens of forms."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import publishing
from tests.forms import FormParser, address, form_data
from tests.makers import make_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HOLDING = "/admin/login/holding/"
EDITH = {"username": "edith", "password": "a-test-password"}


@pytest.fixture
def client():
    """With the check of tokens that the test client leaves out otherwise."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("edith", group="Editor"))
    return client


@pytest.fixture
def article():
    article = make_article()
    publishing.record(article, by=None)
    return article


def fields(response):
    """All fields of the page."""
    parser = FormParser()
    parser.feed(response.content.decode())
    return parser.data


def log_out(client):
    """As when a session has run out: the token's cookie stays."""
    del client.cookies["sessionid"]


def test_what_is_sent_after_the_login_has_expired_is_sent_on_after_another(client, article):
    body = "<p>Two\r\nlines, “quotes” & <em>more</em>.</p>"
    data = form_data(client.get(address(article)), title="Typed") | {"sections-0-body": body}
    log_out(client)
    held = client.post(address(article), data | {"_continue": "Save draft"})
    assert (held.status_code, article.revisions.count()) == (200, 1)
    assert "Nothing of it is lost" in held.content.decode()

    wrong = client.post(HOLDING, fields(held) | EDITH | {"password": "wrong"})
    again = client.post(HOLDING, fields(wrong) | EDITH)
    html = again.content.decode()
    assert "You are logged in again, as edith, and nothing is lost" in html
    assert 'value="Send it on: Save draft"' in html
    where = re.search(r'<form method="post" action="([^"]+)" enc', html)[1]
    assert client.post(where, fields(again)).status_code == 302
    revision = article.revisions.first()
    assert (revision.number, revision.author.username, revision.document["title"]) == (2, "edith", "Typed")
    assert "“quotes” &amp; <em>more</em>" in revision.document["sections"][0]["body"]


def test_a_form_that_is_nearly_too_large_is_not_made_larger_by_being_held(client, article, settings):
    data = form_data(client.get(address(article))) | {"sections-0-body": '<p>Said "so" — “quoted”.</p>' * 400}
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = (
        sum(len(f"{name}{value}".encode()) for name, value in data.items()) + 1_000
    )
    log_out(client)
    held = client.post(address(article), data | {"_continue": "Save draft"})
    again = client.post(HOLDING, fields(held) | EDITH)
    assert fields(again)["sections-0-body"] == [data["sections-0-body"]]


def test_nothing_is_held_that_did_not_carry_its_token(client, article):
    data = form_data(client.get(address(article)))
    log_out(client)
    refused = client.post(address(article), data | {"csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    assert "sent" not in fields(refused)


def test_what_others_made_up_is_not_sent_on(client, article):
    log_out(client)
    token = fields(client.get("/admin/login/again/"))["csrfmiddlewaretoken"]
    made_up = '{"address": "/admin/", "fields": [], "files": []}:AAAA'
    forged = client.post(HOLDING, EDITH | {"csrfmiddlewaretoken": token, "sent": made_up})
    assert forged.status_code == 400
    assert "sessionid" not in client.cookies
    assert client.post(HOLDING, EDITH | {"sent": made_up}).status_code == 403


def test_fields_named_like_the_login_s_and_thousands_of_them_come_through(client):
    data = {f"row-{number}": str(number) for number in range(5_000)} | {"username": "typed", "sent": "typed"}
    token = fields(client.get("/admin/articles/tag/add/"))["csrfmiddlewaretoken"]
    log_out(client)
    file = SimpleUploadedFile("photo.jpg", b"x", "image/jpeg")
    held = client.post("/admin/articles/tag/add/?a=b", data | {"csrfmiddlewaretoken": token, "picture": file})
    again = client.post(HOLDING, fields(held) | EDITH)
    sent = fields(again)
    assert {name: sent[name] for name in data} == {name: [value] for name, value in data.items()}
    assert "Choose them again on the next page: photo.jpg" in again.content.decode()
    assert 'action="/admin/articles/tag/add/?a=b"' in again.content.decode()


def test_passwords_are_not_repeated_on_a_page(client):
    token = fields(client.get("/admin/password_change/"))["csrfmiddlewaretoken"]
    log_out(client)
    passwords = {"old_password": "a-test-password", "new_password1": "x", "new_password2": "x"}
    response = client.post("/admin/password_change/", passwords | {"csrfmiddlewaretoken": token})
    assert response.status_code == 302


def test_only_our_own_pages_frame_the_login_over_them(client):
    over, plain = client.get("/admin/login/again/"), client.get("/admin/password_change/")
    assert over["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in over["Content-Security-Policy"]
    assert plain["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]


def test_scripts_are_told_who_is_logged_in_and_given_a_token_that_holds(client, article):
    told = client.get("/admin/session/").json()
    assert told["name"] == "edith"
    token = {"csrfmiddlewaretoken": told["token"]}
    assert client.post(address(article, "discard"), token).status_code == 302
    log_out(client)
    asked = {"headers": {"accept": "application/json"}}
    for response in (
        client.get("/admin/session/"),
        client.post(address(article, "autosave"), token, **asked),
    ):
        assert (response.status_code, "Log in again" in response.json()["error"]) == (401, True)
