"""What nobody sends who means well: told clearly, with nothing stored and nothing lost, and never a 500."""

import json
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from articles import documents, publishing
from articles.api import bodies
from articles.models import Article, Event
from articles.records import JSON
from tests.makers import article_document, golden, make_article
from tests.programs import Program

pytestmark = pytest.mark.django_db

POSTED = (
    *("put-back", "copy", "checked", "restore", "submit", "assign", "request-changes", "approve", "recall"),
    *("notes", "publish", "schedule", "cancel", "withdraw"),
)


@pytest.fixture
def edith():
    return Program("edith", group="Editor")


@pytest.fixture
def article():
    article = make_article()
    publishing.record(article, by=None)
    return article


def nested(depth):
    return "[" * depth + "]" * depth


BODIES = {
    "nothing": "",
    "no JSON": "{",
    "not UTF-8": b'{"document": "\xff"}',
    "a list": "[]",
    "a number": "5",
    "null": "null",
    "text": '"x"',
    "not a number": '{"document": NaN}',
    "infinity": '{"revision": 1e999, "document": {"title": 1e999}}',
    "a huge number": '{"revision": ' + ("9" * 4000) + ', "document": {}}',
    "a number beyond all": '{"revision": ' + ("9" * 9000) + ', "document": {}}',
    "unknown members": '{"docment": {}, "\\ud800": 1}',
    "deep": '{"document": {"sections": ' + nested(100) + '}, "revision": 1}',
    "very deep": '{"document": {"sections": ' + nested(50_000) + '}, "revision": 1}',
    "many parts": '{"document": {"sections": [' + ",".join(["{}"] * 30_000) + ']}, "revision": 1}',
    "a document that is none": '{"document": [], "revision": 1}',
    "a wrong revision": '{"document": {}, "revision": "1"}',
    "true for a revision": '{"document": {}, "revision": true}',
    "a null character": '{"document": {"title": "a\\u0000b"}, "revision": 1}',
    "half a pair": '{"document": {"title": "a\\ud800b"}, "revision": 1}',
    "a null character in a note": '{"document": {}, "revision": 1, "note": "a\\u0000b"}',
    "half a pair in a note": '{"document": {}, "revision": 1, "note": "\\udfff"}',
    "a long note": '{"document": {}, "revision": 1, "note": "' + ("x" * 301) + '"}',
    "half a pair as a name": '{"document": {"\\ud800": 1, "a\\u0000": 2}, "revision": 1}',
}


@pytest.mark.any_database
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_makes_no_sense_changes_nothing(edith, article, name, method):
    before = documents.compose(article)
    response = edith.send(method, article, "", BODIES[name])
    assert 400 <= response.status_code < 500, response.content
    assert response.json()["detail"]
    assert documents.compose(article) == before
    assert article.revisions.count() == 1


@pytest.mark.any_database
@pytest.mark.parametrize("size", [bodies.DocumentParser.largest + 1, 5_000_000])
def test_a_body_that_is_too_large_is_refused(edith, article, size):
    body = json.dumps({"document": {"title": "x" * size}, "revision": 1})
    response = edith.send("PATCH", article, "", body)
    assert (response.status_code, response.json()["status"]) == (413, 413)
    assert article.revisions.count() == 1


@pytest.mark.any_database
def test_a_body_of_another_type_is_refused(edith, article):
    response = edith.client.patch(f"/api/v1/drafts/{article.pk}/", "a=b", "application/x-www-form-urlencoded")
    assert response.status_code == 415


@pytest.mark.any_database
@pytest.mark.parametrize("action", POSTED)
@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        '{"unknown": 1}',
        '{"revision": "x", "at": 5, "note": [], "text": {}, "seen": 7, "publication": {}, "assignee": []}',
        json.dumps({"note": "\0", "text": "\0", "override": "\ud800", "place": "\0", "assignee": "\0"}),
    ],
)
def test_no_action_takes_what_it_does_not_know(edith, article, action, body):
    before = Event.objects.count()
    response = edith.send("POST", article, action, body)
    assert response.status_code == 400, response.content
    assert Event.objects.count() == before


FIELDS = {
    "publish": ("revision", "until", "together", "override", "seen"),
    "schedule": ("at", "revision", "until", "together", "override", "seen"),
    "withdraw": ("at", "together", "seen"),
    "cancel": ("publication", "seen"),
    "restore": ("revision", "place"),
    "checked": ("on", "note"),
    "submit": ("assignee", "due_on", "note", "seen"),
    "assign": ("assignee", "due_on", "seen"),
    "request-changes": ("revision", "note", "seen"),
    "approve": ("revision", "note", "seen"),
    "recall": ("note", "seen"),
    "notes": ("text", "place"),
}
NEEDED = {"schedule": {"at": "2199-01-01T00:00:00Z"}, "assign": {"assignee": None}}
VALUES = (
    *(None, True, -1, 0, 2**40, 1.5, "", "x", "\0", "\ud800", [], {}, "x" * 3000),
    *("9999-99-99", "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
)


@pytest.mark.any_database
@pytest.mark.parametrize("action", FIELDS)
def test_no_value_of_a_member_is_too_much(edith, article, action):
    edith.post(article, "submit")
    for name in FIELDS[action]:
        for value in VALUES:
            response = edith.post(article, action, NEEDED.get(action, {}) | {name: value})
            assert response.status_code < 500, (name, value, response.content)


@pytest.mark.any_database
def test_ids_are_well_formed_or_lead_nowhere(edith, article):
    for wrong in ("x", "1", "%00", f"{article.pk}x", str(uuid4())):
        assert edith.client.get(f"/api/v1/drafts/{wrong}/").status_code == 404
    for name, value in (("id", "x"), ("id", 5), ("id", []), ("id", "\x00"), ("kind", []), ("kind", {"a": 1})):
        body = {"document": article_document("article", "New") | {name: value}}
        assert edith.post(body=body).status_code == 400, (name, value)
    body = {"document": article_document("article", "New") | {"id": str(golden().pk)}}
    assert edith.post(body=body).status_code == 409


JSON_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value, place=()):
    """All places of a document."""
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield from places(part, (*place, key))


def put(value: JSON, place, new):
    copied = json.loads(json.dumps(value))
    at = copied
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = new
    return copied


@pytest.mark.any_database
def test_whatever_stands_anywhere_in_a_document_is_taken_or_refused(edith, settings):
    settings.API_REQUESTS_PER_MINUTE = 100_000
    golden()
    targets = list(Article.objects.order_by("kind", "slug"))
    drafts = {article: edith.get(article).json() for article in targets}
    where = [(each, place) for each in targets for place in places(drafts[each]["document"]) if place]

    @profile(deadline=None)
    @given(st.sampled_from(where), JSON_VALUES)
    def examine(spot, value):
        article, place = spot
        before = drafts[article]
        body = {"document": put(before["document"], place, value), "revision": before["revision"]}
        with transaction.atomic():
            response = edith.put(article, body)
            assert response.status_code in (200, 400, 403, 409, 422), (place, value, response.content)
            if response.status_code != 200:
                assert article.revisions.count() == before["revision"]
                assert documents.compose(article) == before["document"]
            transaction.set_rollback(True)

    examine()
