"""Previews in a real browser: beside the form as one types, and by a link without a login."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article, PreviewLink, Revision
from tests.browser.pages import editor, form_of
from tests.makers import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.every_database
def test_the_panel_follows_what_is_typed_and_a_link_shows_what_is_saved(desk, live_server, browser):
    article = make_article(
        "On pay",
        sections=[
            {"role": "introduction", "heading": "", "body": "<p>One <em>word</em>.</p>" * 30},
            {"role": "body", "heading": "What to do", "body": "<p>Ask.</p>"},
        ],
    )
    asked = []
    desk.on("request", lambda one: "/change/" in one.url and one.method == "POST" and asked.append(one))
    desk.set_viewport_size({"width": 1400, "height": 900})
    desk.goto(form_of(article))
    panel = desk.get_by_role("complementary", name="Preview")
    shown = desk.frame_locator(".preview iframe")
    expect(shown.get_by_role("heading", name="On pay", level=1)).to_be_visible()

    # Typing is followed with few requests; what was scrolled to stays in sight, and rich text shows as such.
    shown.get_by_role("heading", name="What to do").scroll_into_view_if_needed()
    place = scrolled(desk)
    assert place > 0
    desk.locator("#id_title").press("End")
    desk.keyboard.type(" and on waiting for it", delay=30)
    expect(shown.get_by_role("heading", level=1)).to_have_text("On pay and on waiting for it")
    assert (len(asked), scrolled(desk)) == (2, place)
    editor(desk, 1).click()
    desk.keyboard.press("End")
    desk.keyboard.press("Control+b")
    desk.keyboard.type(" Twice")
    expect(shown.locator("strong", has_text="Twice")).to_be_visible()

    # Links within the page scroll it, all others stay where they are.
    shown.get_by_role("link", name="Careers").first.click()
    expect(shown.locator("strong", has_text="Twice")).to_be_attached()

    widths = [panel.get_by_role("button", name=name) for name in ("Phone", "Tablet", "Desk")]
    found = []
    for button in widths:
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        found.append((shown.locator("html").evaluate("html => html.clientWidth"), overflow(desk)))
    assert found == [(390, 0), (820, 0), (1280, 0)]

    desk.locator("#id_title").fill("")
    expect(panel.get_by_role("status")).to_have_text("The preview waits for:Title: This field is required.")
    expect(shown.get_by_role("heading", level=1)).to_contain_text("On pay and on waiting")
    panel.get_by_role("link", name="Title").click()
    expect(desk.locator("#id_title")).to_be_focused()
    desk.keyboard.type("On work")
    expect(shown.get_by_role("heading", level=1)).to_have_text("On work")
    expect(panel.get_by_role("status")).to_be_empty()
    assert (Article.objects.get().title, Revision.objects.exists()) == ("On pay", False)

    # Where there is no room it lies over the form, opened and closed by keyboard.
    desk.set_viewport_size({"width": 900, "height": 900})
    toggle = panel.get_by_role("button", name="Preview")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.press("Enter")
    expect(shown.get_by_role("heading", level=1)).to_be_visible()
    desk.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(desk.locator(".preview iframe")).to_be_hidden()

    share_and_revoke(desk, browser)


def scrolled(page):
    return page.evaluate("document.querySelector('.preview iframe').contentWindow.scrollY")


def overflow(page):
    """How far the picture is wider than its place, in pixels."""
    return page.evaluate("""() => {
        const [frame, stage] = [".preview iframe", ".preview-stage"].map(
            (name) => document.querySelector(name).getBoundingClientRect());
        return Math.max(0, Math.round(frame.width - stage.width));
    }""")


def share_and_revoke(page, browser):
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Share a preview").click()
    page.get_by_label("For whom").fill("Ann")
    page.get_by_role("button", name="Make the link").click()
    field = page.get_by_label("Link to revision 1 for Ann")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied: Link to revision 1 for Ann.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == field.input_value()
    path = re.search("/preview/.*", field.input_value())[0]

    stranger = browser.new_context(base_url=page.evaluate("location.origin")).new_page()
    stranger.goto(path)
    expect(stranger.get_by_role("complementary")).to_contain_text("Preview of revision 1, not published")
    expect(stranger.locator("strong", has_text="Twice")).to_be_visible()
    revoke_on_a_telephone(page)
    expect(page.get_by_text("Revoked by edith")).to_be_visible()
    assert stranger.goto(path).status == 410
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This preview link doesn’t work")
    stranger.context.close()
    assert PreviewLink.objects.get().revoked_by.username == "edith"


def revoke_on_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 780})
    button = page.get_by_role("button", name="Revoke")
    place = button.bounding_box()
    assert place["x"] + place["width"] <= 360
    button.click()
