"""From draft to published, by three people who may do different things, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Event, Review
from tests.browser.pages import form_of, press, violations
from tests.makers import make_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def expect_it_is_accessible(page):
    assert violations(page) == []
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def follow_task(page, name):
    page.goto("/admin/")
    page.get_by_role("link", name="My tasks").click()
    page.get_by_role("link", name=name).click()


@pytest.mark.every_database
def test_an_article_is_submitted_sent_back_submitted_again_approved_and_published(desk_of):
    path = make_path("Tutoring")
    publishing.publish(path, by=None)
    anna, rita, edith = desk_of("anna", "Author"), desk_of("rita", "Reviewer"), desk_of("edith")

    anna.goto(form_of(path))
    anna.locator("#id_summary").fill("Lessons for pay.")
    expect(anna.get_by_role("button", name="Publish now")).to_have_count(0)
    anna.get_by_role("button", name="Submit for review…").click()
    anna.get_by_label("Who is asked").select_option("rita")
    anna.get_by_label("What to know").fill("Mind the summary.")
    expect_it_is_accessible(anna)
    press(anna, "Submit for review")
    expect(anna.locator(".review")).to_contain_text("Asked to decide: rita")

    follow_task(rita, "Decide on what was submitted")
    expect(rita.locator(".review")).to_contain_text("Mind the summary.")
    rita.get_by_role("link", name="Note on this (summary)").click()
    expect(rita.get_by_label("About")).to_have_value("summary")
    rita.get_by_label("Note:").fill("Say to whom.")
    press(rita, "Write the note")
    expect_it_is_accessible(rita)
    press(rita, "Request changes")

    follow_task(anna, "Make the changes that were requested")
    expect(anna.locator(".review .note")).to_contain_text("Say to whom.")
    expect_it_is_accessible(anna)
    anna.get_by_role("link", name="Summary", exact=True).click()
    expect(anna).to_have_url(re.compile("#id_summary$"))
    anna.get_by_text("Answer the note on Summary").click()
    anna.get_by_label("Answer to the note on Summary").fill("To pupils.")
    press(anna, "Write the answer")
    anna.locator("#id_summary").fill("Lessons for pay, to pupils.")
    anna.get_by_role("button", name="Submit for review…").click()
    press(anna, "Submit for review")

    edith.goto(form_of(path))
    edith.get_by_role("button", name="Publish now").click()
    expect(edith.locator(".messagelist .error")).to_contain_text("Have revision 3 approved")

    follow_task(rita, "Decide on what was submitted")
    expect(rita.locator(".note .answers")).to_contain_text("To pupils.")
    press(rita, "Resolve the note on Summary")
    press(rita, "Approve revision 3")

    edith.goto(form_of(path))
    expect(edith.locator(".review")).to_contain_text("rita approved revision 3 on")
    press(edith, "Publish now")
    assert path.publications.first().revision.number == 3
    assert not Review.objects.open().exists()
    edith.get_by_role("link", name="History").click()
    expect(edith.locator("#content-main")).to_contain_text("Requested changes")
    expect_it_is_accessible(edith)
    actions = list(Event.objects.order_by("id").values_list("action", flat=True))
    assert actions == [
        "published",
        "submitted",
        "noted",
        "changes-requested",
        "answered",
        "submitted",
        "resolved",
        "approved",
        "published",
    ]
