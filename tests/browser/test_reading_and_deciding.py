"""A reader in a real browser: reads, decides with and without JavaScript, replies, on a phone and a desk."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from articles.comments import opened
from articles.models import Comment
from tests.browser.pages import violations
from tests.careersite.test_pages import PAGES, make_site
from tests.makers import (
    GOLDEN_ANSWERS,
    golden,
    golden_answers,
    make_comment,
    make_comparison,
    make_path,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/compare/microtask-gig-work-vs-remote-project-management/"
FOR_PROGRAMS = re.compile(r"/feed/|/oembed/|\.(xml|txt|md|csv)$|/suggestions/")
IN_A_FRAME = f"{ADDRESS}embed/"


@pytest.fixture
def comparison(live_server):
    comparison = golden()
    make_comment(comparison)
    return comparison


@pytest.fixture
def plain_page(browser, browser_context_args):
    """Without JavaScript, on a phone."""
    context = browser.new_context(
        **browser_context_args | {"java_script_enabled": False, "viewport": {"width": 360, "height": 780}}
    )
    yield context.new_page()
    context.close()


def answer(page, comparison):
    for question, option in golden_answers(comparison).items():
        page.locator(f"input[name='question-{question}'][value='{option}']").check()


def test_a_reader_decides_without_javascript_on_a_phone(plain_page, comparison):
    plain_page.goto(ADDRESS)
    answer(plain_page, comparison)
    plain_page.locator("form[action$='decide/'] button[type=submit]").click()
    body = plain_page.locator("main")
    expect(body).to_contain_text("82.5")
    expect(body).to_contain_text("68.0")
    expect(body).to_contain_text(f"Based on {len(GOLDEN_ANSWERS)} of {len(GOLDEN_ANSWERS)} answers")


def test_a_reader_decides_with_the_keyboard_alone(page, comparison):
    page.goto(f"{ADDRESS}decide/")
    for question, option in golden_answers(comparison).items():
        choice = page.locator(f"input[name='question-{question}'][value='{option}']")
        choice.focus()
        page.keyboard.press("Space")
        expect(choice).to_be_checked()
    page.locator("form[action$='decide/'] button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("82.5")


def tab_to(page, target):
    """Press Tab until it has the focus, which must then be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return expect(target).not_to_have_css("outline-style", "none")
    raise AssertionError("The keyboard does not get there.")


