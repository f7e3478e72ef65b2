"""Compose, restore into an empty database, compose: byte by byte the same, on random documents."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import documents
from articles.models import Article, Author, Byline, Publication, Revision, Tag
from comparisons.models import CareerPath, Comparison, Contender, Point, QuestionBank, Rating

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
WORDS = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
TEXTS = st.one_of(st.just(""), WORDS)
SLUGS = st.uuids().map(lambda pk: f"s-{pk.hex[:12]}")
IDS = st.uuids(version=4).map(str)
DAYS = st.none() | st.dates().map(lambda day: day.isoformat())
AMOUNTS = st.decimals(0, 10**6, places=2).map(lambda amount: f"{amount.normalize():f}")
BODIES = st.lists(WORDS, max_size=3).map(lambda found: "".join(f"<p>{word}</p>" for word in found))


def listed(strategy, size=3):
    return st.lists(strategy, max_size=size)


@st.composite
def bases(draw, kind):
    author = {"id": draw(IDS), "name": draw(WORDS), "slug": draw(SLUGS), "expertise": draw(TEXTS)}
    return {
        "schema": 1,
        "kind": kind,
        "id": draw(IDS),
        "title": draw(WORDS),
        "slug": draw(SLUGS),
        "summary": draw(TEXTS),
        "language": draw(st.sampled_from(["en", "de"])),
        "reviewed_on": draw(DAYS),
        "authors": [author],
        "reviewer": draw(st.sampled_from([None, author])),
        "tags": draw(listed(st.fixed_dictionaries({"id": IDS, "name": SLUGS, "slug": SLUGS}))),
        "sources": draw(
            listed(
                st.fixed_dictionaries(
                    {"id": IDS, "publisher": WORDS, "title": WORDS, "passage": TEXTS, "retrieved_on": DAYS}
                )
            )
        ),
        "sections": draw(
            listed(
                st.fixed_dictionaries(
                    {
                        "role": st.sampled_from(["introduction", "body", "conclusion"]),
                        "heading": TEXTS,
                        "body": BODIES,
                    }
                )
            )
        ),
        "calls_to_action": draw(
            listed(st.fixed_dictionaries({"label": WORDS, "url": st.just("/x/"), "ends_on": DAYS}))
        ),
    }


@st.composite
def paths(draw, questions):
    document = draw(bases("career-path"))
    cited = (
        st.lists(st.sampled_from([s["id"] for s in document["sources"]]), unique=True)
        if document["sources"]
        else st.just([])
    )
    side = st.sampled_from(["pro", "con"])
    amounts = draw(listed(st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: sorted(pair, key=float))))
    return document | {
        "points": draw(
            listed(st.fixed_dictionaries({"side": side, "label": WORDS, "text": TEXTS, "sources": cited}))
        ),
        "platforms": draw(listed(st.fixed_dictionaries({"name": WORDS, "text": TEXTS}))),
        "facts": [{"label": "f", "low": low, "high": high, "sources": draw(cited)} for low, high in amounts],
        "ratings": [
            {
                "question": question,
                "value": draw(st.integers(0, 100)),
                "rationale": draw(TEXTS),
                "sources": draw(cited),
            }
            for question in questions
        ],
    }


@st.composite
def banks(draw):
    question = st.fixed_dictionaries(
        {
            "id": IDS,
            "slug": SLUGS,
            "prompt": WORDS,
            "shape": st.sampled_from(["near", "at_least", "at_most"]),
            "options": st.lists(WORDS, min_size=5, max_size=5, unique=True),
            "reversed": st.booleans(),
        }
    )
    criterion = st.fixed_dictionaries(
        {
            "slug": SLUGS,
            "name": WORDS,
            "swing": WORDS,
            "questions": st.lists(question, min_size=1, max_size=3),
        }
    )
    return draw(bases("question-bank")) | {"criteria": draw(listed(criterion))}


@st.composite
def sites(draw):
    """A bank, two paths and their comparison, in the order in which they can be restored."""
    bank = draw(banks())
    asked = [question["id"] for criterion in bank["criteria"] for question in criterion["questions"]]
    both = [draw(paths(asked)), draw(paths(asked))]
    ids = [path["id"] for path in both]
    comparison = draw(bases("comparison")) | {
        "contenders": [{"path": path, "understanding": draw(BODIES)} for path in ids],
        "points": [{"path": ids[0], "side": "con", "label": draw(WORDS)}],
        "differences": draw(
            listed(
                st.fixed_dictionaries(
                    {"aspect": WORDS, "cells": st.fixed_dictionaries(dict.fromkeys(ids, TEXTS))}
                )
            )
        ),
        "questions": asked[::-1],
    }
    return [bank, *both, comparison]


def emptied():
    Publication.objects.all().delete()
    Revision.objects.all().delete()
    Point.objects.all().delete()
    for model in (Contender, Rating, Comparison, CareerPath, QuestionBank, Article, Byline, Author, Tag):
        model.objects.all().delete()


@pytest.mark.django_db
class TestRoundTrip(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(sites())
    def test_compose_restore_compose_is_byte_identical(self, site):
        composed = [documents.compose(documents.restore(document)) for document in site]
        texts = [documents.canonical(document) for document in composed]
        emptied()
        again = [documents.canonical(documents.compose(documents.restore(document))) for document in composed]
        assert again == texts

    @settings(max_examples=25, deadline=None)
    @given(bases("article"))
    def test_an_absent_id_gets_a_new_one_and_the_same_document_twice_is_one_article(self, document):
        without = {key: value for key, value in document.items() if key != "id"}
        first = documents.restore(without | {"id": str(uuid4())})
        assert documents.restore(documents.compose(first)).pk == first.pk
        assert Article.objects.filter(slug=document["slug"]).count() == 1
