"""Feeds of the site, tags, authors and corrections: valid, whole, and of this moment."""

import pytest
from django.utils import timezone
from lxml import etree

from articles import documents, publishing
from articles.feeds import entries
from articles.feeds.full_text import full_text
from articles.models import Author, Tag
from tests import feeds
from tests.articles.test_picture_on_page import embedded
from tests.base import DAY, at, queries, soon
from tests.careersite.test_pages import make_site
from tests.feeds import ATOM
from tests.makers import golden, make_article, make_author, make_comparison, make_path, make_tag, publish
from tests.pictures import make_image

pytestmark = pytest.mark.django_db

HOST = "http://127.0.0.1:8000"
ADDRESSES = [
    "/feed/",
    "/feed/corrections/",
    "/tags/remote-work/feed/",
    "/authors/ann-author/feed/",
]
NOTE = {"corrected_on": "2026-02-01", "was": "It pays <b>weekly</b>.", "now": "It pays monthly."}
TAG = {"name": "Remote work", "slug": "remote-work"}


def tagged(**parts):
    return {"tags": [TAG | {"id": str(make_tag().pk)}], **parts}


def items(client, address="/feed/json/"):
    return feeds.json_feed(client.get(address))["items"]


def item(client, title):
    return next(each for each in items(client) if each["title"] == title)


@pytest.fixture
def site():
    make_site()
    publish(make_article("Corrected", corrections=[NOTE]))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_is_valid_and_says_the_same_in_both_formats(client, site, address):
    root = feeds.atom(client.get(address))
    found = feeds.json_feed(client.get(f"{address}json/"))
    assert found["items"]
    entries = root.findall("a:entry", ATOM)
    said = {name: [entry.findtext(f"a:{name}", None, ATOM) for entry in entries] for name in ("id", "title")}
    assert said == {name: [each[name] for each in found["items"]] for name in ("id", "title")}
    assert feeds.texts(root, "a:entry/a:content") == [each["content_html"] for each in found["items"]]
    assert feeds.texts(root, "a:entry/a:updated") == [each["date_modified"] for each in found["items"]]
    links = {link.get("rel"): link.get("href") for link in root.iterfind("a:link", ATOM)}
    assert links["self"] == f"{HOST}{address}"
    assert links["alternate"] == found["feed_url"] == f"{HOST}{address}json/"


@pytest.mark.parametrize("address", ["/feed/", "/feed/corrections/"])
def test_a_feed_of_nothing_is_valid(client, address):
    assert feeds.atom(client.get(address)).findall("a:entry", ATOM) == []
    assert items(client, f"{address}json/") == []
    assert "Last-Modified" not in client.get(address)


def test_an_entry_says_who_wrote_it_when_and_about_what(client):
    first = timezone.now().replace(microsecond=0) - 9 * DAY
    article = make_article("Piece", slug="piece", language="de", summary="In short.", **tagged())
    with at(first):
        publish(article)
    with at(first + DAY):
        documents.restore(documents.compose(article) | {"summary": "In one word."})
        publish(article)
    found = item(client, "Piece")
    assert found | {"content_html": ""} == {
        "id": f"urn:uuid:{article.pk}",
        "url": f"{HOST}/articles/piece/",
        "title": "Piece",
        "content_html": "",
        "summary": "In one word.",
        "date_published": first.isoformat(),
        "date_modified": (first + DAY).isoformat(),
        "authors": [{"name": "Ann Author", "url": f"{HOST}/authors/ann-author/"}],
        "tags": ["Remote work"],
        "language": "de",
    }
    root = feeds.atom(client.get("/feed/"))
    entry = root.find("a:entry", ATOM)
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert entry.find("a:category", ATOM).attrib == {"term": "remote-work", "label": "Remote work"}
    assert entry.findtext("a:author/a:uri", None, ATOM) == f"{HOST}/authors/ann-author/"
    assert root.findtext("a:updated", None, ATOM) == (first + DAY).isoformat()


