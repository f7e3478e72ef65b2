"""Findings in a real browser: they come and go with what is typed, and lead to their fields."""

import re

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Revision
from tests.browser.pages import form_of, violations
from tests.jobs import work
from tests.makers import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_findings_come_and_go_with_what_is_typed_and_lead_to_their_fields(desk, live_server):
    article = make_article("How to read a pay figure")
    asked = []
    desk.on("request", lambda one: "/change/" in one.url and one.method == "POST" and asked.append(one))
    desk.set_viewport_size({"width": 1400, "height": 900})
    desk.goto(form_of(article))
    toggle = desk.get_by_role("button", name=re.compile("^Checks"))
    toggle.click()
    panel = desk.get_by_role("complementary", name="Checks")
    expect(panel.get_by_text("About as search results show it")).to_be_visible()
    expect(desk.locator(".preview iframe")).to_be_visible()  # both have room

    # One request for both panels says what is found.
    before = len(asked)
    desk.locator("#id_summary").fill("Your income is guaranteed, whatever you do and wherever you are.")
    promise = panel.get_by_role("link", name=re.compile("“guaranteed”: nobody can promise that"))
    expect(promise).to_be_visible()
    expect(toggle).to_contain_text("1 warn")
    expect(desk.locator(".contents a[href='#group-title-and-summary'] + .found")).to_have_text("1 found")
    assert len(asked) == before + 1
    assert violations(desk, ".checks") == []

    # It leads to its field, and goes once that is put right. Nothing was stored.
    promise.click()
    expect(desk.locator("#id_summary")).to_be_focused()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("What people earn differs, and this says how to find out what it hangs on.")
    expect(promise).to_have_count(0)
    expect(desk.locator(".contents .found")).to_have_count(0)
    assert not Revision.objects.exists()

    # While something must be corrected, it says so.
    desk.locator("#id_title").fill("")
    expect(panel.get_by_role("status")).to_have_text("As it was before: a field must be corrected first.")

    # Where there is no room it lies over the form, and makes way for the field.
    desk.locator("#id_title").fill("Pay")
    desk.set_viewport_size({"width": 390, "height": 800})
    expect(panel.locator(".checks-found")).to_be_hidden()
    toggle.click()
    panel.get_by_role("link", name=re.compile("The title has 3 characters only")).click()
    expect(desk.locator("#id_title")).to_be_focused()
    expect(panel.locator(".checks-found")).to_be_hidden()

    # From elsewhere, an address leads to the field as well.
    desk.goto(f"{form_of(article)}?show=bylines")
    expect(desk.get_by_role("link", name="Go to what the checks found")).to_be_visible()
    desk.goto(f"{form_of(article)}?show=summary")
    expect(desk.locator("#id_summary")).to_be_focused()


OVERLAP = """() => {
    const [title, tools] = ["#content > h1", ".object-tools"].map((name) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(name));
        return range.getBoundingClientRect();
    });
    return title.right > tools.left && title.bottom > tools.top && title.top < tools.bottom;
}"""


def test_the_report_has_room_for_its_words_on_a_tablet(desk):
    publishing.record(make_article(summary="Your income is guaranteed, whatever you do."), by=None)
    work()
    desk.goto("/admin/articles/finding/")
    expect(desk.locator(".field-what").first).to_be_visible()
    for width in (768, 1024, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert not desk.evaluate(OVERLAP), width
        table = desk.locator(".results")
        assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0, width
