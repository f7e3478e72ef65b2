"""Work on a form survives leaving it, an expired login and other people, in a real browser."""

import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles import publishing
from articles.models import UnsavedWork
from tests.browser.pages import editor, form_of, log_in
from tests.makers import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def expected_errors():
    """Nobody is logged in any more, or somebody else is."""
    return ("the server responded with a status of 401", "the server responded with a status of 403")


def write(page, section, words):
    editor(page, section).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


# The dialog may have come already: nothing below it takes the keyboard then.
TYPE = "(input, text) => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })) }"


def log_in_over(page, name):
    log_in(page.get_by_role("dialog").frame_locator("iframe"), name)


def wait_until(found):
    for _ in range(100):
        if found():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come about within five seconds.")


def body(article, section):
    return article.revisions.first().document["sections"][section]["body"]


@pytest.mark.every_database
def test_nothing_that_was_typed_is_lost(desk_of):
    article = make_article(sections=[{"role": "introduction", "heading": "", "body": "<p>It begins</p>"}])
    publishing.record(article, by=None)
    page = desk_of("edith")
    warnings = []
    page.on("console", lambda message: message.type == "warning" and warnings.append(message.text))

    # A row that was added and holds nothing is nothing to keep.
    with page.expect_response(lambda response: response.url.endswith("/autosave/")):
        page.goto(form_of(article))
    page.get_by_role("button", name="Add another Section").click()
    expect(editor(page, 1)).to_be_visible()
    with page.expect_request(lambda request: request.url.endswith("/autosave/")) as called:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert "call-page" in called.value.post_data
    assert "call-fields_typed" not in called.value.post_data
    assert warnings == []

    # Typed, left within a moment, and there again on return.
    page.goto(form_of(article))
    write(page, 0, " and goes on")
    page.get_by_role("button", name="Add another Section").click()
    page.locator("#id_sections-1-role").select_option("body")
    write(page, 1, "A second thought")
    page.goto("/admin/")
    wait_until(UnsavedWork.objects.exists)
    assert article.revisions.count() == 1
    page.goto(form_of(article))
    expect(page.locator("#unsaved-offer")).to_contain_text("made from revision 1 (the newest)")
    expect(page.locator("#id_sections-0-body")).to_have_value("<p>It begins</p>")
    page.get_by_role("button", name="Continue with them").click()
    expect(page.get_by_text("This is what you left unsaved")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert [body(article, 0), body(article, 1)] == ["<p>It begins and goes on</p>", "<p>A second thought</p>"]
    expect(page.locator(".desk-notice")).to_have_count(0)
    assert not UnsavedWork.objects.exists()

    # Somebody else comes, and each is told of the other; opening a form keeps nothing.
    other = desk_of("arthur")
    with other.expect_response("**/autosave/") as announced:
        other.goto(form_of(article))
    assert announced.value.json()["kept"] is None
    page.locator("#id_summary").fill("A new summary")
    expect(page.locator("#autosave")).to_contain_text("Kept at ")
    expect(page.locator("#desk-others")).to_contain_text("arthur is editing since")
    other.reload()
    expect(other.locator("#desk-others")).to_contain_text("edith is editing since")

    # The login expires: the press waits for another, and takes everything with it.
    write(page, 1, ", at length")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("dialog", name="You are not logged in any more")).to_be_visible()
    with page.expect_navigation():
        log_in_over(page, "edith")
    expect(page.locator(".messagelist .success")).to_be_visible()
    revision = article.revisions.first()
    assert (revision.number, revision.author.username) == (3, "edith")
    assert revision.document["summary"] == "A new summary"
    assert body(article, 1) == "<p>A second thought, at length</p>"

    # Arthur's page hears of it by itself, is shown the login, and edith's name there is not taken for his.
    other.locator("#id_title").evaluate(TYPE, "Arthur's title")
    log_in_over(other, "edith")
    stranger = other.get_by_role("dialog", name="edith is logged in now")
    expect(stranger).to_contain_text("arthur opened this page")
    expect(stranger.frame_locator("iframe").get_by_text("edith is logged in.")).to_be_visible()
    log_in_over(other, "arthur")
    expect(other.get_by_role("dialog")).to_have_count(0)
    expect(other.locator("#autosave")).to_contain_text("Kept at ")  # Arthur's, and only now
    with other.expect_response("**/autosave/"):  # what another script asks after takes no word back
        other.evaluate("document.dispatchEvent(new Event('desk:expired'))")
    expect(other.locator("#autosave")).to_contain_text("Kept at ")
    shown = other.frame_locator(".preview iframe").get_by_role("heading", level=1)
    expect(shown).to_have_text("Arthur's title")
    expect(other.locator("#desk-others")).to_contain_text("edith saved revision 3")
    assert UnsavedWork.objects.get().user.username == "arthur"