def test_ids_stay_where_addresses_change(client):
    article, tag = make_article("Piece", slug="piece", **tagged()), make_tag()
    publish(article)
    addresses = ("/feed/", "/tags/remote-work/feed/", "/authors/ann-author/feed/")
    before = [feeds.texts(feeds.atom(client.get(each)), ".//a:id") for each in addresses]
    documents.restore(documents.compose(article) | {"slug": "other"})
    publish(article)
    Tag.objects.filter(pk=tag.pk).update(slug="remote")
    Author.objects.update(slug="ann")
    moved = [client.get(each, follow=True) for each in addresses]
    assert [feeds.texts(feeds.atom(each), ".//a:id") for each in moved] == before
    assert [each.redirect_chain for each in moved] == [
        [],
        [("/tags/remote/feed/", 301)],
        [("/authors/ann/feed/", 301)],
    ]
    assert client.get("/tags/remote-work/feed/json/")["Location"] == "/tags/remote/feed/json/"
    assert client.get("/authors/ann-author/feed/json/")["Location"] == "/authors/ann/feed/json/"
    assert item(client, "Piece")["url"] == f"{HOST}/articles/other/"


def test_a_feed_of_what_nothing_live_names_is_not_there(client):
    make_tag("Unused")
    make_article("Draft", authors=("Hidden Hand",))
    for address in (
        "/tags/unused/feed/",
        "/tags/none/feed/",
        "/authors/hidden-hand/feed/",
        "/authors/x/feed/",
    ):
        assert [client.get(each).status_code for each in (address, f"{address}json/")] == [404, 404]


def test_the_feed_of_a_tag_or_author_has_what_names_it_alone(client):
    publish(make_article("Theirs", authors=("Bea Other",), **tagged()))
    publish(make_article("Hers"))
    make_author("Ann Author")
    assert [each["title"] for each in items(client, "/tags/remote-work/feed/json/")] == ["Theirs"]
    assert [each["title"] for each in items(client, "/authors/ann-author/feed/json/")] == ["Hers"]
    assert feeds.json_feed(client.get("/tags/remote-work/feed/json/"))["title"] == "Remote work – Careersite"


# --- The whole text ---------------------------------------------------------------------------------


def test_an_entry_has_the_whole_text_with_absolute_addresses_and_its_sources(client):
    target = make_article("Target", slug="target")
    publish(target)
    linked = f'<p>See <a href="article:{target.pk}">there</a> and <a href="#end">below</a>.</p>'
    source = {
        "id": "7a1c2f4e-0000-4000-8000-000000000001",
        "publisher": "The Office",
        "title": "A table",
        "url": "https://example.org/t",
        "passage": "Two in three.",
    }
    publish(
        make_article(
            "Piece",
            slug="piece",
            sources=[source],
            sections=[
                {"role": "introduction", "heading": "Begin", "body": linked},
                {"role": "conclusion", "heading": "End", "body": "<h3>At last</h3><p>Done.</p>"},
            ],
        )
    )
    html = item(client, "Piece")["content_html"]
    for part in (
        "<p>What Piece is about, in one sentence.</p>",
        "<h2>Begin</h2>",
        f'<a href="{HOST}/articles/target/">there</a>',
        f'<a href="{HOST}/articles/piece/#end">below</a>',
        "<h3>At last</h3>",
        '<a href="https://example.org/t"><cite>A table</cite></a>',
        "Two in three.",
    ):
        assert part in html
    for other in ("Replies", "Your reply", "<h1", "Breadcrumb", "min", "class=", "<span", "<form", "\x1e"):
        assert other not in html
    publishing.withdraw(target, by=None)
    assert "<p>See there and " in item(client, "Piece")["content_html"]


def test_a_comparison_says_what_its_paths_say_at_that_moment(client):
    comparison = golden()
    path = comparison.paths.get(slug="microtask-gig-work")
    found = item(client, comparison.title)["content_html"]
    assert "<p>Microtask gig work begins here.</p>" in found
    assert "<strong>Flexible</strong> – Microtask gig work fits around other things." in found
    assert '<th scope="row">Pay' in found
    assert f'<a href="{HOST}/careers/microtask-gig-work/">' in found
    for other in ("Related comparisons", "Decide", "How much", "Pro:", "<svg", "<input"):
        assert other not in found
    later = soon(hours=3)
    documents.restore(documents.compose(path) | {"title": "Micro work"})
    publishing.schedule(path, by=None, at=later)
    assert "Micro work" not in item(client, comparison.title)["content_html"]
    with at(later):
        assert "Understanding Micro work" in item(client, comparison.title)["content_html"]


def test_a_path_in_another_language_is_marked_as_such():
    marked = full_text('<ul><li class="point" lang="de"><strong>Frei</strong></li></ul>', HOST)
    assert marked == '<ul><li lang="de"><strong>Frei</strong></li></ul>'


