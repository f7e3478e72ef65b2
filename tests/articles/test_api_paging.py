"""Pages by cursor: every row once, in both directions, in every order, and also where rows are equal."""

import base64
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import documents
from tests.base import at
from tests.makers import make_article, publish
from tests.stored import made_once

pytestmark = pytest.mark.django_db

LIST = "/api/v1/articles/"


@made_once
def published_at(*hours):
    """An article for each hour of a day a month ago, named in the order in which they are given."""
    for number, hour in enumerate(hours):
        with at(moment(hour)):
            publish(make_article(f"Article {number:02}"))


def moment(hour):
    return timezone.now() - timedelta(days=30) + timedelta(hours=hour)


def read(client, address, **query):
    response = client.get(address, query or None)
    assert response.status_code == 200, response.content
    return response.json()


def titles(page):
    return [int(item["title"].removeprefix("Article ")) for item in page["results"]]


def walk(client, link, page):
    """The titles page by page, as the links of one kind lead."""
    found = [titles(page)]
    while page[link]:
        page = read(client, page[link])
        found.append(titles(page))
    return found, page


def test_the_newest_come_first(client):
    published_at(1, 3, 2)
    assert titles(read(client, LIST)) == [1, 2, 0]


@pytest.mark.parametrize("name", ["published", "updated", "title"])
def test_each_order_has_two_directions(client, name):
    published_at(1, 2, 3)
    assert titles(read(client, LIST, ordering=name)) == [0, 1, 2]
    assert titles(read(client, LIST, ordering=f"-{name}")) == [2, 1, 0]


def test_updated_is_when_the_present_version_went_live(client):
    published_at(1, 2)
    article = make_article("Article 02")
    with at(moment(0)):
        publish(article)
    documents.restore(documents.compose(article) | {"summary": "New."})
    publish(article)
    assert titles(read(client, LIST, ordering="-updated")) == [2, 1, 0]
    assert titles(read(client, LIST, ordering="-published")) == [1, 0, 2]


@pytest.mark.parametrize("ordering", ["-published", "published", "-updated", "title", "-title"])
def test_links_lead_through_all_pages_and_back(client, ordering):
    published_at(*range(7))
    forwards, last = walk(client, "next", read(client, LIST, ordering=ordering, page_size=3))
    backwards, first = walk(client, "previous", last)
    expected = [0, 1, 2, 3, 4, 5, 6] if ordering[0] != "-" else [6, 5, 4, 3, 2, 1, 0]
    assert forwards == [expected[:3], expected[3:6], expected[6:]]
    # Going back, pages are counted from where one stands.
    assert [number for page in reversed(backwards) for number in page] == expected
    assert (first["previous"], last["next"]) == (None, None)


def test_rows_with_equal_values_are_neither_lost_nor_repeated(client):
    published_at(*[5] * 7)
    forwards, last = walk(client, "next", read(client, LIST, page_size=2))
    backwards, _ = walk(client, "previous", last)
    assert forwards == [[6, 5], [4, 3], [2, 1], [0]]
    assert backwards == [[0], [2, 1], [4, 3], [6, 5]]


def test_what_is_published_in_between_moves_nothing(client):
    published_at(*range(4))
    first = read(client, LIST, page_size=2)
    publish(make_article("Article 99"))
    assert titles(read(client, first["next"])) == [1, 0]


def test_links_keep_the_filters(client):
    published_at(1, 2, 3)
    page = read(client, LIST, page_size=2, author="ann-author", fields="title")
    assert read(client, page["next"])["results"] == [{"title": "Article 00"}]


def test_a_page_that_fits_exactly_has_no_neighbours(client):
    published_at(1, 2)
    page = read(client, LIST, page_size=2)
    assert (page["next"], page["previous"]) == (None, None)


def test_pages_have_twenty_rows_unless_asked_otherwise(client):
    published_at(*range(21))
    assert len(read(client, LIST)["results"]) == 20
    assert len(read(client, LIST, page_size=100)["results"]) == 21


@pytest.mark.parametrize("size", ["0", "101", "-1", "many", "", "1.5", "٣", "9" * 5000])
def test_a_page_size_out_of_range_is_refused(client, size):
    response = client.get(LIST, {"page_size": size})
    assert response.status_code == 400
    assert response.json()["detail"] == "page_size: Give a whole number from 1 to 100."


def cursor(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "given",
    [
        "",
        "x",
        "é",
        "cD0yMDI2",
        "\x00",
        cursor(),
        cursor(1, 2),
        cursor("2026-01-01", "1"),
        cursor("2026-01-01T00:00:00", "1"),
        cursor("2026-99-99T00:00:00+00:00", "1"),
        cursor("2026-01-01T00:00:00+00:00", "one"),
        cursor("2026-01-01T00:00:00+00:00", None),
        cursor(None, "1"),
        cursor("\ud800", "1"),
        cursor({}, []),
        base64.urlsafe_b64encode(b"[" * 50_000).decode(),
    ],
)
def test_a_damaged_cursor_is_refused(client, given):
    response = client.get(LIST, {"cursor": given})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"] == [
        {"where": "cursor", "message": "is damaged, or belongs to another list. Begin without one."}
    ]


def test_a_cursor_may_hold_any_number(client):
    given = cursor("2026-01-01T00:00:00+00:00", "9" * 30)
    assert read(client, LIST, cursor=given)["results"] == []


def test_a_cursor_of_another_order_is_refused_where_it_makes_no_sense(client):
    published_at(1, 2)
    link = read(client, LIST, page_size=1, ordering="title")["next"]
    assert client.get(link.replace("ordering=title", "ordering=published")).status_code == 400


def test_a_text_that_no_database_takes_is_refused(client):
    given = cursor("nothing\x00", "1")
    assert client.get(LIST, {"cursor": given, "ordering": "title"}).status_code == 400