def test_a_reader_finds_the_way_with_the_keyboard_alone(page, live_server):
    """To the part that the contents name, its address to copy, another comparison, and a topic."""
    make_site.__wrapped__()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(ADDRESS)
    tab_to(page, page.locator(".skip"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".contents a[href='#at-a-glance']"))
    page.keyboard.press("Enter")
    expect(page.locator("#at-a-glance")).to_be_in_viewport()
    tab_to(page, page.locator("#at-a-glance .anchor"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="The address is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}{ADDRESS}#at-a-glance"
    page.goto("/careers/microtask-gig-work/")
    tab_to(page, page.get_by_label("Compare with"))
    page.keyboard.type("Remote")
    tab_to(page, page.locator(".compare-with button"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ADDRESS}")
    page.goto("/articles/")
    tab_to(page, page.locator(".topics a[href='?tag=remote-work']"))
    page.keyboard.press("Enter")
    expect(page.locator(".topics [aria-current]")).to_have_text("Remote work")


def test_the_contents_tick_what_lies_behind_and_nothing_before_it(page, comparison):
    page.goto(ADDRESS)
    page.locator("#contender-1-points").evaluate("each => each.scrollIntoView()")
    expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#contender-1-points")
    marks = page.locator(".contents li").evaluate_all(
        "entries => entries.map(each => getComputedStyle(each, '::before').content.slice(1, 2))"
    )
    current = marks.index("→")
    assert current > 0
    assert marks == ["✓"] * current + ["→"] + ["o"] * (len(marks) - current - 1)  # of "none"


def test_nothing_is_chosen_before_the_reader_chooses(page, comparison):
    page.goto(f"{ADDRESS}decide/")
    assert page.locator("input[type=radio]:checked").count() == 0


def test_a_reply_is_looked_at_once_more_taken_in_and_waits(plain_page, comparison, monkeypatch):
    plain_page.goto(ADDRESS)
    plain_page.locator("input[name=name]").fill("Ada")
    plain_page.locator("textarea[name=text]").fill("I chose the middle way.")
    plain_page.locator("form[action$='replies/'] button[type=submit]").click()
    expect(plain_page.locator("main")).to_contain_text("Look at your reply once more")
    monkeypatch.setattr(opened, "SOONEST", opened.SOONEST * 0)  # nobody waits for three seconds here
    plain_page.wait_for_timeout(1100)
    plain_page.locator("form[action$='replies/'] button[type=submit]").click()
    expect(plain_page.locator("main")).to_contain_text("waiting for approval")
    assert Comment.objects.get(name="Ada").status == Comment.Status.WAITING


def addresses(client, comparison):
    """One page of each kind; the address of a result is made of answers."""
    answers = {f"question-{pk}": option for pk, option in golden_answers(comparison).items()}
    result = client.post(f"{ADDRESS}decide/", answers)["Location"]
    return [
        *(each for each in PAGES if not FOR_PROGRAMS.search(each)),
        result,
        "/articles/no/",
        "/compare/?more=yes",
    ]


def test_pages_of_every_kind_are_accessible_and_fit(page, live_server, client):
    """A desk of 1280 px is 640 px wide at 200 %, and 320 px at 400 %."""
    for address in addresses(client, make_site.__wrapped__()):
        page.goto(address)
        for width in (1280, 640, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert violations(page) == [], address


@pytest.mark.parametrize("language", ["en", "de"])
def test_letters_of_twice_the_size_fit_the_smallest_screen(
    browser, browser_context_args, live_server, client, language
):
    context = browser.new_context(
        **browser_context_args | {"locale": language, "viewport": {"width": 320, "height": 800}}
    )
    page = context.new_page()
    for address in addresses(client, make_site.__wrapped__()):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    context.close()


def test_many_sources_of_one_claim_fit_a_phone(plain_page, live_server):
    source = {"publisher": "A publisher", "title": "A report"}
    sources = [source | {"id": str(uuid4())} for _ in range(30)]
    cited = {"side": "pro", "label": "Known", "sources": [each["id"] for each in sources]}
    con = {"side": "con", "label": "Dear", "text": "It costs."}
    publish(make_path(points=[cited | {"text": "It is said."}, con], sources=sources))
    plain_page.goto("/careers/microtask-gig-work/")
    notes = plain_page.locator(".notes").bounding_box()
    assert notes["x"] + notes["width"] <= 360


def test_a_number_of_a_source_says_whether_its_list_is_on_another_page(page, live_server):
    source = {"id": str(uuid4()), "publisher": "A publisher", "title": "A report"}
    cited = {"label": "Known", "text": "It is said.", "sources": [source["id"]]}
    points = [{"side": side} | cited for side in ("pro", "con")]
    paths = make_path(points=points, sources=[source]), make_path("Remote management")
    publish(make_comparison(*paths), with_required=True)
    for address in ("/careers/microtask-gig-work/", "/compare/microtask-gig-work-vs-remote-management/"):
        page.goto(address)
        number = page.get_by_role("link", name="Source 1: A publisher").first
        shown = number.evaluate("each => getComputedStyle(each, '::after').content")
        assert ("↗" in shown) is address.startswith("/compare/")


def test_a_list_of_one_kind_does_not_say_before_each_which(page, live_server):
    make_site.__wrapped__()
    for address, shown in (("/compare/", False), ("/articles/", False), ("/tags/remote-work/", True)):
        page.goto(address)
        expect(page.locator(".card .kind").first).to_be_visible(visible=shown)


@pytest.mark.parametrize(("number", "in_a_row"), [(3, 3), (4, 2), (5, 3)])
def test_four_comparisons_stand_two_and_two(page, live_server, number, in_a_row):
    paths = [make_path(f"Path {letter}") for letter in "ABCDEF"[: number + 1]]
    for path in paths:
        publish(path)
    for path in paths[1:]:
        publish(make_comparison(paths[0], path))
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/")
    cards = page.locator(".cards-featured > .card")
    tops = cards.evaluate_all("each => each.map(card => card.getBoundingClientRect().y)")
    assert (len(tops), tops.count(tops[0])) == (number, in_a_row)


def test_a_short_page_begins_where_a_long_one_does(page, live_server):
    heights = []
    for address in ("/", "/articles/", "/how-we-decide/"):
        page.goto(address)
        heights.append(page.locator("main").bounding_box()["y"])
        if address != "/how-we-decide/":
            end = page.locator(".colophon").bounding_box()
            assert end["y"] + end["height"] == page.viewport_size["height"]
    assert len(set(heights)) == 1


def test_a_page_from_right_to_left_is_the_same_the_other_way_round(page, live_server, client, settings):
    """In a language that has no words of its own here, so that the direction alone differs."""
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("ar", "Arabic")], "ar"
    for address in addresses(client, make_site.__wrapped__()):
        page.goto(address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            if address == IN_A_FRAME:
                continue
            brand = page.locator(".masthead .brand").bounding_box()
            assert brand["x"] + brand["width"] > width / 2, (address, width)
    page.goto(ADDRESS)
    middle = "each => { const box = each.getBoundingClientRect(); return box.x + box.width / 2 }"
    letter = page.locator(".lanes text").first.evaluate(middle)
    assert letter > page.locator(".lanes .lane").first.evaluate(middle)  # near the start
