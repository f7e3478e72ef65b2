"""Readers' pages in circumstances of their own: words of any length, a system's colours, paper."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from articles import documents
from comparisons.models import CareerPath
from tests.makers import article_document, golden, golden_answers, make_comparison, make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/compare/microtask-gig-work-vs-remote-project-management/"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsstellvertreterausbildung"
OUTSIDE = """() => [...document.querySelectorAll("main *")]
    .filter((each) => !each.closest("[hidden], .visually-hidden, .website"))
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((each) => each.outerHTML.slice(0, 60))"""


@pytest.fixture
def comparison(live_server):
    return golden()


def result(client, comparison, address=ADDRESS):
    answers = {f"question-{pk}": option for pk, option in golden_answers(comparison).items()}
    return client.post(f"{address}decide/", answers)["Location"]


def long_words(comparison):
    """Everything that is named has one word that is wider than a phone."""
    for path in comparison.paths.all():
        publish(documents.restore(documents.compose(path) | {"title": f"{LONG} in {path.title}"}))
    contenders = [str(pk) for pk in comparison.paths.values_list("pk", flat=True)]
    differences = [{"aspect": LONG, "cells": dict.fromkeys(contenders, f"{LONG}, {LONG}")}]
    document = documents.compose(comparison) | {"title": LONG, "language": "de", "differences": differences}
    publish(documents.restore(document))


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_word_is_too_long_for_a_page(page, client, comparison, width):
    long_words(comparison)
    path = CareerPath.objects.first()
    page.set_viewport_size({"width": width, "height": 800})
    made = result(client, comparison)
    form = [f"{ADDRESS}decide/", f"{made}?rating-0-0=50"]
    for address in (ADDRESS, f"{ADDRESS}embed/", f"/careers/{path.slug}/", "/careers/", "/", made, *form):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(OUTSIDE) == [], address


def test_the_result_so_far_leaves_a_phone_to_the_question(page, comparison):
    """In German as well, whose words are longer, and however long the names are."""
    long_words(comparison)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{ADDRESS}decide/")
    for _ in range(2):
        page.locator("fieldset[data-current] .option").first.click()
        page.locator("[value=next]").click()
    buttons = page.locator(".steps button:visible").evaluate_all("all => all.map((each) => each.offsetTop)")
    assert len(buttons) == 3
    assert len(set(buttons)) == 1, "one row"
    assert page.locator(".decide-end").bounding_box()["height"] < 740 * 0.35


@pytest.mark.parametrize("contenders", [3, 4])
def test_a_table_of_many_contenders_stays_within_the_page(page, live_server, contenders):
    paths = [make_path(f"{LONG} {place}") for place in range(contenders)]
    publish(make_comparison(*paths, title="Many", slug="many"), with_required=True)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/compare/many/", "/compare/many/embed/"):
            page.goto(address)
            assert page.evaluate(OUTSIDE) == [], (address, width)


def test_what_is_chosen_is_told_in_the_colours_of_the_system(new_context, live_server, comparison):
    publish(documents.restore(article_document("article", "One", tags=[])))
    page = new_context(forced_colors="active").new_page()
    page.goto(f"{live_server.url}/careers/")
    here, *others = page.locator(".menu a").evaluate_all(
        """all => all.sort((a) => a.matches("[aria-current]") ? -1 : 1)
            .map((each) => getComputedStyle(each).borderBottomColor)"""
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert set(others) != {here}, ground


def test_a_result_on_paper_has_its_address_and_nothing_to_press(page, client, comparison):
    page.goto(result(client, comparison))
    page.emulate_media(media="print")
    for selector in ("#try", "#keep input", ".button"):
        assert not page.locator(f".result {selector}").first.is_visible(), selector
    shown = page.locator("#keep .field").evaluate("each => getComputedStyle(each, '::after').content")
    assert shown.strip('"').endswith(urlsplit(page.url).path)


def test_a_path_on_paper_asks_for_nothing(page, comparison):
    page.goto("/careers/microtask-gig-work/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for form in page.locator("form").all():
        expect(form).to_be_hidden()


def test_paper_is_never_dark(page, comparison):
    page.goto(ADDRESS)
    page.emulate_media(media="print", color_scheme="dark")
    alert = "getComputedStyle(document.documentElement).getPropertyValue('--alert')"
    assert page.evaluate(alert) == "#a3201d"


def test_digits_of_scores_and_facts_stand_on_one_line(page, client, comparison):
    for address, selector in ((result(client, comparison), ".score"), (ADDRESS, ".figure")):
        page.goto(address)
        first = page.locator(selector).first
        numbers = first.evaluate("each => getComputedStyle(each).fontVariantNumeric")
        assert numbers == "lining-nums tabular-nums", selector
