"""Where there is nothing, where something fails, and while the site is worked on: a page that helps."""

import re

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, override_settings

from careersite import views
from tests.base import queries
from tests.makers import make_article, make_path, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MIDDLEWARE = "careersite.maintenance.Maintenance"
HEAD = re.compile(r'<header class="masthead">\s*<div class="masthead-inner">\s*(.*)')


@pytest.fixture
def failing(monkeypatch):
    """Asked like a browser, which gets an answer: the home page fails."""

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("careersite.views.lists.newest", fail)
    return Client(raise_request_exception=False)


def suggested(page):
    return re.findall(r'<a href="(/(?:careers|articles)/[^/"]+/)">', page.text.partition("looking for")[2])


@pytest.mark.parametrize(
    "address", ["/careers/remote-managment/", "/remote", "/careers/remote_management/2/../remote/"]
)
def test_a_missing_page_offers_what_its_address_may_have_meant(client, address):
    publish(make_path("Remote management"))
    publish(make_article("Something else"))
    page = client.get(address)
    assert page.status_code == 404
    assert suggested(page) == ["/careers/remote-management/"]


@pytest.mark.parametrize("address", ["/123/", "/a/", "/%F0%9F%92%BC/", "/" + "x" * 5000, "/%22%27%3B--/"])
def test_an_address_without_words_offers_nothing_and_asks_little(client, address):
    with queries() as found:
        page = client.get(address)
    assert (page.status_code, suggested(page)) == (404, [])
    assert len(found) <= 4


def test_the_suggestions_never_fail_the_page(client, monkeypatch):
    from django.db import OperationalError

    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("careersite.likely.search", fail)
    assert client.get("/careers/remote/").status_code == 404


def test_a_failure_is_shown_in_the_site_s_design(failing):
    page = failing.get("/")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert HEAD.search(page.text)[1].startswith('<a class="brand" href="/">')


def test_a_program_gets_a_failure_as_a_problem(rf):
    answer = views.server_error(rf.get("/api/v1/anything/"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


@pytest.mark.parametrize(
    ("view", "given", "status"),
    [
        (views.bad_request, (SuspiciousOperation(),), 400),
        (views.forbidden, (PermissionError(),), 403),
        (views.server_error, (), 500),
    ],
)
def test_error_pages_need_no_database(rf, view, given, status):
    with queries() as found:
        page = view(rf.get("/"), *given)
    assert (page.status_code, found) == (status, [])
    assert "<h1>" in page.text


def test_during_maintenance_every_page_says_so_and_asks_no_database(settings):
    with override_settings(MIDDLEWARE=[MIDDLEWARE, *settings.MIDDLEWARE]), queries() as found:
        answers = {address: Client().get(address) for address in ("/", "/compare/", "/admin/", "/api/v1/")}
        healthy = Client().get("/healthz")
    assert {each.status_code for each in answers.values()} == {503}
    assert {each["Retry-After"] for each in answers.values()} == {"300"}
    assert "We are working on the site" in answers["/"].text
    assert HEAD.search(answers["/"].text)[1].startswith('<p class="brand">')  # there is no page to lead to
    assert answers["/api/v1/"]["Content-Type"] == "application/problem+json"
    assert (healthy.status_code, found) == (200, [])
