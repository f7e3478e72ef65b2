"""The form of an article in a real browser: its groups, contents and bar, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Publication
from tests.browser.pages import form_of, press, violations
from tests.makers import make_comparison, make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "<p>" + "Words that fill a page. " * 60 + "</p>"
COVERED = """() => {
    const low = [".save-bar", ".beside"].map((name) => document.querySelector(name).getBoundingClientRect());
    const bar = low.findLast(({ bottom }) => Math.abs(bottom - low[0].top) < 2) ?? low[0];
    const fields = document.querySelectorAll(".groups :is(input, select, textarea, a, [contenteditable])");
    return [...fields].filter((field) => {
        field.focus();
        const { top, height } = field.getBoundingClientRect();
        return document.activeElement === field && top + Math.min(height, 24) > bar.top;
    }).map((field) => field.id || field.outerHTML);
}"""

UNMARKED = """() => {
    for (let each = document.activeElement; each && each !== document.body; each = each.parentElement) {
        if (each.matches("fieldset, form, .groups")) break;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
        if ((outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none") return null;
    }
    return document.activeElement.outerHTML.slice(0, 200);
}"""


@pytest.fixture
def comparison():
    roles = ("introduction", "differences", "body", "choosing", "alternatives", "conclusion")
    sections = [{"role": role, "heading": f"On {role}", "body": LONG} for role in roles]
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    found = make_comparison(*paths, sections=sections)
    for each in (*paths, found):
        publish(each)
    return found


def test_what_has_the_focus_is_marked(desk, comparison):
    desk.goto(form_of(comparison))
    desk.locator("#id_title").focus()
    marked = 0
    while not desk.evaluate("document.activeElement.name === 'note'"):
        assert desk.evaluate(UNMARKED) is None
        desk.keyboard.press("Tab")
        marked += 1
    assert marked > 50


def test_a_comparison_is_written_in_groups_and_saved_by_keyboard_alone(desk, comparison):
    desk.goto(form_of(comparison))
    groups = desk.locator(".contents details > ol > li > a")
    expect(groups).to_have_text(
        [
            "Title and summary",
            *("Introduction", "Contenders", "Differences", "Choosing", "Conclusion"),
            *("Sources", "Corrections", "Facts", "Publishing", "Save"),
        ]
    )
    for group in ("Differences", "Publishing", "Title and summary"):
        groups.get_by_text(group, exact=True).click()
        expect(desk.locator(".contents [aria-current=true]")).to_have_text(group)
    assert desk.evaluate(COVERED) == []
    assert violations(desk) == []

    desk.goto(form_of(comparison))
    tab_to(desk, groups.first)
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.locator("#id_title")).to_be_focused()
    desk.keyboard.press("End")
    desk.keyboard.type(": which of the two fits the years that lie ahead of you?")
    expect(desk.locator("#id_title_length")).to_contain_text("search results show about 60")
    expect(desk.locator(".visually-hidden[role=status]")).to_contain_text("search results show about 60")
    desk.keyboard.press("Shift+Tab")
    expect(groups.last).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Save draft")).to_be_focused()
    expect(desk.get_by_text("Kept as a revision. Readers see no change.")).to_have_css("opacity", "1")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator(".save-bar .standing")).to_contain_text("Live, changed since")
    expect(desk.locator(".save-bar .standing")).to_contain_text(re.compile(r"live since .* \d?\d:\d\d UTC"))
    assert [section["role"] for section in comparison.revisions.first().document["sections"]] == [
        section["role"] for section in comparison.revisions.last().document["sections"]
    ]

    desk.locator("#sections-choosing-group").get_by_role("button", name="Add another Section").click()
    desk.locator("#id_sections-choosing-2-heading").fill("A third way")
    desk.locator("#id_sections-choosing-2-heading").press("Tab")
    expect(desk.locator("[data-named=sections-choosing-group] a")).to_have_text(
        ["On choosing", "On alternatives", "A third way"]
    )
    desk.locator("#id_differences-0-aspect").fill("")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save draft").click()
    expect(desk.locator(".contents .wrong")).to_have_text("1 to correct")
    assert violations(desk) == []
    desk.get_by_role("link", name="Go to the first").click()
    expect(desk.locator("#id_differences-0-aspect")).to_be_in_viewport()
    desk.locator("#id_differences-0-aspect").fill("Hours")
    press(desk, "Save draft")
    assert comparison.revisions.first().document["sections"][5]["heading"] == "A third way"

    desk.get_by_role("button", name="Schedule…").click()
    button = desk.get_by_role("button", name=re.compile("^Schedule"))
    expect(button).to_have_text("Schedule")
    desk.get_by_label("Goes live on").fill("2046-11-23T09:00")
    expect(button).to_have_text("Schedule for Fri 23 Nov 2046, 9:00 UTC")
    button.click()
    expect(desk.locator(".messagelist .success")).to_contain_text("goes live on Fri 23 Nov 2046, 9:00 UTC")
    assert Publication.objects.filter(article=comparison.pk).count() == 2


def test_on_a_phone_the_bar_is_low_and_the_rest_of_the_buttons_is_one_step_away(desk, comparison):
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.goto(form_of(comparison))
    expect(desk.locator(".contents details")).not_to_have_attribute("open", "")
    assert desk.locator(".save-bar").bounding_box()["height"] < 740 / 7
    assert desk.evaluate(COVERED) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    expect(desk.get_by_role("button", name="Withdraw…")).to_be_hidden()
    desk.get_by_role("button", name="More").press("Enter")
    expect(desk.get_by_text("Saves, then asks before readers lose it.")).to_be_visible()
    assert violations(desk) == []
    with desk.expect_navigation():
        desk.get_by_role("button", name="Withdraw…").click()
    desk.get_by_label("When").fill("2046-11-23T21:30")
    expect(desk.locator("button.danger")).to_have_text("Withdraw on Fri 23 Nov 2046, 21:30 UTC")
    desk.goto(form_of(comparison).replace("change", "history"))
    assert violations(desk) == []
    desk.goto(form_of(comparison).partition(str(comparison.pk))[0])
    assert violations(desk) == []


def tab_to(page, target):
    for _ in range(30):
        page.keyboard.press("Tab")
        if target.evaluate("(link) => link === document.activeElement"):
            return
    pytest.fail("Tab does not get there")


def test_without_scripts_the_form_fits_a_phone(desk, browser, live_server):
    options = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}
    plain = browser.new_context(storage_state=desk.context.storage_state(), **options)
    page = plain.new_page()
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    expect(page.locator("#id_image")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    plain.close()
