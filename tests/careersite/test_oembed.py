"""What other sites are told where somebody pastes an address of ours (https://oembed.com/)."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from lxml import etree

from articles import documents, publishing
from tests.base import queries
from tests.makers import make_article, make_comparison, make_path, publish

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


@pytest.fixture
def comparison():
    path, other = make_path("Tutoring"), make_path("Coaching")
    for each in (path, other):
        publish(each)
    comparison = make_comparison(path, other, title='Which <one> & "why"?', slug="which")
    publish(comparison)
    return comparison


def ask(client, url, **more):
    return client.get("/oembed/", {"url": url, **more})


def test_a_comparison_is_shown_in_a_frame(client, comparison):
    with queries() as ran:
        response = ask(client, f"{SITE}/compare/which/")
    assert len(ran) == 3
    assert response["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    assert client.get(told.pop("thumbnail_url").removeprefix(SITE)).status_code == 200
    assert told == {
        "version": "1.0",
        "type": "rich",
        "title": 'Which <one> & "why"?',
        "author_name": "Ann Author",
        "author_url": f"{SITE}/authors/ann-author/",
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "html": f'<iframe src="{SITE}/compare/which/embed/" title="Which &lt;one&gt; &amp; &quot;why&quot;?" '
        'width="600" height="440" style="max-width: 100%" loading="lazy"></iframe>',
        "width": 600,
        "height": 440,
    }


@pytest.mark.parametrize("kind", ["articles", "careers"])
def test_other_pages_are_links(client, kind):
    publish(make_article("Piece") if kind == "articles" else make_path("Piece"))
    told = ask(client, f"{SITE}/{kind}/piece/").json()
    assert (told["type"], told["title"]) == ("link", "Piece")
    assert not {"html", "width", "height"} & told.keys()


def test_the_same_is_told_whatever_language_is_asked_for(client, comparison):
    url = f"{SITE}/compare/which/"
    response = client.get("/oembed/", {"url": url}, headers={"Accept-Language": "de"})
    assert response["Content-Language"] == "en"
    assert response["Vary"] == "Accept-Encoding"
    assert response.content == ask(client, url).content


def test_the_same_is_told_in_xml(client, comparison):
    response = ask(client, f"{SITE}/compare/which/", format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    told = {element.tag: element.text for element in etree.fromstring(response.content)}
    asked = ask(client, f"{SITE}/compare/which/").json()
    assert told == {name: str(value) for name, value in asked.items()}


@pytest.mark.parametrize("kind", ["articles", "compare"])
def test_what_xml_cannot_hold_and_what_turns_the_rest_around_is_not_told(client, kind):
    about = {"title": "An \ufffe odd \u202e title", "slug": "odd"}
    pair = make_path("Tutoring"), make_path("Coaching")
    odd = make_article(**about) if kind == "articles" else make_comparison(*pair, **about)
    publish(odd, with_required=True)
    url = f"{SITE}/{kind}/odd/"
    told = etree.fromstring(ask(client, url, format="xml").content)
    assert told.findtext("title") == "An odd \u202e title\u202c" == ask(client, url).json()["title"]


def test_a_frame_fits_into_the_room_there_is(client, comparison):
    told = ask(client, f"{SITE}/compare/which/", maxwidth="320", maxheight="5000").json()
    assert (told["width"], told["height"]) == (320, 440)
    assert 'width="320" height="440"' in told["html"]
    assert "thumbnail_url" not in told


@pytest.mark.parametrize("room", ["0", "-1", "wide", "1e9", "²", "9" * 400, "3.5"])
def test_room_that_is_none_is_refused(client, comparison, room):
    response = ask(client, f"{SITE}/compare/which/", maxwidth=room)
    assert response.status_code == 400
    assert "“maxwidth” takes a whole number of pixels, at least 16." in response.content.decode()


def test_another_format_is_not_implemented(client, comparison):
    assert ask(client, f"{SITE}/compare/which/", format="yaml").status_code == 501


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://elsewhere.example/compare/which/",
        f"{SITE}/compare/",
        f"{SITE}/compare/none/",
        f"{SITE}/compare/which/decide/",
        f"{SITE}/admin/",
        f"{SITE}@elsewhere.example/compare/which/",
        "http://[/compare/which/",
        "javascript:alert(1)",
        f"{SITE}/compare/which\x00/",
        f"{SITE}/compare/a-vs-b'\x00/",
        "x" * 5000,
    ],
)
def test_an_address_that_is_no_page_of_ours_is_not_found(client, comparison, address):
    assert ask(client, address).status_code == 404


def test_what_is_withdrawn_or_a_draft_is_not_found(client, comparison):
    make_article("Draft")
    publishing.withdraw(comparison, by=None)
    for address in ("/compare/which/", "/articles/draft/"):
        assert ask(client, f"{SITE}{address}").status_code == 404


def test_an_old_address_and_one_with_additions_tell_of_the_present_page(client, comparison):
    documents.restore(documents.compose(comparison) | {"slug": "which-one"})
    publishing.publish(comparison, by=None)
    for address in ("/compare/which/", "/compare/which-one/?utm_source=x#sources", "/compare/which-one"):
        assert f"{SITE}/compare/which-one/embed/" in ask(client, f"{SITE}{address}").json()["html"]


def test_a_comparison_that_nobody_has_written_has_no_author(client, comparison):
    publish(make_path("Baking"))
    told = ask(client, f"{SITE}/compare/baking-vs-coaching/").json()
    assert (told["type"], told["title"]) == ("rich", "Baking vs coaching")
    assert "author_name" not in told


def test_a_page_says_where_to_ask(client, comparison):
    page = client.get("/compare/which/").content.decode()
    (link,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)
    address = urlsplit(unescape(link))
    assert parse_qs(address.query)["url"] == [f"{SITE}/compare/which/"]
    assert client.get(f"{address.path}?{address.query}").json()["type"] == "rich"
