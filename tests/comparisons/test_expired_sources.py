"""A source that has expired: readers are told beside each claim, and verdicts are more careful."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from articles import documents, expiry, slots
from articles.models import Publication
from comparisons.models import QuestionBank
from tests.base import at, queries
from tests.makers import golden, golden_answers, make_comparison, publish

pytestmark = pytest.mark.django_db

LAST = date(2027, 3, 3)
VALID = datetime(2027, 3, 3, 23, 59, tzinfo=UTC)
EXPIRED = VALID + timedelta(minutes=2)
TOLD = "source expired 3 March 2027"
SLUG = "microtask-gig-work-vs-remote-project-management"


def source(**more):
    return {"id": str(uuid4()), "publisher": "A bureau", "title": "A table", "valid_until": str(LAST), **more}


@pytest.fixture
def comparison():
    """The worked example, in which everything that the first path claims rests on a source that ends."""
    comparison = golden()
    path = comparison.paths.get(slug="microtask-gig-work")
    document, bureau = documents.compose(path), source()
    for claim in (*document["points"], *document["facts"], *document["ratings"]):
        claim["sources"] = [bureau["id"]]
    documents.restore(document | {"sources": [bureau, source(title="Another", valid_until=None)]})
    publish(path)
    return comparison


def text(client, address, moment):
    with at(moment):
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()


def told(page):
    return len(re.findall(rf'<span class="expired">{TOLD}</span>', page))


@pytest.mark.parametrize(
    ("address", "claims"),
    [
        ("/careers/microtask-gig-work/", 4),  # two points, a fact, and the source itself
        (f"/compare/{SLUG}/", 3),
        ("/careers/remote-project-management/", 0),
    ],
)
def test_readers_are_told_beside_each_claim_from_the_day_after_the_last_on(
    client, comparison, address, claims
):
    before = text(client, address, VALID)
    assert told(before) == 0
    with queries() as ran:
        after = text(client, address, EXPIRED)
    assert told(after) == claims
    assert slots.SEPARATOR not in before + after
    assert len(ran) <= 4


def test_a_comparison_tells_of_its_own_sources_beside_its_differences_and_points(client, comparison):
    own, path = source(), comparison.paths.get(slug="microtask-gig-work")
    point = {"path": str(path.pk), "side": "pro", "label": "Here only", "sources": [own["id"]]}
    row = {"aspect": "Pay", "cells": {str(path.pk): "Little"}, "sources": [own["id"]]}
    other = make_comparison(
        *comparison.paths.all(), title="Own", slug="own", sources=[own], points=[point], differences=[row]
    )
    publish(other)
    assert told(text(client, "/compare/own/", VALID)) == 0
    assert told(text(client, "/compare/own/", EXPIRED)) == 3 + 3


def answered(client, comparison, moment):
    """The result on its page and in the API, of answers given then."""
    with at(moment):
        path, data = f"/api/v1/comparisons/{SLUG}/decision/", {"answers": golden_answers(comparison)}
        result = client.post(path, data, content_type="application/json").json()
        return result, client.get(result["link"]).content.decode()


def test_verdicts_are_more_careful_once_a_source_has_expired_on_the_page_and_in_the_api(client, comparison):
    before, page_before = answered(client, comparison, VALID)
    after, page_after = answered(client, comparison, EXPIRED)
    # Ten questions of weight 0.1: 10·0.1²·(10² + 10²) is less than the least, 5²; then 10·0.1²·(20² + 10²).
    assert (before["band"], after["band"]) == (5, pytest.approx(50**0.5))
    assert after["margin"] == before["margin"]
    path = str(comparison.paths.get(slug="microtask-gig-work").pk)
    assert {str(each["expired"]) for area in before["criteria"] for each in area["questions"]} == {"{}"}
    assert all(
        each["expired"] == {path: "2027-03-03"} for area in after["criteria"] for each in area["questions"]
    )
    words = "A source of this expired on 3 March 2027, so the uncertainty counts double."
    assert (page_before.count(words), page_after.count(words)) == (0, 10)


def test_a_result_keeps_the_sources_of_its_moment(client, comparison):
    before, _ = answered(client, comparison, VALID)
    with at(EXPIRED + timedelta(days=100)):
        again = client.get(f"/api/v1/comparisons/{SLUG}/decision/{before['code']}/").json()
    assert (again["band"], again["verdict"]) == (before["band"], before["verdict"])


def test_what_was_rendered_before_is_told_as_well(client, comparison):
    Publication.objects.update(page="", fragments="", rendered_with="older")
    assert told(text(client, f"/compare/{SLUG}/", EXPIRED)) == 3
    assert QuestionBank.objects.exists()


def test_a_day_that_is_no_slot_of_the_page_is_told_nowhere():
    assert expiry.part({"sources": [{"valid_until": None}]}) == {}
    assert expiry.notices({}, LAST) == {}
    parts = expiry.part({"sources": [{"valid_until": "2027-03-03"}, {"valid_until": "2026-01-01"}]})
    assert expiry.notices(parts, LAST).keys() == {"expired:2026-01-01"}
