"""Lists and tables of the desk have room for their words, in wide windows and on a telephone."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import violations
from tests.makers import make_article, make_comment, publish

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
