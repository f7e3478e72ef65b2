"""Another site shows the card of a comparison in a frame, and no other page of ours."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import violations
from tests.makers import golden
from tests.servers import html, site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CARD = "/compare/microtask-gig-work-vs-remote-project-management/"


@pytest.fixture
def elsewhere(page, live_server):
    """Shows an address of ours on a page of another site."""
    golden()
    with site() as other:

        def show(address):
            frame = f'<iframe src="{live_server.url}{address}" width="600" height="440"></iframe>'
            other.pages["/"] = html(frame)
            page.goto(other.address())
            return page.frame_locator("iframe")

        yield show


def test_a_card_is_shown_elsewhere_and_leads_to_the_page(page, elsewhere):
    card = elsewhere(f"{CARD}embed/")
    expect(
        card.get_by_role("heading", name="Microtask gig work vs remote project management")
    ).to_be_visible()
    expect(card.get_by_role("columnheader", name="Remote project management")).to_be_visible()
    onward = card.get_by_role("link", name="Compare them in full")
    assert onward.get_attribute("target") == "_blank"
    assert onward.get_attribute("href").endswith(CARD)


def test_the_lines_to_copy_show_a_card_that_no_window_is_too_narrow_for(page, live_server):
    golden()
    page.goto(f"{live_server.url}{CARD}")
    lines = page.locator("#embed textarea").text_content()
    with site() as other:
        other.pages["/"] = html(lines)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(other.address())
            assert page.locator("html").evaluate("root => root.scrollWidth") <= width


def test_the_page_itself_is_shown_nowhere_else(page, elsewhere):
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    framed = elsewhere(CARD)
    page.wait_for_timeout(500)
    expect(framed.locator("h1")).to_have_count(0)
    assert any("frame" in text for text in refused)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_is_accessible_and_fits(page, live_server, elsewhere, scheme):
    page.emulate_media(color_scheme=scheme)
    for width in (280, 600):
        page.set_viewport_size({"width": width, "height": 440})
        page.goto(f"{live_server.url}{CARD}embed/")
        assert violations(page) == []
        assert page.locator("html").evaluate("root => root.scrollWidth") <= width
