"""The search page: many hits, few, none, and what leads on; scripts stay small."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from articles import publishing
from tests.articles.test_search import article
from tests.base import queries
from tests.makers import embedded, golden, make_tag

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOST_SCRIPT = 5_000  # bytes, compressed, that a page may load


def html(client, status=200, **query):
    response = client.get("/search/", query)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def test_hits_say_how_many_they_are_and_what_they_share(client):
    tag = make_tag("Pay")
    article("Lantern & oil", tags=[embedded(tag)], authors=("Ann Author", "Bob Writer"))
    article("Lantern two")
    page = html(client, q="lantern")
    assert "<h2> 2 results for “lantern” </h2>" in page
    assert "<mark>Lantern</mark> &amp; oil" in page
    assert (
        'href="?q=lantern&amp;author=bob-writer" rel="nofollow">Bob Writer <span class="count">1</span>'
        in page
    )
    assert "kind=article" not in page, "there is one kind alone"
    narrowed = html(client, q="lantern", author="bob-writer")
    assert "<h2> 1 result for “lantern” </h2>" in narrowed
    assert '<a href="?q=lantern" rel="nofollow" aria-current="true">Bob Writer' in narrowed
    assert '<a href="?q=lantern">Search in everything</a>' in narrowed


def test_the_page_is_for_indexes_and_what_somebody_asked_for_is_not(client):
    article("Lantern & oil")
    empty = html(client)
    assert '<link rel="canonical" href="http://127.0.0.1:8000/search/">' in empty
    assert 'name="robots"' not in empty
    for asked in ({"q": "lantern"}, {"q": "none"}, {"tag": "pay"}):
        page = html(client, **asked)
        assert '<meta name="robots" content="noindex">' in page
        assert "canonical" not in page
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/?\n" in robots
    assert "Disallow: /search/\n" not in robots


def test_what_is_found_is_also_there_in_markdown(client):
    article("Lantern & oil", summary="About *light*.")
    article("Lantern two")
    page = html(client, q="lantern")
    twin = "/search.md?q=lantern"
    assert f'<link rel="alternate" href="http://127.0.0.1:8000{twin}" type="text/markdown">' in page
    answer = client.get(twin)
    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("text/markdown; charset=utf-8", "noindex")
    said = answer.content.decode()
    assert "url: http://127.0.0.1:8000/search/?q=lantern" in said.replace('"', "")
    assert "## 2 results for “lantern”" in said
    assert "](http://127.0.0.1:8000/articles/lantern-oil/)" in said
    assert "Nothing found for “gloom”" in client.get("/search.md?q=gloom").content.decode()


def test_what_is_withdrawn_is_suggested_by_no_cache(client):
    gone = article("Clandestine lanterns")
    answer = client.get("/search/suggestions/?q=lantern")
    assert [each["title"] for each in answer.json()["suggestions"]] == ["Clandestine lanterns"]
    assert answer["Cache-Control"] == "no-cache"
    publishing.withdraw(gone, by=None)
    assert client.get("/search/suggestions/?q=lantern").json() == {"suggestions": []}


def test_the_menu_says_where_its_pages_are(client):
    golden()
    for address in ("/compare/", "/careers/", "/articles/", "/search/"):
        page = client.get(address).content.decode()
        assert page.count('aria-current="page"') == 1, address
        assert f'<a href="{address}" aria-current="page">' in page


def test_the_words_of_a_hit_are_of_its_language_and_its_kind_of_the_reader_s(client):
    article("Lantern", "Lantern words.")
    page = re.sub(r"\s+", " ", client.get("/search/?q=lantern", HTTP_ACCEPT_LANGUAGE="de").content.decode())
    assert '<li class="card"> <p class="kind">Artikel</p>' in page
    assert '<h3 class="card-title" lang="en" dir="ltr">' in page
    assert '<p class="card-summary" lang="en" dir="ltr">' in page
    assert 'lang="en" dir' not in html(client, q="lantern")


def test_hits_come_in_pages_that_keep_what_was_chosen(client):
    for number in range(21):
        article(f"Lantern {number}")
    first = html(client, q="lantern", kind="article")
    assert 'href="/search/?q=lantern&amp;kind=article&amp;page=2"' in first
    second = html(client, q="lantern", kind="article", page=2)
    assert second.count('<li class="card"') == 1
    assert 'href="/search/?q=lantern&amp;kind=article"' in second
    assert 'href="?q=lantern"' in second, "another choice begins at the first page"
    html(client, 404, q="lantern", page=3)
    html(client, 404, q="lantern", page=51)


def test_more_than_are_told_apart_are_said_to_be_more(client, monkeypatch):
    monkeypatch.setattr("articles.search.searching.MOST", 20)
    monkeypatch.setattr("careersite.search_pages.MOST", 20)
    for number in range(21):
        article(f"Lantern {number}")
    page = html(client, q="lantern")
    assert "<h2> More than 20 results for “lantern” </h2>" in page
    assert "These are the best 20." in page
    assert "page=2" not in page


def test_nothing_found_leads_on(client):
    golden()
    page = html(client, q="gig wrok")
    assert "Nothing found for “gig wrok”" in page
    assert 'Did you mean <a href="?q=gig+work">gig work</a>?' in page
    assert "<h2>Latest</h2>" in page
    assert 'class="card card-comparison"' in page
    assert "Search in everything" in html(client, q="gig", kind="article")
    assert "Nothing found" not in html(client)
    assert "Type at least one word." in html(client, q="!?")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "lantern", "tag": "\x00'; --"},
        {"q": "lantern", "kind": "question-bank"},
        {"q": "lantern", "kind": "article' | 'lantern"},
        {"q": "lantern", "kind": "\\"},
        {"q": "lantern", "kind": "🙂" * 3000},
        {"q": "lantern", "author": "x" * 5000, "path": "ü"},
        {"q": "<script>alert(1)</script>"},
        {"q": "x" * 10_000},
        {"q": '" OR 1=1', "unknown": "y"},
    ],
)
def test_no_query_breaks_the_page(client, query):
    article("Lantern")
    assert "<script>alert" not in html(client, **query)


def test_the_page_costs_few_queries(client):
    article("Lantern")
    html(client, q="lantern", tag="pay", kind="article")
    with queries() as ran:
        html(client, q="lantern", tag="pay", kind="article")
    assert len(ran) <= 9


@pytest.mark.parametrize(
    "address",
    ["/search/", "/", "/compare/", "/compare/microtask-gig-work-vs-remote-project-management/", "/x/"],
)
def test_a_page_loads_little_script(client, address):
    golden()
    page = client.get(address).content.decode()
    scripts = re.findall(rf'<script type="module" src="{settings.STATIC_URL}([^"]+)"', page)
    sizes = {name: len(brotli.compress(Path(finders.find(name)).read_bytes())) for name in scripts}
    assert "careersite/search.js" in sizes
    assert sum(sizes.values()) <= MOST_SCRIPT, sizes
