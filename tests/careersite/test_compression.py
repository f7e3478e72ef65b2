"""Answers that are the same for everybody are compressed once, and not sent again to who has them."""

import zlib

import brotli
import pytest
from django.urls import reverse

from articles import documents, publishing
from careersite import compression
from careersite.compression import Shelf, accepted
from tests.makers import golden, golden_answers, make_article, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
OWN = pytest.mark.parametrize(
    ("encoding", "decode"),
    [("br", brotli.decompress), ("gzip", lambda sent: zlib.decompress(sent, zlib.MAX_WBITS | 16))],
)


@OWN
def test_a_page_is_sent_compressed_as_the_browser_takes_it(client, encoding, decode):
    publish(make_article())
    plain = client.get("/articles/")
    sent = client.get("/articles/", headers={"Accept-Encoding": encoding})
    assert sent["Content-Encoding"] == encoding
    assert "Accept-Encoding" in sent["Vary"]
    assert decode(sent.content) == plain.content
    assert len(sent.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("", None),
        ("br;q=high", None),
        (";;,=,", None),
    ],
)
def test_what_a_browser_prefers_is_heeded(header, chosen):
    assert accepted(header) == chosen


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    article = make_article()
    publish(article)
    address = reverse("articles:detail", args=[article.slug])
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert "Content-Security-Policy" in again


def test_a_page_that_has_changed_is_sent(client):
    tag = client.get("/articles/")["ETag"]
    publish(make_article())
    assert client.get("/articles/", headers={"If-None-Match": tag}).status_code == 200


def test_the_same_page_is_compressed_once(client, monkeypatch):
    made = []
    monkeypatch.setattr(compression, "shelf", Shelf(room=1_000_000))
    monkeypatch.setitem(compression.ENCODERS, "br", lambda content: made.append(1) or b"short")
    for _ in range(3):
        client.get("/articles/", headers={"Accept-Encoding": "br"})
    assert len(made) == 1


def test_a_reader_s_result_is_kept_nowhere(client, monkeypatch):
    shelf = Shelf(room=1_000_000)
    monkeypatch.setattr(compression, "shelf", shelf)
    comparison = golden()
    answers = {f"question-{pk}": option for pk, option in golden_answers().items()}
    result = client.post(f"/compare/{comparison.slug}/decide/", answers)["Location"]
    assert client.get(result, headers={"Accept-Encoding": "br"})["Content-Encoding"] == "br"
    assert shelf.used == 0


def test_pages_of_people_who_are_logged_in_stay_as_they_are(client):
    client.force_login(make_user(superuser=True))
    page = client.get("/admin/", headers={"Accept-Encoding": "br, gzip"})
    assert not {"Content-Encoding", "ETag"} & set(page.headers)


def test_the_shelf_drops_what_was_asked_for_longest_ago(monkeypatch):
    monkeypatch.setitem(compression.ENCODERS, "br", lambda content: content)
    shelf = Shelf(room=10)
    for content in (b"aaaa", b"bbbb", b"aaaa", b"cccc"):
        shelf.compressed("br", content, content)
    assert shelf.used == 8
    monkeypatch.setitem(compression.ENCODERS, "br", lambda content: b"anew")
    assert [shelf.compressed("br", each, each) for each in (b"aaaa", b"cccc")] == [b"aaaa", b"cccc"]
    assert shelf.compressed("br", b"bbbb", b"bbbb") == b"anew"


def test_whatever_may_end_is_asked_for_each_time(client):
    article = make_article(slug="first")
    publish(article)
    publish(documents.restore(documents.compose(article) | {"slug": "second"}))
    moved, page = client.get("/articles/first/"), client.get("/articles/second/")
    assert (moved.status_code, moved["Cache-Control"]) == (301, "no-cache")
    assert (page.status_code, page["Cache-Control"]) == (200, "no-cache")
    publishing.withdraw(article, by=make_user("wilma"))
    gone, missing = client.get("/articles/second/"), client.get("/articles/third/")
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")
    assert (missing.status_code, missing["Cache-Control"]) == (404, "no-cache")
