"""Many articles at once in a real browser, done by a worker that is a process of its own."""

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Article, Publication
from tests.browser.pages import violations
from tests.makers import make_article
from tests.workers import PATIENCE, worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/articles/article/"
ROWS = 52  # one page of the list, and two


def fits_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for title in page.locator(".rows th[scope=row]").all():
        assert title.bounding_box()["width"] > 300
        assert page.locator(".scrolls").evaluate("table => table.scrollWidth - table.clientWidth") == 0
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.every_database
def test_all_that_match_are_published_and_what_is_refused_is_put_right_and_tried_again(desk):
    for number in range(ROWS):
        publishing.record(make_article(f"Piece {number}", summary="" if number == 7 else "Told."), by=None)
    desk.goto(f"{LIST}?q=piece")
    desk.locator("#action-toggle").check()
    desk.get_by_role("button", name=f"Select all {ROWS} articles").click()
    desk.get_by_label("Action:").select_option("Publish…")
    desk.get_by_role("button", name="Go").click()
    expect(desk.locator(".chosen")).to_contain_text(f"and {ROWS - 10} more")
    fits_a_telephone(desk)
    assert violations(desk, ".decision") == []
    assert not Publication.objects.exists()

    desk.get_by_role("button", name=f"Publish: {ROWS} articles").click()
    told = desk.locator("#job-told")
    expect(told).to_contain_text("no worker is there")
    with worker():
        expect(told).to_contain_text("It is done.", timeout=1000 * PATIENCE)
        expect(told).to_contain_text(f"{ROWS} of {ROWS}: {ROWS - 1} done, 1 refused.")
        expect(desk.get_by_role("status")).to_contain_text("It is done.")
        desk.get_by_role("link", name="Refused (1)").click()
        expect(desk.locator(".rows")).to_contain_text("Write one or two sentences")
        fits_a_telephone(desk)
        assert violations(desk, ".job") == []

        Article.objects.filter(title="Piece 7").update(summary="Put right.")
        desk.get_by_role("button", name="Try the refused 1 again").click()
        expect(told).to_contain_text("It is done. 1 of 1: 1 done.", timeout=1000 * PATIENCE)
    assert Publication.objects.count() == ROWS
