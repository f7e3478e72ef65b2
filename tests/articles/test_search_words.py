"""Words by their language, their beginnings, what may have been meant, what is suggested."""

import time

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import documents, kinds, publishing
from articles.models import Publication, Word
from articles.search import letters, searching, words
from articles.search.excerpts import excerpt, marked
from articles.search.facets import Chosen, Value
from articles.search.searching import Results, search, suggest
from articles.search.spelling import as_written
from articles.search.terms import Term, fold, terms, text_of
from tests.articles.test_search import article, titles
from tests.base import queries, soon
from tests.makers import embedded, make_article, make_comparison, make_path, make_tag, publish

pytestmark = pytest.mark.django_db


def meant(query):
    return search(query, timezone.now()).meant


def suggested(query):
    return [each.title for each in suggest(query, timezone.now())]


# --- Languages --------------------------------------------------------------------------------------


def test_german_documents_are_found_by_german_inflections():
    article("Bücher führen", "Häuser und Verträge", language="de")
    for query in ("Haus", "hauses", "Vertrag", "Verträgen", "Buch"):
        assert titles(query) == ["Bücher führen"], query


def test_english_inflections_are_none_in_german():
    article("Jobs", "negotiated", language="de")
    assert titles("negotiating") == []
    article("Work", "negotiates")
    assert titles("negotiating") == ["Work"]


