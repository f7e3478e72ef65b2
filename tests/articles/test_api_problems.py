"""Every error is application/problem+json that says what is wrong and what to do."""

import logging

import pytest
from rest_framework.exceptions import NotAuthenticated, Throttled, ValidationError

from articles.api import problems, views
from articles.api.problems import PROBLEM_JSON
from tests.makers import make_article, publish

pytestmark = pytest.mark.django_db

LIST = "/api/v1/articles/"
KNOWN = "author, cursor, fields, language, ordering, page_size, tag"


def problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM_JSON
    found = response.json()
    assert (found["type"], found["status"]) == ("about:blank", status)
    return found


def test_an_unknown_parameter_is_named(client):
    assert problem(client.get(LIST, {"tagg": "pay", "format": "json"}), 400) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": f"tagg: is not a parameter here. Known are {KNOWN}. "
        f"format: is not a parameter here. Known are {KNOWN}.",
        "errors": [
            {"where": "tagg", "message": f"is not a parameter here. Known are {KNOWN}."},
            {"where": "format", "message": f"is not a parameter here. Known are {KNOWN}."},
        ],
    }


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/schema/", "/api/v1/tags/", "/api/v1/articles/x/", "/api/v1/comments/"]
)
def test_no_address_takes_what_it_does_not_know(client, address):
    assert problem(client.get(address, {"other": "1"}), 400)["errors"][0]["where"] == "other"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("fields=title,nope", "fields: “nope” is not a field here. Known are id, kind, slug, "),
        ("fields=", "fields: “” is not a field here."),
        ("ordering=minutes", "ordering: is one of published, -published, updated, -updated, title, -title."),
        ("ordering=", "ordering: is one of published"),
        ("language=fr", "language: is one of en, de."),
        ("tag=a%00b", "tag: is a slug: letters, digits, hyphens and underscores."),
        ("author=", "author: is a slug"),
        ("tag=a&tag=b", "tag: stands more than once. Give it once."),
    ],
)
def test_a_bad_value_is_refused(client, query, message):
    assert problem(client.get(f"{LIST}?{query}"), 400)["detail"].startswith(message)


def test_an_unknown_slug_is_not_found(client):
    assert problem(client.get("/api/v1/articles/nothing/"), 404) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no article at this address.",
    }


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v1/articles/a.b/", "/api/v1/articles/a/b/c/"])
def test_where_there_is_nothing_programs_can_read_that(client, address, method):
    found = problem(getattr(client, method)(address), 404)
    assert found["detail"] == "There is nothing at this address. /api/v1/ lists what there is."


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    assert client.get("/api/v1/articles")["Location"] == LIST


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_not_allowed(client, method):
    response = getattr(client, method)(LIST)
    assert problem(response, 405)["title"] == "Method Not Allowed"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("accept", ["text/html", "application/xml, text/*;q=0.5", "nonsense"])
def test_other_types_are_not_acceptable(client, accept):
    found = problem(client.get(LIST, headers={"Accept": accept}), 406)
    assert found["detail"].startswith("This API answers in application/json only.")


@pytest.mark.parametrize(
    "accept",
    ["*/*", "application/json", "application/*", "text/html, */*;q=0.8", "application/json; indent=4"],
)
def test_json_is_given_to_whoever_takes_it(client, accept):
    response = client.get(LIST, headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_an_error_of_ours_is_logged_and_not_told(client, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("a secret")

    monkeypatch.setattr(views, "paginate", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR, "django.request"):
        response = client.get(LIST)
    assert problem(response, 500)["detail"].startswith("Something went wrong on our side.")
    assert "secret" not in response.content.decode()
    assert [record.exc_info[0] for record in caplog.records] == [RuntimeError]


def test_while_developing_an_error_is_shown_as_it_is(client, monkeypatch, settings):
    def fail(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr(views, "paginate", fail)
    settings.DEBUG = True
    with pytest.raises(RuntimeError, match="a bug"):
        client.get(LIST)


def test_problems_of_nested_data_say_where_they_are():
    error = ValidationError({"items": [{}, {"name": ["is missing."]}], "non_field_errors": ["is odd."]})
    response = problems.handle(error, {})
    assert response.status_code == 400
    assert b'"errors": [{"where": "items[1].name", "message": "is missing."}' in response.content
    assert b'{"where": "", "message": "is odd."}]' in response.content


def test_waiting_and_logging_in_are_told_in_headers():
    slow, stranger = Throttled(wait=9.2), NotAuthenticated()
    stranger.auth_header = "Basic"
    assert problems.handle(slow, {})["Retry-After"] == "10"
    assert problems.handle(stranger, {})["WWW-Authenticate"] == "Basic"


def test_readers_get_no_cookie_and_no_session(client):
    publish(make_article())
    response = client.get(LIST)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
