"""What the checks of paths, comparisons and the question bank find."""

import pytest
from django.utils import timezone

from articles import checking, documents, publishing
from articles.checks.found import Level
from articles.checks.sourced import unsourced
from comparisons import balance
from comparisons.kinds import CLAIMS
from comparisons.models import QuestionBank
from tests.base import queries
from tests.comparisons.unfair import STOPS, gig_work, rate, ready, with_a_dead_question
from tests.makers import golden, make_article, make_comparison, make_path, publish

A, B, C = "a", "b", "c"


def path(pk, *, points=2, words=10, sources=2):
    return {
        "id": pk,
        "title": f"Path {pk}",
        "points": [{"label": "", "text": ""}] * points,
        "sections": [{"role": "introduction", "body": f"<p>{'word ' * words}</p>"}],
        "sources": [{}] * sources,
    }


def contrast(*paths, cells=None, points=()):
    return {
        "contenders": [{"id": f"c-{pk}", "path": pk, "understanding": ""} for pk in paths],
        "points": list(points),
        "differences": [{"id": "d", "aspect": "Pay", "cells": cells}] if cells is not None else [],
    }


# --- Room for each -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ({}, {}, []),
        ({"points": 3}, {"points": 2}, []),
        ({"points": 4}, {"points": 2}, ["“Path a” has 4 points, “Path b” 2"]),
        ({"words": 31}, {"words": 20}, ["“Path a” has 31 words, “Path b” 20"]),
        ({"sources": 1}, {"sources": 0}, ["“Path a” has 1 source, “Path b” none"]),
        ({"points": 0, "sources": 0}, {"points": 0, "sources": 0}, []),
        ({"points": 9}, {"words": 90}, ["“Path a” has 9 points", "“Path b” has 90 words"]),
    ],
)
def test_contenders_have_the_same_room(one, other, says):
    found = list(balance.balance(contrast(A, B), {A: path(A, **one), B: path(B, **other)}))
    assert [words in each.message for each, words in zip(found, says, strict=True)] == [True] * len(says)
    weaker = ("contenders", "c-a" if "“Path b” has" in says[-1] else "c-b") if says else None
    assert not says or (found[-1].place, found[-1].level) == (weaker, Level.WARNS)


def test_room_is_what_the_comparison_shows():
    point = {"path": B, "label": "One", "text": "two three", "sources": ["s", "s"]}
    whole = contrast(A, B, points=[point], cells={A: "", B: "four five six"})
    (words,) = balance.balance(whole, {A: path(A, points=3, sources=3), B: path(B)})
    assert words.message.startswith("“Path b” has 16 words, “Path a” 10")
    whole["contenders"][0]["understanding"] = f"<p>{'word ' * 20}</p>"
    assert list(balance.balance(whole, {A: path(A, points=3, sources=3), B: path(B)})) == []


def test_a_contender_that_nothing_is_known_of_is_left_out():
    assert list(balance.balance(contrast(A, B), {A: path(A)})) == []


def test_every_cell_of_a_difference_says_something():
    whole = contrast(A, B, C, cells={A: "well", B: " "})
    found = list(balance.cells(whole, {B: path(B)}))
    assert [each.place for each in found] == [
        ("differences", "d", "cells", B),
        ("differences", "d", "cells", C),
    ]
    assert "nothing of “Path b”" in found[0].message
    assert "nothing of one of the contenders" in found[1].message


def test_claims_without_a_source_are_found_row_by_row():
    row = {"id": "r", "label": "Pay", "sources": []}
    cited = {"id": "s", "label": "Fees", "sources": ["q"]}
    rating = {"id": "t", "question": "x", "sources": []}
    whole = {"points": [row, cited], "facts": [row], "ratings": [rating, rating | {"question": "y"}]}
    found = list(unsourced(whole, CLAIMS, {"x": "How much?"}))
    assert [(each.level, each.message.partition(" has")[0]) for each in found] == [
        (Level.INFORMS, "The point “Pay”"),
        (Level.WARNS, "The fact “Pay”"),
        (Level.WARNS, "The rating “How much?”"),
        (Level.WARNS, "The rating"),
    ]
    assert found[2].place == ("ratings", "t", "sources")


# --- Decision forms ----------------------------------------------------------------------------------


def found_in(article, level):
    holds = checking.holds(documents.compose(article), timezone.now())
    return [each for each in holds if each.level is level]


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("name", STOPS)
def test_what_the_gate_stops_is_found_before(name):
    change, message = STOPS[name]
    stops = found_in(ready(change), Level.STOPS)
    assert any(message in each.message for each in stops)
    assert {each.place[0] for each in stops} <= {"contenders", "questions", "examples"}


@pytest.mark.django_db
@pytest.mark.any_database
def test_a_path_is_told_what_it_would_do_to_forms_that_are_live():
    golden()
    with_a_dead_question(None)
    (stop,) = found_in(gig_work(), Level.STOPS)
    assert stop.message.startswith("In “Microtask gig work vs Remote project management”: “How much project")
    rating = documents.compose(gig_work())["ratings"][4]
    assert stop.place == ("ratings", rating["id"])


@pytest.mark.django_db
@pytest.mark.any_database
def test_the_drafts_of_paths_stand_in_for_what_is_not_live():
    comparison = golden(published=False)
    paths = list(comparison.paths.order_by("title"))
    for each in (QuestionBank.objects.get(), *paths):
        publishing.record(each, by=None)
    rate(q1={"rationale": ""})(comparison)
    assert found_in(comparison, Level.STOPS) == []  # not recorded yet
    publishing.record(paths[0], by=None)
    (stop,) = found_in(comparison, Level.STOPS)
    assert "has no rationale" in stop.message


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_is_quoted_or_no_longer_holds_is_not_looked_at_for_its_words():
    source = {"publisher": "A bureau", "title": "A guaranteed table", "passage": "Always guaranteed."}
    correction = {
        "corrected_on": "2026-11-23",
        "was": "It is guaranteed.",
        "now": "It varies.",
        "why": "Wrong.",
    }
    article = make_article(sources=[source], corrections=[correction])
    names = {each.check for each in checking.found(documents.compose(article), timezone.now())}
    assert "absolutes" not in names


@pytest.mark.django_db
def test_what_stands_around_is_read_with_few_queries():
    comparison = make_comparison(*(publish_path(f"Path {name}") for name in "abcd"), title="All four")
    document = documents.compose(comparison)
    with queries() as ran:
        checking.found(document, timezone.now())
    assert len(ran) <= 4, ran


def publish_path(title):
    found = make_path(title)
    publish(found)
    return found
