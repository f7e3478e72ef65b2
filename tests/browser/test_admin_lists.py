"""Lists and tables of the desk have room for their words, in wide windows and on a telephone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import preview_links, publishing
from tests.browser.pages import form_of, violations
from tests.jobs import work
from tests.makers import golden, make_article, make_comment, make_user, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OVERFLOW = "table => table.scrollWidth - table.clientWidth"


def overflow(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    return page.locator(".results").evaluate(OVERFLOW)


def test_the_queue_of_replies_shows_all_of_its_columns(desk_of):
    article = publish(make_article("How the pay of microtasks is to be read and understood")).article
    writer = {"name": "Wilhelmine Hohenlohe-Waldenburg", "held_for": "It says “guaranteed”"}
    make_comment(article, "See https://example.org/a-rather-long-address/of-a-page-somewhere " * 3, **writer)
    desk = desk_of("mona", group="Moderator")
    desk.goto("/admin/articles/comment/")
    for width in (360, 768, 1024, 1280):
        assert overflow(desk, width) == 0, width
    desk.set_viewport_size({"width": 360, "height": 900})
    desk.locator("#action-toggle").check()
    expect(desk.locator("#result_list .action-select")).to_be_checked()
    assert violations(desk, "#result_list") == []


@pytest.mark.parametrize("name", ["finding", "event", "previewlink"])
def test_a_telephone_shows_whole_rows_of_a_list(desk, name):
    article = make_article("How the pay of microtasks is to be read", summary="Income is guaranteed.")
    revision = publishing.record(article, by=make_user("anna"))
    until = timezone.now() + timedelta(days=2)
    preview_links.share(revision, by=make_user("bertha"), note="For whoever reads it first", expires_at=until)
    publish(article)
    work()
    desk.goto(f"/admin/articles/{name}/")
    expect(desk.locator("#result_list tbody tr").first).to_be_visible()
    assert overflow(desk, 360) == 0
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(desk, "#result_list") == []


def test_a_telephone_shows_whole_rows_of_the_fairness_report(desk):
    desk.goto(form_of(golden()).replace("change", "fairness"))
    desk.set_viewport_size({"width": 360, "height": 900})
    desk.evaluate("document.querySelectorAll('.fairness details').forEach((each) => { each.open = true; })")
    for table in desk.locator(".fairness .scrolls").all():
        assert table.evaluate(OVERFLOW) == 0
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(desk, ".fairness") == []