@pytest.mark.parametrize("query", ["cafe", "café", "CAFÉ", "cafe\u0301"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_diacritics_make_no_difference(query, language):
    article("Ein Café", language=language)
    assert titles(query) == ["Ein Café"]


def test_what_a_language_leaves_out_is_not_asked_of_it():
    article("War and peace", "a novel")
    article("Of the novel", "nothing else")
    assert titles("war") == ["War and peace"]
    assert titles("of the novel")[0] == "Of the novel"
    assert "War and peace" in titles("war novel")


def test_words_of_two_paragraphs_are_two():
    body = [{"role": "body", "heading": "Text", "body": "<p>roses</p><p>tulips &amp; <em>li</em>lies</p>"}]
    publish(make_article("Flowers", sections=body, summary="Of plants."))
    for query in ("rose", "tulip", "lily"):
        assert titles(query) == ["Flowers"], query
    assert search("rose", timezone.now()).hits[0].excerpt == "Text. <mark>roses</mark> tulips &amp; lilies"


# --- Beginnings -------------------------------------------------------------------------------------


def test_the_last_word_may_be_begun_only():
    article("Bookkeeping for bakers", "negotiating contracts")
    for query in ("bookk", "negotiatin", "bakers bookkee", "contracts negotia"):
        assert titles(query) == ["Bookkeeping for bakers"], query
    assert titles("bookk bakers") == []


def test_an_inflection_is_marked_as_it_stands_there():
    article("Title", "Before &lt;b&gt; they <strong>negotiated</strong>.", summary="Nothing")
    found = search("negotiating", timezone.now()).hits[0]
    assert "&lt;b&gt; they <mark>negotiated</mark>." in found.excerpt
    assert found.title == "Title"


def test_titles_are_marked_and_escaped():
    article("Gardens <b> & roses")
    assert search("garden", timezone.now()).hits[0].title == "<mark>Gardens</mark> &lt;b&gt; &amp; roses"


def test_an_excerpt_stands_where_most_of_the_words_are():
    text = f"rose {'other ' * 100} rose and tulip {'other ' * 100}"
    found = excerpt("Summary", text, [Term("rose", spelled=("rose",)), Term("tulip", spelled=("tulip",))])
    assert "<mark>rose</mark> and <mark>tulip</mark>" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 320


@pytest.mark.parametrize("text", ["", "İ" * 500 + " rose", "rose", "x" * 5000, "\u202e rose"])
def test_an_excerpt_is_made_of_any_text(text):
    assert ("<mark>rose</mark>" in excerpt("", text, [Term("rose")])) == ("rose" in text)


def test_short_words_are_marked_only_among_themselves():
    assert marked("a rose", [Term("a"), Term("rose")]) == "a <mark>rose</mark>"
    assert marked("a rose", [Term("a")]) == "<mark>a</mark> rose"


def test_words_are_folded_and_few():
    assert terms("Über-Straße, ÜBER 24h") == ["uber", "straße", "24h"]
    assert fold("ﬁne") == "fine"
    assert len(terms(" ".join(f"w{number}" for number in range(100)))) == 12


# --- Did you mean -----------------------------------------------------------------------------------


@pytest.mark.parametrize("trigrams", [True, False])
@pytest.mark.parametrize(
    ("query", "answer"),
    [("tutring", "tutoring"), ("onlien tutring", "online tutoring"), ("bokkeeping", "bookkeeping")],
)
def test_what_is_written_nearly_so_is_offered(monkeypatch, query, answer, trigrams):
    monkeypatch.setattr(words, "has_trigrams", lambda: trigrams)
    article("Online tutoring")
    article("Freelance bookkeeping")
    assert meant(query).lower() == answer


def test_what_is_offered_is_written_as_it_is_within_a_sentence():
    assert as_written(["sein", "buchhaltung"], ["Buchhaltung: Sein eigener Chef sein."]) == [
        "sein",
        "buchhaltung",
    ]
    assert as_written(["buchhaltung"], ["Wer Buch\u00adhaltung kann, …"]) == ["Buchhaltung"]
    assert as_written(["work", "uber", "x"], ["Remote Work is work. Not Über, but über."]) == [
        "work",
        "über",
        "x",
    ]
    assert as_written(["rosa", "und", "Rosa"], ["Frau Rosa und ich."]) == ["Rosa", "und", "Rosa"]
    assert as_written(["wort"], ["Ende. „Wort“ und (Wort)."]) == ["Wort"]
    assert as_written(["word"], ["The end. “Word,” they said."]) == ["word"]
    article("Was Buchhalter verdienen", "Was die Prüfung kostet.", language="de")
    assert meant("buchhaltr prufung") == "Buchhalter Prüfung"


def test_how_a_word_is_written_is_soon_found_out_in_a_long_text():
    began = time.process_time()
    for words_of in ("The work of the people. ", "Work. ", "Work Work" + " " * 100):
        text = words_of * (480_000 // len(words_of))
        as_written(["the", "work"], [text])
    assert time.process_time() - began < 0.8


def test_nothing_is_offered_for_words_that_are_right_where_a_search_was_narrowed():
    article("Modest pay")
    publish(make_path("Moves abroad"))
    paths = Chosen(kind="career-path")
    assert search("modest", timezone.now(), chosen=paths) == Results()
    assert search("movess", timezone.now(), chosen=paths).meant.lower() == "moves"


def test_nothing_is_offered_where_something_was_found_or_nothing_is_like_it():
    article("Online tutoring")
    assert meant("tutoring") == ""
    assert meant("zzzzqqqq") == ""
    assert meant("%_%") == ""


def test_what_is_not_live_is_not_offered():
    gone = article("Clandestine lanterns")
    publishing.withdraw(gone, by=None)
    publishing.schedule(make_article("Surreptitious lanterns"), by=None, at=soon())
    assert Word.objects.filter(word="clandestine").exists()
    for query in ("clandestin", "clandestinee", "surreptitius", "lanternes"):
        assert meant(query) == "", query
        assert suggested(query) == [], query


# --- Suggestions ------------------------------------------------------------------------------------


def test_titles_are_suggested_that_have_the_words_the_last_begun():
    article("Online tutoring", "lantern")
    publish(make_path("Tutoring at home"))
    article("Of something else", "tutoring")
    assert set(suggested("tut")) == {"Online tutoring", "Tutoring at home"}
    assert suggested("online tu") == ["Online tutoring"]
    assert suggested("lantern") == []
    assert suggested("") == suggested("!?") == []


def test_six_are_suggested_the_newest():
    for number in range(8):
        article(f"Lantern {number}")
    assert suggested("lant") == [f"Lantern {number}" for number in range(7, 1, -1)]


def test_suggestions_are_few_words_and_few_queries(client):
    article("Online tutoring")
    client.get("/search/suggestions/", {"q": "tut"})
    with queries() as ran:
        response = client.get("/search/suggestions/", {"q": "tut"})
    assert response.json() == {
        "suggestions": [{"title": "Online tutoring", "kind": "Article", "url": "/articles/online-tutoring/"}]
    }
    assert not response.cookies
    assert len(ran) <= 4


# --- Facets -----------------------------------------------------------------------------------------


@pytest.fixture
def gardens():
    pay, home = make_tag("Pay"), make_tag("Home")
    article("Garden one", tags=[embedded(pay), embedded(home)])
    article("Garden two", tags=[embedded(pay)], authors=("Bob Writer",))
    paths = [make_path("Garden path"), make_path("Lawn path")]
    publish(make_comparison(*paths), with_required=True)


def test_facets_count_what_hits_have_the_most_frequent_first(gardens):
    found = search("garden", timezone.now()).facets
    assert found["kind"] == [
        Value("article", "article", 2),
        Value("career-path", "career path", 1),
        Value("comparison", "comparison", 1),
    ]
    assert found["tag"] == [Value("pay", "Pay", 2), Value("home", "Home", 1)]
    assert {(value.slug, value.count) for value in found["path"]} == {("garden-path", 1), ("lawn-path", 1)}
    assert found["author"] == [Value("ann-author", "Ann Author", 3), Value("bob-writer", "Bob Writer", 1)]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"tag": "pay"}, {"Garden one", "Garden two"}),
        ({"tag": "pay", "author": "bob-writer"}, {"Garden two"}),
        ({"path": "lawn-path"}, {"Garden path vs Lawn path"}),
        ({"kind": "career-path"}, {"Garden path"}),
        ({"kind": "career-path", "tag": "pay"}, set()),
        ({"tag": "nothing"}, set()),
        ({"author": "'; --"}, set()),
    ],
)
def test_a_search_is_narrowed_by_what_hits_have(gardens, chosen, expected):
    assert set(titles("garden", chosen=Chosen(**chosen))) == expected


