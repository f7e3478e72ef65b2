"""Links to articles in a real browser: chosen with the keyboard, followed, missed where they lead nowhere."""

import json
import re
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Section
from tests.browser.pages import editor, form_of, press, violations
from tests.makers import make_article, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLES = Path(__file__).resolve().parents[1] / "articles/pasted"
PASTE = """(element, [type, text]) => {
    const data = new DataTransfer();
    data.setData(type, text);
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    element.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def select_two_words(page):
    """The browser tells the editor of a selection a little later than it shows it."""
    expect(page.locator("#sections-0 button[data-name=link]")).to_contain_class("disabled")
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowLeft")
    page.wait_for_function("getSelection().toString() === 'pay figures'")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    expect(page.locator("#sections-0 button[data-name=link]:not(.disabled)")).to_be_visible()


def read(page, address, words):
    page.goto(address)
    page.get_by_role("main").get_by_role("link", name=words).click()


def test_a_link_to_an_article_from_its_choice_to_its_end(desk, live_server):
    target = publish(make_article("How to read a pay figure", slug="pay")).article
    make_article("How to rest")
    source = make_article("On waiting", slug="waiting")

    desk.goto(form_of(source))
    editor(desk).click()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("First see pay figures")
    select_two_words(desk)
    desk.keyboard.press("Control+k")
    dialog = desk.get_by_role("dialog", name="Link the words")
    field = dialog.get_by_role("combobox", name="Article")
    expect(field).to_be_focused()
    desk.keyboard.type("how to")
    expect(dialog.get_by_role("option")).to_have_count(2)
    desk.keyboard.type(" pay")
    expect(dialog.get_by_role("option")).to_have_count(1)
    desk.keyboard.press("ArrowDown")
    option = dialog.get_by_role("option", name="How to read a pay figure article Live", selected=True)
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    assert violations(desk, {"include": [".link-dialog"]}) == []
    desk.keyboard.press("Enter")
    expect(dialog).to_contain_text("Will lead to How to read a pay figure Live")
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(editor(desk)).to_be_focused()
    desk.get_by_role("button", name="Publish now").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("is live")
    assert Section.objects.get(article=source).body == (
        f'<p>First see <a href="article:{target.pk}">pay figures</a></p>'
    )

    read(desk, "/articles/waiting/", "pay figures")
    expect(desk).to_have_url(f"{live_server.url}/articles/pay/")
    desk.goto(form_of(target))
    desk.locator("#id_slug").fill("figures")
    desk.get_by_role("button", name="Publish now").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("is live")
    read(desk, "/articles/waiting/", "pay figures")
    expect(desk).to_have_url(f"{live_server.url}/articles/figures/")

    another_address(desk, source, f"{live_server.url}/articles/pay/")
    assert Section.objects.get(article=source).body == (
        f'<p>First see <a href="article:{target.pk}">pay figures</a></p>'
    )

    desk.goto(form_of(target).replace("change", "withdraw"))
    expect(desk.get_by_role("heading", name="1 live article links to it")).to_be_visible()
    desk.get_by_role("button", name="Withdraw").click()
    desk.goto("/articles/waiting/")
    expect(desk.get_by_text("First see pay figures")).to_be_visible()
    expect(desk.get_by_role("link", name="pay figures")).to_have_count(0)
    desk.goto("/admin/")
    expect(desk.locator(".module", has_text="Links that readers get as plain text")).to_contain_text(
        "On waiting"
    )
    desk.goto(form_of(source))
    expect(desk.locator("#desk-notices")).to_contain_text("“pay figures” in “About On waiting” leads to")
    expect(desk.locator("#desk-notices .state-withdrawn")).to_be_visible()


def another_address(desk, source, address):
    """Take the link away, paste an address onto the words, and look at what it became."""
    desk.goto(form_of(source))
    editor(desk).get_by_text("pay figures").dblclick()
    desk.keyboard.press("Control+k")
    dialog = desk.get_by_role("dialog", name="Change the link")
    expect(dialog).to_contain_text("Leads to How to read a pay figure Live")
    dialog.get_by_role("radio", name="Another address").check()
    field = dialog.get_by_role("textbox", name="Address")
    expect(field).to_have_accessible_description(
        re.compile("With #part at its end, .* leads to that heading")
    )
    field.fill("javascript:alert(1)")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Begin with https://")
    field.fill("example.org")
    desk.keyboard.press("Enter")
    expect(editor(desk).locator("a[href='https://example.org']")).to_have_text("pay figures")
    desk.keyboard.press("Control+k")
    dialog.get_by_role("button", name="Remove the link").click()
    expect(editor(desk).locator("a")).to_have_count(0)
    desk.keyboard.press("End")
    select_two_words(desk)
    editor(desk).evaluate(PASTE, ["text/plain", address])
    expect(editor(desk).locator("a[href^='article:']")).to_have_text("pay figures")
    press(desk, "Save draft")


def test_what_a_program_copies_is_pasted_as_the_prose_it_means(desk):
    desk.goto("/admin/articles/article/add/")
    editor(desk).wait_for()
    for sample in SAMPLES.glob("*.expected.html"):
        editor(desk).click()
        desk.keyboard.press("Control+a")
        desk.keyboard.press("Delete")
        copied = sample.with_name(sample.name.replace(".expected", "")).read_text()
        editor(desk).evaluate(PASTE, ["text/html", copied])
        expected = sample.read_text().replace("\n", "").replace("<ol>", '<ol data-type="decimal">')
        expect(desk.locator("#id_sections-0-body")).to_have_value(expected)


def test_a_pasted_link_through_google_leads_where_it_was_meant_to(desk):
    desk.goto("/admin/articles/article/add/")
    editor(desk).wait_for()
    for given, kept in json.loads((SAMPLES / "redirects.json").read_text()):
        editor(desk).click()
        desk.keyboard.press("Control+a")
        desk.keyboard.press("Delete")
        copied = f'<a href="{escape(given)}" style="text-decoration:none"><span>there</span></a>'
        editor(desk).evaluate(PASTE, ["text/html", copied])
        expect(editor(desk).get_by_text("there")).to_have_attribute("href", kept)
