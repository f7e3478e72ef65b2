"""Three people with different rights bring a comparison from a faulty draft to readers, and keep it fresh."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Event, Finding, Review
from comparisons.models import Comparison
from tests.base import DAY
from tests.browser.pages import choose, editor, form_of, press, violations
from tests.jobs import work
from tests.makers import make_author, make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Tutoring vs bookkeeping"
SUMMARY = "Two ways to live on what one knows: one by the hour and face to face, one by the month and alone."
BROKEN = [
    "Write one or two sentences for lists and search results.",
    "“Sign up” is sponsored. Say who pays for it: readers have a right to know.",
    "“guaranteed”: nobody can promise that. Say how often it is so, and according to whom.",
    "“Pay” says nothing of “Bookkeeping”. Fill its cell, or leave the row out.",
]
TRAIL = [
    ("submitted", "anna"),
    ("noted", "rita"),
    ("changes-requested", "rita"),
    ("answered", "anna"),
    ("submitted", "anna"),
    ("resolved", "rita"),
    ("approved", "rita"),
    ("lapsed", "anna"),
    ("approved", "rita"),
    ("scheduled", "edith"),
    ("cancelled", "edith"),
    ("published", "edith"),
]


def expect_it_is_accessible(page):
    assert violations(page) == []
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def follow_task(page, name):
    page.goto("/admin/")
    page.get_by_role("link", name="My tasks").click()
    page.get_by_role("link", name=name).click()


def figure(page, name):
    """What the line at the top of the first page says."""
    page.goto("/admin/")
    return page.locator(".glances li", has_text=name).locator("strong")


@pytest.mark.every_database
def test_a_comparison_goes_from_a_faulty_draft_through_review_to_readers_and_is_kept_fresh(desk_of):
    make_author()
    path, other = make_path("Tutoring"), make_path("Bookkeeping")
    for each in (path, other):
        publish(each)
    anna, rita, edith = desk_of("anna", "Author"), desk_of("rita", "Reviewer"), desk_of("edith")

    # Anna writes what is wrong in four places, and is told of each while she writes.
    anna.goto("/admin/comparisons/comparison/add/")
    anna.locator("#id_title").fill(TITLE)
    choose(anna, "#bylines-0", "Ann Author")
    choose(anna, "#contenders-0", "Tutoring")
    choose(anna, "#contenders-1", "Bookkeeping")
    editor(anna, "introduction-0").click()
    anna.keyboard.type("Income is guaranteed.")
    anna.get_by_role("button", name="Add another Difference").click()
    anna.locator("#id_differences-0-aspect").fill("Pay")
    anna.get_by_label("Path 1").first.fill("USD 2–6.50 per hour")
    anna.get_by_role("button", name="Add another Call to action").click()
    anna.locator("#id_calls_to_action-0-label").fill("Sign up")
    anna.locator("#id_calls_to_action-0-url").fill("https://example.org/")
    anna.locator("#id_calls_to_action-0-sponsored").check()
    anna.get_by_role("button", name=re.compile("^Checks")).click()
    panel = anna.get_by_role("complementary", name="Checks")
    expect(panel.get_by_role("link")).to_have_text(BROKEN)
    panel.get_by_role("link", name="“Sign up” is sponsored").click()
    expect(anna.locator("#id_calls_to_action-0-disclosure")).to_be_focused()
    press(anna, "Save draft")
    comparison = Comparison.objects.get()
    work()
    edith.goto(f"/admin/articles/finding/?q={TITLE.split()[-1]}&kind=comparison")
    found = edith.locator("#result_list tbody .field-what")
    assert sorted(each.splitlines()[0] for each in found.all_inner_texts()) == sorted(BROKEN)

    # She submits it by a day; Rita notes what she misses at a row, and asks for it.
    expect(anna.get_by_role("button", name="Publish now")).to_have_count(0)
    anna.get_by_role("button", name="Submit for review…").click()
    anna.get_by_label("Who is asked").select_option("rita")
    anna.get_by_label("By").fill(str(timezone.localdate() + DAY))
    anna.get_by_label("What to know").fill("Mind the pay.")
    expect_it_is_accessible(anna)
    press(anna, "Submit for review")
    expect(anna.locator(".review")).to_contain_text("Asked to decide: rita, by ")

    expect(figure(rita, "Tasks for you")).to_have_text("1")
    follow_task(rita, "Decide on what was submitted")
    expect(rita.locator(".review")).to_contain_text("Mind the pay.")
    rita.get_by_role("link", name="Note on this (Pay)", exact=True).click()
    rita.get_by_label("Note:").fill("And bookkeeping?")
    press(rita, "Write the note")
    expect_it_is_accessible(rita)
    press(rita, "Request changes")

    # Anna answers and mends all that was found.
    follow_task(anna, "Make the changes that were requested")
    expect(anna.locator(".review .note")).to_contain_text("And bookkeeping?")
    expect_it_is_accessible(anna)
    anna.locator(".review .note .about").get_by_role("link").click()
    expect(anna).to_have_url(re.compile("#differences-0$"))
    anna.get_by_text("Answer the note on").click()
    anna.get_by_label("Answer to the note on").fill("By the month.")
    press(anna, "Write the answer")
    anna.locator("#id_summary").fill(SUMMARY)
    anna.locator("#differences-0").get_by_label("Bookkeeping").fill("by the month")
    anna.locator("#id_calls_to_action-0-disclosure").fill("A school pays for it.")
    editor(anna, "introduction-0").click()
    anna.keyboard.press("Control+a")
    anna.keyboard.type("Income differs from month to month.")
    anna.get_by_role("button", name="Submit for review…").click()
    press(anna, "Submit for review")
    work()
    assert not Finding.objects.filter(article=comparison.pk).exists()

    # What was approved and edited since is not published, before it is approved again.
    edith.goto(form_of(comparison))
    edith.get_by_role("button", name="Publish now").click()
    expect(edith.locator(".messagelist .error")).to_contain_text("Have revision 2 approved")
    follow_task(rita, "Decide on what was submitted")
    expect(rita.locator(".note .answers")).to_contain_text("By the month.")
    press(rita, re.compile("^Resolve"))
    press(rita, "Approve revision 2")
    anna.goto(form_of(comparison))
    anna.locator("#id_summary").fill(SUMMARY.replace("alone", "in quiet"))
    press(anna, "Save draft")
    expect(anna.locator(".review")).to_contain_text("Approved, edited since")
    edith.goto(form_of(comparison))
    edith.get_by_role("button", name="Publish now").click()
    expect(edith.locator(".messagelist .error")).to_contain_text("Have revision 3 approved")
    rita.goto(form_of(comparison).replace("change", "review"))
    press(rita, "Approve revision 3")

    # Edith schedules it, then doesn't wait.
    edith.goto(form_of(comparison))
    edith.get_by_role("button", name="Schedule…").click()
    edith.get_by_label("Goes live on").fill("2046-11-23T09:00")
    press(edith, re.compile("^Schedule for"))
    expect(figure(edith, "Scheduled")).to_have_text("1")
    edith.goto(form_of(comparison).replace("change", "history"))
    press(edith, "Cancel what is scheduled")
    edith.goto(form_of(comparison))
    press(edith, "Publish now")
    assert comparison.publications.at(timezone.now()).get().revision.number == 3
    assert not Review.objects.open().exists()
    expect(figure(edith, "Scheduled")).to_have_text("0")

    # A fact changes, of which the comparison speaks in its own words.
    edith.goto(form_of(path))
    edith.locator("#facts-0").get_by_label("To:").fill("7")
    press(edith, "Publish now")
    expect(edith.locator(".messagelist .success")).to_contain_text("Somebody is asked to review the words of")
    expect(figure(edith, "Tasks for you")).to_have_text("1")
    follow_task(edith, "A fact has changed that its own words mention")
    expect(edith).to_have_url(re.compile(f"{form_of(comparison)}#differences-0$"))

    # The trail has all of it, and says so on the desk.
    edith.goto(form_of(comparison).replace("change", "history"))
    expect(edith.locator("#content-main")).to_contain_text("Requested changes")
    expect_it_is_accessible(edith)
    told = list(Event.objects.filter(article=comparison.pk).order_by("id").values_list("action", "who"))
    assert told == TRAIL
