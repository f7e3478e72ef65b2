"""How a page looks in search results, and which titles and summaries don't fit there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checks.found import Level
from articles.checks.search_results import cut, duplicates, lengths, snippet
from articles.checks.surroundings import Namesake, Surroundings
from tests.articles.test_checks import NOW


def test_a_result_is_cut_between_words():
    url = "https://example.org/compare/gig-work-vs-tutoring/"
    title = "Microtask gig work vs remote project management, side by side"
    found = snippet(title, "Short.", url, "Careersite")
    assert found.title == "Microtask gig work vs remote project management, side by …"
    assert (found.address, found.description) == ("example.org › compare › gig-work-vs-tutoring", "Short.")
    assert snippet("Tutoring", "", url, "Careersite").title == "Tutoring – Careersite"


@given(st.text(), st.integers(5, 80))
def test_what_is_cut_begins_the_text_and_fits(text, shown):
    found, whole = cut(text, shown), " ".join(text.split())
    assert len(found) <= shown
    assert found == whole or whole.startswith(found.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("title", "summary", "found"),
    [
        ("How to read a pay figure", "x" * 160, []),
        ("x" * 60, "x" * 50, []),
        ("x" * 61, "x" * 161, [("title", Level.WARNS), ("summary", Level.INFORMS)]),
        ("Pay", "x" * 49, [("title", Level.INFORMS), ("summary", Level.INFORMS)]),
        ("How to read a pay figure", "", []),  # that one stops publication
    ],
)
def test_lengths(title, summary, found):
    assert [(each.place[0], each.level) for each in lengths({"title": title, "summary": summary})] == found


def test_others_with_the_same_title_are_named():
    around = Surroundings(NOW, namesakes=(Namesake("article", "pay"), Namesake("career path", "pay-2")))
    (found,) = duplicates({"title": "Pay"}, around)
    assert found.message.startswith("The article “pay”, the career path “pay-2” have the same title.")
    assert (found.place, list(duplicates({}, Surroundings(NOW)))) == (("title",), [])
