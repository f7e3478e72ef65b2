"""The trash and copies in a real browser: nothing that readers see is lost, and nothing else for good."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from comparisons.models import CareerPath
from tests.browser.pages import form_of
from tests.makers import golden

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/comparisons/careerpath/"


def run(page, action, *titles):
    """Choose rows of the list and what is to be done with them."""
    for title in titles:
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name=title, exact=True))
        row.get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(action)
    page.get_by_role("button", name="Go").click()


def filter_by_author(page, name):
    """By choosing what a beginning of the name is completed to, and back to all rows."""
    field = page.get_by_label("Name of the author")
    field.press_sequentially(name[:3])
    expect(page.locator(f"datalist option[value='{name}']")).to_be_attached()
    field.fill(name)  # as browsers do when one of the names is chosen
    expect(page).to_have_url(re.compile(r"\?authors__id__exact=[^&]+$"))
    by_author = page.locator("details[data-filter-title=author]")
    expect(by_author.locator("strong")).to_have_text(name)
    by_author.get_by_role("link", name="All").click()
    expect(by_author.locator("strong")).to_have_count(0)


def fits_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.every_database
def test_a_copy_is_made_thrown_away_and_put_back_and_what_is_live_stays(desk):
    comparison = golden()
    path = CareerPath.objects.get(title="Microtask gig work")
    desk.goto(form_of(path))
    expect(desk.locator(".used")).to_contain_text(f"{comparison.title} (live)")
    desk.get_by_role("button", name="Copy what is saved").click()
    expect(desk.locator("#id_title")).to_have_value("Copy of Microtask gig work")
    expect(desk.locator("#id_points-0-label")).to_have_value("Flexible")

    desk.goto(LIST)
    filter_by_author(desk, path.authors.get().name)
    run(desk, "Move to the trash", "Microtask gig work", "Copy of Microtask gig work")
    expect(desk.get_by_role("alert")).to_contain_text("“Microtask gig work” is live since")
    expect(desk.get_by_role("link", name=comparison.title)).to_have_attribute("href", form_of(comparison))
    fits_a_telephone(desk)
    desk.get_by_role("button", name="Move the other to the trash").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("is in the trash now")
    expect(desk.locator("#result_list")).not_to_contain_text("Copy of")

    desk.get_by_role("link", name="In the trash").click()
    desk.locator("#result_list").get_by_role("link", name="Copy of Microtask gig work").click()
    expect(desk.locator("#id_title")).to_have_count(0)
    fits_a_telephone(desk)
    desk.get_by_role("button", name="Put back").click()
    expect(desk.locator("#id_title")).to_have_value("Copy of Microtask gig work")
    assert not Article.objects.trashed().exists()

    desk.goto(form_of(path))
    desk.get_by_role("link", name="Move to the trash…").click()
    expect(desk.get_by_role("alert")).to_contain_text("Withdraw it first")
    desk.get_by_role("link", name="Withdraw “Microtask gig work”").click()
    expect(desk.get_by_role("button", name="Withdraw them together")).to_be_visible()
