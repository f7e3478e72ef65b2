"""Full-text search: the same behaviour on both databases, and no input that breaks it."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import documents, publishing
from articles.search.facets import Chosen
from articles.search.searching import search, suggest
from articles.search.terms import terms
from tests.base import queries, soon
from tests.makers import make_article, make_bank, make_path, publish

pytestmark = pytest.mark.django_db


def titles(query, moment=None, **options):
    return [hit.publication.title for hit in search(query, moment or timezone.now(), **options).hits]


def article(title, words="Prose.", **parts):
    body = [{"role": "body", "heading": "Text", "body": f"<p>{words}</p>"}]
    made = make_article(title, sections=body, **parts)
    publish(made)
    return made


def test_all_words_must_be_there():
    article("Gardening", "roses and tulips")
    article("Botany", "roses only")
    assert titles("roses tulips") == ["Gardening"]


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200c", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_part_no_word(sign):
    article("Gardening", f"roses and chrysan{sign}themums")
    article(f"Rhodo{sign}dendrons", "shrubs")
    assert titles("chrysanthemums") == titles(f"chry{sign}santhemums") == ["Gardening"]
    assert titles(f"{sign}roses{sign}") == ["Gardening"]
    assert titles("rhododendrons") == titles(f"rho{sign}dodendrons") == [f"Rhodo{sign}dendrons"]
    marked = search("rhododendrons", timezone.now()).hits[0].title
    assert marked == f"<mark>Rhodo{sign}dendrons</mark>"


def test_an_accent_by_itself_parts_no_word():
    """As it is in texts that were copied from some documents."""
    article("Die Pru\u0308fung", "eine Gebu\u0308hr", summary="Nichts.", language="de")
    article("Die Prüfung im Mai", "eine Gebühr", language="de")
    for query in ("prüfung", "pru\u0308fung", "gebu\u0308hr", "Gebühr"):
        assert len(titles(query)) == 2, query
    found = search("prüfung", timezone.now()).hits
    assert {hit.title for hit in found} == {
        "Die <mark>Pru\u0308fung</mark>",
        "Die <mark>Prüfung</mark> im Mai",
    }


def test_inflections_match():
    article("Managing teams", "negotiating contracts")
    assert titles("manage") == ["Managing teams"]
    assert titles("contract negotiation") == ["Managing teams"]


def test_a_word_in_the_title_counts_more_than_one_in_the_text():
    article("On gardens", "about tutoring " + "and much else " * 20)
    article("Tutoring", "about gardens " + "and much else " * 20)
    assert titles("tutoring") == ["Tutoring", "On gardens"]


def test_points_and_platforms_of_a_path_are_found():
    publish(make_path("Gig work", platforms=[{"name": "Clickworker", "text": "A marketplace."}]))
    assert titles("clickworker") == ["Gig work"]


def test_only_what_is_live_at_the_moment_is_found():
    article("Present")
    gone = article("Withdrawn present")
    publishing.withdraw(gone, by=None)
    later = make_article("Present later")
    publishing.schedule(later, by=None, at=soon())
    make_article("Present draft")
    assert titles("present") == ["Present"]
    assert set(titles("present", soon(hours=2))) == {"Present", "Present later"}


def test_an_old_revision_is_not_found():
    changed = article("Old words")
    documents.restore(documents.compose(changed) | {"title": "New words", "summary": "New."})
    publish(changed)
    assert titles("old") == []
    assert titles("new") == ["New words"]


def test_what_has_no_page_is_not_found():
    publish(make_bank())
    assert titles("question") == []


def test_a_kind_can_be_chosen():
    article("Tutoring as an article")
    publish(make_path("Tutoring as a path"))
    assert titles("tutoring", chosen=Chosen(kind="career-path")) == ["Tutoring as a path"]


def test_results_have_pages():
    for number in range(5):
        article(f"Lantern {number}")
    assert len(titles("lantern", limit=2)) == 2
    assert len(titles("lantern", limit=2, offset=4)) == 1


def test_an_excerpt_marks_the_words_and_escapes_the_rest():
    article("Title", "before &lt;script&gt; roses are red", summary="Nothing here")
    found = search("rose", timezone.now()).hits[0].excerpt
    assert "<mark>roses</mark>" in found
    assert "<script>" not in found


def test_no_words_find_nothing_and_ask_nothing():
    with queries() as found:
        assert titles("  … !? ") == []
    assert found == []


def test_a_search_costs_few_queries():
    article("One")
    titles("one")  # PostgreSQL says once what it makes of a word
    with queries() as found:
        titles("one")
    assert len(found) == 5


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "a AND",
        "NEAR(",
        "title:x",
        "*",
        "a*",
        "-a",
        "a OR b",
        "^a",
        "&|!():*",
        "\\",
        "%s %(x)s",
        "x" * 10_000,
        "--",
        "; DROP TABLE articles_article",
        "<->",
        "\x01",
        "\u202e",
        "a\x00b",
        "🙂",
        "Ω≈ç",
    ],
)
def test_nothing_a_reader_types_is_syntax(client, query):
    article("One")
    assert client.get("/search/", {"q": query}).status_code == 200
    titles(query)


SYNTAX = st.lists(
    st.sampled_from(
        [
            *"\"'()*:&|!<>^-+~%@#{}\\\x00\ud800\udfffäßİ",
            "AND",
            "OR",
            "NOT",
            "NEAR",
            "title",
            "one",
            " ",
            "rüb",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=80) | SYNTAX | SYNTAX.map(lambda text: text * 300))
def test_no_text_breaks_a_search(query):
    search(query, timezone.now())
    suggest(query, timezone.now())
    assert len(terms(query)) <= 12