@pytest.mark.parametrize("few", [0, 3000])
@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"tag": "pay"}, 2),
        ({"tag": "pay", "author": "bob-writer"}, 1),
        ({"tag": "home", "kind": "article"}, 1),
    ],
)
def test_what_very_many_have_narrows_a_search_as_well(monkeypatch, gardens, few, chosen, expected):
    monkeypatch.setattr("articles.search.facets.FEW", few)
    assert search("garden", timezone.now(), chosen=Chosen(**chosen)).count == expected


def test_a_renamed_tag_narrows_by_its_old_name_as_well(gardens):
    tag = make_tag("Pay")
    tag.slug = "wages"
    tag.save()
    assert set(titles("garden", chosen=Chosen(tag="wages"))) == {"Garden one", "Garden two"}
    assert titles("garden", chosen=Chosen(tag="wages")) == titles("garden", chosen=Chosen(tag="pay"))


# --- Kept with what is published --------------------------------------------------------------------


def test_a_publication_that_is_not_stored_leaves_no_words():
    with transaction.atomic():
        article("Lantern")
        transaction.set_rollback(True)
    assert not Word.objects.filter(word="lantern").exists()
    assert titles("lantern") == []


def test_a_text_that_is_rendered_anew_is_found_by_its_new_words():
    article("Lantern")
    Publication.objects.update(search_text="an old word", rendered_with="older")
    assert titles("word") == ["Lantern"]
    call_command("rebuild_pages", verbosity=0)
    assert titles("word") == []
    assert titles("prose") == ["Lantern"]


def test_what_a_search_goes_by_can_be_made_anew(capsys):
    article("Negotiating lanterns")
    before = set(Word.objects.values_list("word", "language", "stem", "titled"))
    Word.objects.all().delete()
    call_command("rebuild_search")
    assert "The search knows 1 publications." in capsys.readouterr().out
    assert set(Word.objects.values_list("word", "language", "stem", "titled")) == before
    assert titles("negotiate") == ["Negotiating lanterns"]
    assert meant("lantrens") == "lanterns"


def test_what_is_published_while_it_is_made_anew_is_found_as_well(monkeypatch):
    article("Lantern")

    def wait_while_something_is_published():
        article("Overtaken", "harbour")

    monkeypatch.setattr(searching, "take_turn", wait_while_something_is_published)
    assert searching.rebuild() == 2
    assert (titles("overtaken"), titles("harbour"), titles("lantern")) == (
        ["Overtaken"],
        ["Overtaken"],
        ["Lantern"],
    )


def test_a_word_is_learnt_once_and_known_as_one_of_a_title_later():
    article("Something", "lantern")
    assert not Word.objects.get(word="lantern").titled
    article("Lantern", "lantern lantern")
    assert Word.objects.get(word="lantern").titled


# --- The text that is searched ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h3>At last</h3><p>Done.</p>", "At last. Done."),
        ("<h3>Why?</h3><p>So.</p>", "Why? So."),
        ("<h4><strong>Bold</strong></h4><p>So.</p>", "Bold. So."),
        ("<h3>R &amp; D</h3><h3></h3><p>So.</p>", "R & D. So."),
        ("<h3>R&amp;</h3>", "R&."),
        ("<p>No heading</p><p>at all</p>", "No heading at all"),
    ],
)
def test_a_heading_is_a_sentence_of_its_own(html, text):
    assert text_of(html) == text


def test_headings_and_labels_do_not_run_into_what_follows():
    points = [
        {"side": "pro", "label": "Flexible", "text": "It fits."},
        {"side": "con", "label": "Pay!", "text": "Low."},
    ]
    sections = [{"role": "introduction", "heading": "About", "body": "<h3>Why</h3><p>Because.</p>"}]
    platforms = [{"name": "Market", "type": "marketplace", "text": "A place."}]
    path, other = make_path("One", points=points, sections=sections, platforms=platforms), make_path("Two")
    cells = {str(path.pk): "weekly", str(other.pk): "monthly."}
    comparison = make_comparison(path, other, differences=[{"aspect": "Pay", "cells": cells}])
    texts = [kinds.get(each.kind).search_text(documents.compose(each)) for each in (path, comparison)]
    assert [" ".join(text.split()) for text in texts] == [
        "About. Why. Because. Flexible. It fits. Pay! Low. Market. A place.",
        "About One vs Two. One vs Two begins here. Pay. weekly. monthly.",
    ]


@pytest.mark.postgres
def test_a_database_that_takes_letters_for_signs_is_warned_of(monkeypatch):
    assert letters.check(databases=["default"]) == []
    monkeypatch.setattr(letters, "KNOWS", """SELECT 'ß' COLLATE "C" ~ '[[:alnum:]]'""")
    assert [found.id for found in letters.check(databases=["default"])] == ["articles.W001"]
    assert letters.check(databases=None) == []
