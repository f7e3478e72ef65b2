"""Search, tags and authors over the API."""

import pytest

from articles import publishing
from tests.articles.test_api_articles import instant
from tests.base import queries
from tests.makers import embedded, make_article, make_author, make_path, make_tag, publish

pytestmark = pytest.mark.django_db

SEARCH = "/api/v1/search/"


def found(client, **query):
    response = client.get(SEARCH, query)
    assert response.status_code == 200, response.content
    return [result["title"] for result in response.json()["results"]]


def test_a_result_says_what_lists_say_and_where_the_words_stand(client):
    publication = publish(make_article())
    assert client.get(SEARCH, {"q": "figure"}).json() == {
        "next": None,
        "previous": None,
        "count": 1,
        "more": False,
        "did_you_mean": None,
        "facets": {
            "kind": [{"slug": "article", "name": "article", "count": 1}],
            "tag": [],
            "path": [],
            "author": [{"slug": "ann-author", "name": "Ann Author", "count": 1}],
        },
        "results": [
            {
                "id": str(publication.article_id),
                "kind": "article",
                "slug": "how-to-read-a-pay-figure",
                "url": "/articles/how-to-read-a-pay-figure/",
                "title": "How to read a pay figure",
                "summary": "What How to read a pay figure is about, in one sentence.",
                "language": "en",
                "reviewed_on": None,
                "authors": [{"name": "Ann Author", "slug": "ann-author"}],
                "tags": [],
                "minutes": 1,
                "first_published_at": instant(publication.first_published_at),
                "published_at": instant(publication.starts_at),
                "excerpt": "What How to read a pay <mark>figure</mark> is about, in one sentence.",
            }
        ],
    }


def test_a_search_can_be_kept_to_one_kind(client):
    publish(make_article("On gardens"))
    publish(make_path("Gardens for others"))
    assert found(client, q="gardens", kind="career-path") == ["Gardens for others"]
    assert len(found(client, q="gardens")) == 2
    assert client.get(SEARCH, {"q": "gardens", "kind": "question-bank"}).status_code == 400


def test_only_what_is_live_is_found(client):
    make_article("On gardens")
    gone = make_article("More gardens")
    publish(gone)
    publishing.withdraw(gone, by=None)
    assert found(client, q="gardens") == []


def test_results_come_in_pages(client):
    for number in range(3):
        publish(make_article(f"Garden {number}"))
    first = client.get(SEARCH, {"q": "garden", "page_size": 2}).json()
    second = client.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"])) == (2, 1)
    assert (first["previous"], second["next"]) == (None, None)
    assert client.get(second["previous"]).json() == first


@pytest.mark.parametrize("number", ["0", "1001", "x"])
def test_a_page_that_cannot_be_is_refused(client, number):
    assert client.get(SEARCH, {"q": "x", "page": number}).status_code == 400


def test_a_search_needs_words(client):
    assert client.get(SEARCH).json()["errors"] == [{"where": "q", "message": "is missing."}]
    assert found(client, q="") == []
    assert found(client, q="\x00 !?\t") == []


def test_a_search_costs_few_queries(client):
    for number in range(3):
        publish(make_article(f"Garden {number}"))
    client.get(SEARCH, {"q": "garden"})  # PostgreSQL says once what it makes of a word
    with queries() as ran:
        client.get(SEARCH, {"q": "garden"})
    assert len(ran) == 5


def test_tags_are_those_that_something_live_names(client):
    tag = make_tag("Pay")
    publish(make_article(tags=[embedded(tag)]))
    make_article("A draft", tags=[embedded(make_tag("Secret"))])
    with queries() as ran:
        response = client.get("/api/v1/tags/")
    assert len(ran) == 1
    assert response.json() == {
        "next": None,
        "previous": None,
        "results": [
            {"id": str(tag.pk), "name": "Pay", "slug": "pay", "url": "/tags/pay/", "description": ""}
        ],
    }


def test_authors_are_those_that_something_live_names(client):
    publish(make_article())
    make_author("Nobody yet")
    author = make_author()
    with queries() as ran:
        response = client.get("/api/v1/authors/")
    assert len(ran) == 1
    assert response.json()["results"] == [
        {
            "id": str(author.pk),
            "name": "Ann Author",
            "slug": "ann-author",
            "url": "/authors/ann-author/",
            "expertise": "",
            "bio": "",
        }
    ]


def test_names_come_in_pages_too(client):
    publish(make_article(tags=[embedded(make_tag(name)) for name in ("One", "Two", "Six")]))
    first = client.get("/api/v1/tags/", {"page_size": 2}).json()
    second = client.get(first["next"]).json()
    assert [tag["name"] for tag in first["results"] + second["results"]] == ["One", "Six", "Two"]
