"""Searching in a real browser: by what is suggested to who types, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import violations
from tests.makers import make_article, make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paths(live_server):
    publish(make_article("Bookkeeping online"))
    for title in ("Online tutoring", "Online trading"):
        publish(make_path(title))


@pytest.fixture
def asked(page, paths):
    """The search page, and what it has asked for."""
    requests = []
    page.on("request", lambda request: requests.append(request.url) if "suggestions" in request.url else None)
    page.goto("/search/")
    return requests


def test_a_title_is_suggested_and_chosen_by_keyboard(page, asked):
    field = page.get_by_role("combobox", name="Words to look for")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("online t", delay=10)
    expect(options).to_have_text(
        ["Online trading Career path", "Online tutoring Career path", "Bookkeeping online Article"]
    )
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).not_to_have_attribute("aria-activedescendant", "")
    expect(page.locator("main [role=status]")).to_have_text("Suggestions: 3")
    assert len(asked) == 1, "whoever types on is waited for"
    assert violations(page) == []

    field.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(0).get_attribute("id"))
    for _ in range(3):
        field.press("ArrowDown")  # round, by way of the field
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("online t")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/careers/online-tutoring/")


def test_a_title_is_chosen_by_mouse_and_words_are_sent_as_they_are(page, asked):
    field = page.get_by_role("combobox", name="Words to look for")
    field.fill("book")
    page.get_by_role("option", name="Bookkeeping online").click()
    page.wait_for_url("**/articles/bookkeeping-online/")
    page.go_back()
    field.fill("online")
    expect(page.get_by_role("option")).to_have_count(3)
    field.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("3 results for “online”")


def test_one_request_is_under_way_at_a_time(page, asked):
    waiting = []
    page.route("**/suggestions/**", lambda route: waiting.append(route))
    field = page.get_by_role("combobox", name="Words to look for")
    field.fill("onl")
    page.wait_for_timeout(400)
    field.fill("online tr")
    page.wait_for_timeout(400)
    assert len(waiting) == 1
    waiting.pop().continue_()
    page.wait_for_timeout(400)
    waiting.pop().continue_()
    expect(page.get_by_role("option")).to_have_text(["Online trading Career path"])
    assert len(asked) == 2


def test_the_search_works_without_scripts_on_a_phone(browser, browser_context_args, paths):
    options = {"java_script_enabled": False, "viewport": {"width": 360, "height": 780}}
    page = browser.new_context(**browser_context_args | options).new_page()
    page.goto("/search/?q=onlien")
    page.get_by_role("link", name="Online", exact=True).click()  # as the best hit writes it
    expect(page.get_by_role("heading", level=2)).to_have_text("3 results for “Online”")
    page.get_by_role("link", name="Career path 2").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2 results for “Online”")
    page.get_by_role("link", name="Search in everything").click()
    expect(page.get_by_role("heading", level=3)).to_have_count(3)
    page.context.close()