def test_pictures_are_in_the_text_by_absolute_addresses(client):
    image = embedded(make_image(credit="A. Person"))
    section = {"role": "body", "heading": "More", "body": "<p>x</p>", "image": image, "caption": "Late"}
    publish(make_article("Piece", slug="piece", image=image, sections=[section]))
    html = item(client, "Piece")["content_html"]
    shown = f'<img src="{HOST}/media/{image["file"]}" width="640" height="'
    assert html.count(shown) == 2
    assert html.index(shown) < html.index("<h2>More</h2>")
    assert "Late · A. Person" in html
    assert "srcset" not in html


def test_a_correction_is_told_in_the_language_of_its_article(client):
    article = make_article("Piece", slug="piece", language="de", corrections=[NOTE | {"credit": "Lena"}])
    publish(article)
    (found,) = items(client, "/feed/corrections/json/")
    note = article.corrections.get()
    assert (found["id"], found["language"]) == (f"urn:uuid:{note.pk}", "de")
    assert found["url"] == f"{HOST}/articles/piece/#correction-{note.pk}"
    assert found["date_published"] == "2026-02-01T00:00:00+00:00"
    assert "It pays &lt;b&gt;weekly&lt;/b&gt;." in found["content_html"]
    assert "Lena" in found["content_html"]


def test_what_is_not_live_is_in_no_feed(client):
    article = make_article("Secret", corrections=[NOTE], **tagged())
    publishing.schedule(article, by=None, at=soon())
    publish(make_article("Open", **tagged()))
    for address in ADDRESSES:
        assert "Secret" not in client.get(address).content.decode()
    with at(soon(hours=2)):
        for address in ADDRESSES:
            assert "Secret" in client.get(address).content.decode()
    publishing.withdraw(article, by=None)
    with at(soon(hours=2)):
        for address in ADDRESSES:
            assert "Secret" not in client.get(address).content.decode()


def test_a_feed_has_the_newest_twenty_and_no_text_without_end(client, monkeypatch):
    for number in range(22):
        publish(make_article(f"Number {number}"))
    titles = [each["title"] for each in items(client)]
    assert titles == [f"Number {number}" for number in range(21, 1, -1)]
    room = len(items(client)[0]["content_html"])
    monkeypatch.setattr(entries, "ROOM", room)
    first, second, *_ = items(client)
    assert len(first["content_html"]) == room
    assert second["content_text"] == "What Number 20 is about, in one sentence."
    root = feeds.atom(client.get("/feed/"))
    assert len(root.findall("a:entry/a:content", ATOM)) == 1
    assert len(root.findall("a:entry/a:summary", ATOM)) == 20


def test_a_feed_costs_the_same_however_much_is_in_it(client, site):
    def cost(address):
        client.get(address)
        with queries() as found:
            client.get(address)
        return len(found)

    before = {address: cost(address) for address in ADDRESSES}
    target = make_article("Target", slug="target")
    publish(target)
    for number in range(5):
        paths = [make_path(f"{name} {number}", corrections=[NOTE], **tagged()) for name in ("One", "Two")]
        body = f'<p><a href="article:{target.pk}">There</a></p>'
        section = {"role": "introduction", "heading": "About", "body": body}
        publish(make_comparison(*paths, sections=[section], **tagged()), with_required=True)
    # One query more for the links of each kind that has some.
    assert {address: cost(address) - before[address] for address in ADDRESSES} == dict(
        zip(ADDRESSES, (1, 0, 2, 1), strict=True)
    )


# --- Where it is found --------------------------------------------------------------------------------


def alternates(page):
    links = etree.HTML(page).iterfind(".//link[@rel='alternate']")
    found = [(link.get("href"), link.get("type"), link.get("title")) for link in links]
    return [each for each in found if each[1] in ("application/atom+xml", "application/feed+json")]


def test_pages_name_the_feeds_that_belong_to_them(client, site):
    home = alternates(client.get("/").content)
    assert home == [
        ("/feed/", "application/atom+xml", "Careersite"),
        ("/feed/json/", "application/feed+json", "Careersite"),
        ("/feed/corrections/", "application/atom+xml", "Careersite: corrections"),
    ]
    assert alternates(client.get("/articles/corrected/").content) == home
    for page, name in (("/tags/remote-work/", "Remote work"), ("/authors/ann-author/", "Ann Author")):
        html = client.get(page).content
        assert alternates(html)[:2] == [
            (f"{page}feed/", "application/atom+xml", f"{name} – Careersite"),
            (f"{page}feed/json/", "application/feed+json", f"{name} – Careersite"),
        ]
        visible = [link.get("href") for link in etree.HTML(html).iterfind(".//main//a[@type]")]
        assert visible == [f"{page}feed/", f"{page}feed/json/"]
