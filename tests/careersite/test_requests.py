"""Requests that no browser of a reader sends: each gets a clean answer."""

import io

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from careersite.wsgi import application
from tests.makers import make_user


@pytest.fixture
def open_connection():
    """A real request would close the connection that the test's transaction is in."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.mark.parametrize("charset", ["rot13", "utf-8\0", "undefined", "punycode", "é"])
@pytest.mark.django_db
def test_a_request_is_read_as_utf8_whatever_it_claims(charset, open_connection):
    answered = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/search/",
        "QUERY_STRING": "q=pay",
        "CONTENT_TYPE": f"text/plain; charset={charset}",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    application(environ, lambda status, headers, *rest: answered.append(status))
    assert answered == ["200 OK"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search/?q=%00", 200),
        ("/compare/?path=%00&path=b", 404),
        ("/admin/articles/article/?slug=%00", 400),
        ("/api/v1/articles/?tag=%00", 400),
    ],
)
@pytest.mark.django_db
def test_a_null_character_in_an_address_finds_nothing(client, address, status):
    client.force_login(make_user(superuser=True))
    assert client.get(address).status_code == status


@pytest.mark.django_db
def test_programs_are_told_in_json_which_host_is_not_answered(client):
    response = client.get("/api/v1/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.django_db
def test_a_page_that_takes_nothing_says_what_it_allows(client, method):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)("/articles/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.django_db
def test_an_editors_form_without_its_token_says_what_to_do(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/admin/login/", {"username": "editor", "password": "secret"})
    assert response.status_code == 403
    assert "Open the page again" in response.content.decode()


@pytest.mark.django_db
def test_the_documentation_page_is_only_read(client):
    assert client.options("/api/v1/docs/").status_code == 405
