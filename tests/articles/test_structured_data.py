"""What machines are told of articles, lists and the site, held against schema.org's definitions."""

import json
import re

import pytest
from django.conf import settings

from articles import slots, structured_data
from tests.makers import embedded, make_article, make_author, make_tag, publish
from tests.schema_org import graph, node, problems

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_article_says_by_whom_it_is_and_on_what_it_rests(client):
    author = make_author("Ann Author", expertise="Pay statistics")
    source = {"publisher": "ILO", "title": "World employment", "url": "https://ilo.org/x", "passage": "…"}
    publish(
        make_article(
            "Piece",
            slug="piece",
            authors=[author.name],
            tags=[embedded(make_tag("Gig work"))],
            sources=[source],
        )
    )
    page = page_of(client, "/articles/piece/")
    assert problems(graph(page)) == []
    told = node(page, "Article")
    assert told["author"] == [
        {
            "@type": "Person",
            "name": "Ann Author",
            "url": f"{SITE}/authors/ann-author/",
            "knowsAbout": "Pay statistics",
        }
    ]
    assert told["keywords"] == ["Gig work"]
    assert told["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "World employment",
            "publisher": {"@type": "Organization", "name": "ILO"},
            "url": "https://ilo.org/x",
        }
    ]


def test_what_a_reviewer_knows_is_not_told_where_the_page_does_not_show_it(client):
    reviewer = make_author("Rita Reviewer", expertise="Tax law")
    own = {"id": str(reviewer.pk), "name": reviewer.name, "slug": reviewer.slug}
    publish(make_article("Piece", slug="piece", reviewed_on="2026-02-03", reviewer=own))
    page = page_of(client, "/articles/piece/")
    told = node(page, "Article")
    known = {"@type": "Person", "name": "Rita Reviewer", "url": f"{SITE}/authors/rita-reviewer/"}
    assert [told["editor"], told["mainEntityOfPage"]["reviewedBy"]] == [known, known]
    assert "Tax law" not in page


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/articles/piece/", [("Home", "/"), ("Articles", "/articles/"), ("Piece", "/articles/piece/")]),
        ("/authors/ann/", [("Home", "/"), ("Ann", "/authors/ann/")]),
        ("/tags/gig-work/", [("Home", "/"), ("Gig work", "/tags/gig-work/")]),
    ],
)
def test_the_way_to_a_page_is_told_as_it_is_shown(client, address, way):
    author, tag = make_author("Ann"), make_tag("Gig work")
    publish(make_article("Piece", slug="piece", authors=[author.name], tags=[embedded(tag)]))
    page = page_of(client, address)
    told = node(page, "BreadcrumbList")["itemListElement"]
    assert [each["position"] for each in told] == list(range(1, len(way) + 1))
    assert [(each["name"], each["item"].removeprefix(SITE)) for each in told] == way
    shown = re.search(r'<nav class="crumbs".*?</nav>', page, re.DOTALL)[0]
    assert [(name, href) for href, name in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', shown)] == way


@pytest.mark.parametrize(
    "words", ["\\u001e", "\\\\u001e", "</script><script>", '\u2028 \u2029 &amp; “quoted” "x"', "ж\\"]
)
def test_what_an_editor_writes_stays_what_it_is(client, words):
    publish(make_article("Piece", slug="piece", summary=words))
    assert node(page_of(client, "/articles/piece/"), "Article")["description"] == words


def test_a_slot_is_found_behind_a_backslash_too():
    told = structured_data.text([{"@type": "Thing", "name": "\\" + slots.slot("name") + "\\"}])
    filled = slots.fill(told, {"name": structured_data.string('<"é"\\>')})
    assert json.loads(filled)["@graph"][0]["name"] == '\\<"é"\\>\\'


def test_lists_authors_and_topics_tell_what_they_list(client):
    author, tag = make_author("Ann", expertise="Pay"), make_tag("Gig work")
    for title in ("Older", "Newer"):
        publish(make_article(title, authors=[author.name], tags=[embedded(tag)]))
    for address in ("/articles/", "/articles/?tag=gig-work", "/authors/ann/", "/tags/gig-work/"):
        page = page_of(client, address)
        assert problems(graph(page)) == []
        listed = node(page, "ItemList")["itemListElement"]
        assert [(each["position"], each["name"], each["url"]) for each in listed] == [
            (1, "Newer", f"{SITE}/articles/newer/"),
            (2, "Older", f"{SITE}/articles/older/"),
        ]
    assert node(page_of(client, "/authors/ann/"), "ProfilePage")["mainEntity"]["name"] == "Ann"


def test_an_empty_list_tells_of_none(client):
    assert graph(page_of(client, "/articles/")) == []


def test_the_home_page_tells_how_the_site_is_searched(client):
    page = page_of(client, "/")
    assert problems(graph(page)) == []
    target = node(page, "WebSite")["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{SITE}/search/?q={{words}}"
