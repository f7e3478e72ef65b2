"""Whatever texts hold, feeds stay valid, and nothing in them runs or turns around what follows."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.feeds import atom as atom_format
from articles.feeds import json_feed as json_format
from articles.feeds.feed import Entry, Feed, Person, Topic
from articles.feeds.full_text import full_text
from articles.feeds.plain_texts import line
from articles.models import Tag
from tests import feeds
from tests.feeds import ATOM
from tests.makers import make_article, make_tag, publish

MOMENT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
HOSTILE = "]]><script>alert(1)</script>\x00\x0b\x1b\ufffe\ud800 &amp; <b>\u202eegnaro"


def made(text):
    entry = Entry(
        id="urn:uuid:1",
        address="https://example.org/a",
        title=text,
        language="en",
        published=MOMENT,
        updated=MOMENT + timedelta(days=1),
        summary=text,
        html=full_text(f"<p>{text}</p>", "https://example.org/a"),
        authors=(Person(text, "https://example.org/p"),),
        topics=(Topic("topic", text),),
    )
    return Feed(
        id="urn:uuid:2",
        title=text,
        subtitle=text,
        language="en",
        page="https://example.org/",
        addresses={"atom": "https://example.org/f", "json": "https://example.org/j"},
        by=Person(text),
        updated=MOMENT,
        entries=(entry,),
    )


@given(st.text() | st.just(HOSTILE) | st.text(alphabet="\u202a\u202e\u202c\u2066\u2068\u2069\x00\ud800]>&<a"))
def test_no_text_breaks_a_feed(text):
    feed = made(text)
    root = etree.fromstring(atom_format.written(feed))
    assert feeds.GRAMMAR.validate(root)
    assert feeds.texts(root, "a:entry/a:title")[0] == (line(text) or None)
    assert (feeds.texts(root, "a:entry/a:content") or [""])[0] == feed.entries[0].html
    found = json.loads(json_format.written(feed))
    assert list(feeds.SCHEMA.iter_errors(found)) == []


def test_markup_that_runs_is_in_no_text():
    assert full_text(f"<p>{HOSTILE}</p>", "https://example.org/") == "<p>]]&gt; &amp; \u202eegnaro</p>"
    for html in (
        '<a href="javascript:alert(1)">x</a>',
        '<img src="data:image/svg+xml,x" onerror="alert(1)">',
        '<iframe src="https://example.org/"></iframe>',
        '<p style="x" onclick="x">y</p>',
    ):
        text = full_text(html, "https://example.org/")
        assert not any(
            word in text for word in ("javascript", "data:", "onerror", "iframe", "style", "onclick")
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\n lines\t", "two lines"),
        ("\u202eegnaro", "\u202eegnaro\u202c"),
        ("\u202aa\u202c b", "\u202aa\u202c b"),
        ("\u2067\u202ea", "\u2067\u202ea\u202c\u2069"),
        ("\u2067\u202ea\u2069b", "\u2067\u202ea\u2069b"),
        ("\u202c\u2069 stray", "\u202c\u2069 stray"),
        ("\u202e\u2069a", "\u202e\u2069a\u202c"),
    ],
)
def test_a_change_of_direction_ends_with_its_line(text, expected):
    assert line(text) == expected


@pytest.mark.django_db
def test_a_hostile_name_of_a_tag_reaches_no_feed_whole(client):
    publish(
        make_article("Piece", tags=[{"id": str(make_tag().pk), "name": "Remote work", "slug": "remote-work"}])
    )
    Tag.objects.update(name="\u202eA ]]> & <b>\x0b", description="\x1b\ufffe")
    root = feeds.atom(client.get("/tags/remote-work/feed/"))
    assert root.findtext("a:title", None, ATOM) == "\u202eA ]]> & <b> – Careersite\u202c"
    assert feeds.json_feed(client.get("/tags/remote-work/feed/json/"))["title"].endswith("\u202c")
