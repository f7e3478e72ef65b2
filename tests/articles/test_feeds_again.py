"""A feed is not sent again to who has it, and is to who has an older one."""

import pytest
from django.utils import timezone
from django.utils.http import http_date

from articles import documents, publishing
from tests.articles.test_feeds import ADDRESSES, NOTE, tagged
from tests.base import HOUR, at
from tests.careersite.test_pages import make_site
from tests.makers import make_article, make_author, make_tag, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    make_site()
    publish(make_article("Corrected", corrections=[NOTE]))


EVERY_ADDRESS = [*ADDRESSES, *(f"{address}json/" for address in ADDRESSES)]
BY_DATE = [each for each in EVERY_ADDRESS if each.startswith("/feed/")]
KEPT = ("ETag", "Vary", "Content-Language", "Cache-Control")


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_who_has_a_feed_already_is_not_sent_it_again(client, site, address):
    first = client.get(address)
    for header in (
        {"If-None-Match": first["ETag"]},
        {"If-None-Match": f'"other", {first["ETag"]}', "If-Modified-Since": http_date(0)},
    ):
        again = client.get(address, headers=header)
        assert (again.status_code, again.content) == (304, b"")
        assert [again[name] for name in KEPT] == [first[name] for name in KEPT]
    assert "Accept-Language" not in first["Vary"]
    assert client.get(address, headers={"Accept-Language": "de"}).content == first.content
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", BY_DATE)
def test_who_says_when_they_had_a_feed_is_not_sent_it_again(client, site, address):
    with at(timezone.now() + HOUR):
        first = client.get(address)
        again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Last-Modified"] == first["Last-Modified"]
        for header in (
            {"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]},
            {"If-Modified-Since": http_date(0)},
            {"If-Modified-Since": "last Tuesday"},
        ):
            assert client.get(address, headers=header).content == first.content


@pytest.mark.parametrize("form", ["", "json/"])
@pytest.mark.parametrize("facet", [make_tag, make_author])
def test_what_is_renamed_is_sent_again_to_who_says_when_they_had_it(client, site, facet, form):
    named = facet()
    address = f"{named.get_absolute_url()}feed/{form}"
    with at(timezone.now() + HOUR):
        had = client.get(address)
        named.name = "Renamed"
        named.save()
        for header in (
            {"If-Modified-Since": http_date(timezone.now().timestamp())},
            {"If-None-Match": had["ETag"]},
        ):
            again = client.get(address, headers=header)
            assert again.status_code == 200
            assert b"Renamed" in again.content


def test_what_comes_within_the_same_second_is_sent(client):
    start = (timezone.now() + HOUR).replace(microsecond=100_000)
    with at(start):
        publish(make_article("First"))
    with at(start.replace(microsecond=300_000)):
        assert "Last-Modified" not in client.get("/feed/")
    with at(start.replace(microsecond=600_000)):
        publish(make_article("Second"))
    with at(start + HOUR):
        assert client.get("/feed/")["Last-Modified"] == http_date(start.timestamp())


def test_who_has_an_older_feed_is_sent_the_new_one(client):
    start = timezone.now() + HOUR
    article = make_article("Piece", **tagged())

    def asked(moment):
        with at(moment):
            got = client.get("/feed/")
            by_tag = client.get("/feed/", headers={"If-None-Match": had["ETag"]})
            by_day = client.get("/feed/", headers={"If-Modified-Since": had["Last-Modified"]})
        return got, (by_tag.status_code, by_day.status_code)

    with at(start):
        publish(article)
    with at(start + HOUR / 2):
        had = client.get("/feed/")
    with at(start + HOUR):
        documents.restore(documents.compose(article) | {"title": "Renamed"})
        publish(article)
    had, statuses = asked(start + 2 * HOUR)
    assert statuses == (200, 200)
    publishing.withdraw(article, by=None, at=start + 3 * HOUR)
    assert asked(start + 2 * HOUR)[1] == (304, 304)
    had, statuses = asked(start + 4 * HOUR)
    assert statuses == (200, 200)
    assert had["Last-Modified"] == http_date((start + 3 * HOUR).timestamp())


def test_a_feed_is_sent_compressed(client):
    for number in range(3):
        publish(make_article(f"Number {number}"))
    for address in ("/feed/", "/feed/json/"):
        sent = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert sent["Content-Encoding"] == "gzip"
        assert sent["ETag"] == client.get(address)["ETag"]
