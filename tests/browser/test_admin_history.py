"""Two editors at one article, and its history, in a real browser under the strict policy."""

import pytest
from playwright.sync_api import expect

from articles import documents, publishing
from tests.browser.pages import form_of, press, violations
from tests.makers import make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def path():
    sections = [
        {"role": "introduction", "heading": "What it is", "body": "<p>Tutors are paid by the hour.</p>"},
        {"role": "body", "heading": "How to begin", "body": "<p>Ask a neighbour.</p>"},
    ]
    path = make_path("Tutoring", sections=sections)
    publishing.record(path, by=None)
    return path


def expect_it_is_accessible(page):
    assert violations(page) == []
    expect_it_fits(page)


def expect_it_fits(page):
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("html").evaluate("root => root.scrollWidth") <= width


def side(page, place, name):
    return page.get_by_role("group", name=place).get_by_label(name)


@pytest.mark.every_database
def test_two_editors_choose_compare_and_restore_one_section_and_one_point(desk_of, path):
    edith, arthur = desk_of("edith"), desk_of("arthur")
    for page in (edith, arthur):
        page.goto(form_of(path))
    arthur.locator("#id_title").fill("Private tutoring")
    arthur.locator("#id_summary").fill("Arthur's summary.")
    arthur.locator("#sections-1").get_by_label("Delete").check()
    arthur.locator("#id_points-0-text").fill("Hours of one's own.")
    press(arthur, "Save draft")

    edith.locator("#id_title").fill("Tutoring at home")
    edith.locator("#id_points-1-text").fill("Summers are lean.")
    edith.get_by_label("Note on this change").fill("Why points matter")
    edith.get_by_role("button", name="Save draft").click()
    expect(edith.get_by_role("heading", name="Two versions")).to_be_visible()
    expect(edith.locator("#content-main")).to_contain_text("arthur saved revision 2 on")
    expect(side(edith, "Title", "Theirs")).not_to_be_checked()
    expect(side(edith, "Title", "Mine")).not_to_be_checked()
    expect(side(edith, "Summary", "Theirs")).to_be_checked()
    expect(side(edith, "Uneven – text", "Mine")).to_be_checked()
    expect(side(edith, "How to begin", "Theirs")).to_be_checked()
    expect_it_is_accessible(edith)

    edith.get_by_role("button", name="Back to the form").click()
    expect(edith.locator("#id_title")).to_have_value("Tutoring at home")
    expect(edith.locator("#id_points-1-text")).to_have_value("Summers are lean.")
    edith.locator("#id_title").fill("Tutoring from home")
    edith.get_by_role("button", name="Save draft").click()
    expect(edith.get_by_role("heading", name="Two versions")).to_be_visible()
    edith.get_by_role("button", name="Save draft").click()  # the browser asks for the open choice
    expect(side(edith, "Title", "Theirs")).to_be_focused()
    side(edith, "Title", "Mine").check()
    press(edith, "Save draft")
    newest = path.revisions.first()
    assert (newest.number, newest.note, newest.author.username) == (3, "Why points matter", "edith")
    said = newest.document
    assert (said["title"], said["summary"]) == ("Tutoring from home", "Arthur's summary.")
    assert [point["text"] for point in said["points"]] == ["Hours of one's own.", "Summers are lean."]
    assert len(said["sections"]) == 1

    edith.get_by_role("link", name="History").click()
    expect_it_fits(edith)
    edith.get_by_label("From revision 1").check()
    edith.get_by_role("button", name="Compare the two chosen").click()
    expect(edith.locator("ins", has_text="at home")).to_have_count(0)
    expect(edith.locator("ins", has_text="from home")).to_be_visible()
    expect_it_is_accessible(edith)
    edith.get_by_role("button", name="Put the section back into the draft (How to begin)").click()
    expect(edith.locator(".messagelist .success")).to_contain_text("Section “How to begin” restored")
    edith.get_by_role("button", name="Restore this (text of Uneven)").click()
    expect(edith.locator(".messagelist .success")).to_contain_text("Text of point “Uneven” restored")
    restored, first = documents.compose(path), path.revisions.get(number=1).document
    assert restored["sections"] == first["sections"]
    assert restored["points"] == [said["points"][0], first["points"][1]]
    assert restored["title"] == "Tutoring from home"


def test_no_column_of_a_history_is_too_narrow_for_its_words(desk, path):
    publish(path)
    desk.goto(form_of(path).replace("change", "history"))
    link = desk.get_by_role("link", name="The page as it was then")
    for width in (360, 768, 1100, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        place = link.bounding_box()
        assert place["height"] < 50, width  # two lines at most
        assert place["x"] + place["width"] <= width, width
