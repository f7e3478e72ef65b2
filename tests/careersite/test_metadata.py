"""What every public page says of itself to search engines and to sites that show a preview of a link."""

import io
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from PIL import Image as Pillow

from articles import documents
from tests.careersite.test_pages import GIG_VS_MANAGEMENT, PAGES, make_site, text
from tests.makers import make_article, make_path, make_tag, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "http://127.0.0.1:8000"
LONGEST_DESCRIPTION = 300
OF_ARTICLES = ["/articles/how-to-read-a-pay-figure/", "/careers/microtask-gig-work/", GIG_VS_MANAGEMENT]
FOR_PROGRAMS = re.compile(r"/feed/|\.xml|\.txt|\.md|\.csv|/suggestions/|/oembed/|/embed/")
READ = [each for each in PAGES if not FOR_PROGRAMS.search(each)]
INDEXED = [each for each in READ if not re.search(r"/replies/|/search/|/decide/", each)]
ONCE = {
    *("description", "twitter:card", "og:type", "og:site_name", "og:title", "og:description", "og:url"),
    *("og:locale", "og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
}


class Head(HTMLParser):
    """A page's title, its canonical address and its metadata, each as often as it is there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.canonical: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.is_title = False
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.is_title = tag == "title"
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical.append(given["href"])
        if tag == "meta" and "content" in given:
            self.said.append((given.get("property") or given.get("name"), given["content"]))

    def handle_endtag(self, tag):
        self.is_title = False

    def handle_data(self, data):
        if self.is_title:
            self.titles.append(data)

    def __getitem__(self, name):
        return dict(self.said)[name]

    def __contains__(self, name):
        return name in dict(self.said)


@pytest.fixture
def site():
    return make_site()


def head(client, address, status=200):
    return Head(text(client, address, status))


def card(client, found):
    """The picture that a page names, which answers at its own address."""
    assert found["og:image"].startswith(f"{SITE}/")
    response = client.get(found["og:image"].removeprefix(SITE))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png"), found["og:image"]
    return Pillow.open(io.BytesIO(response.content))


@pytest.mark.parametrize("address", INDEXED)
def test_a_page_that_may_be_indexed_says_everything_once(client, site, address):
    found = head(client, address)
    counted = Counter(name for name, _ in found.said)
    assert {name: counted[name] for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert found.canonical == [f"{SITE}{address}"]
    assert found["og:url"] == f"{SITE}{address}"
    assert len(found.titles) == 1
    assert found["og:title"].strip()
    assert 20 <= len(found["description"]) <= LONGEST_DESCRIPTION
    assert found["og:description"] == found["description"]
    assert found["og:site_name"] == "Careersite"
    assert found["og:locale"] == "en_GB"
    assert found["og:type"] == (
        "article" if address in OF_ARTICLES else "profile" if "author" in address else "website"
    )
    assert found["twitter:card"] == "summary_large_image"
    assert "robots" not in found
    assert card(client, found).size == (int(found["og:image:width"]), int(found["og:image:height"]))


def test_no_two_pages_share_a_title(client, site):
    titles = Counter(title for address in READ for title in head(client, address).titles)
    assert titles.total() == len(READ)
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("address", [each for each in READ if each not in INDEXED])
def test_a_page_that_is_not_to_be_indexed_says_so_and_names_no_address(client, site, address):
    found = head(client, address)
    assert found["robots"] == "noindex"
    assert found.canonical == []
    assert len(found.titles) == 1


def test_a_page_that_is_missing_is_not_indexed(client):
    found = head(client, "/nowhere/", 404)
    assert (found["robots"], found.canonical, "og:url" in found) == ("noindex", [], False)


def test_a_shared_result_says_which_path_it_leans_towards(client, site):
    form = f"{GIG_VS_MANAGEMENT}decide/"
    names = re.findall(r'name="(question-[^"]*)" value=""', text(client, form))
    address = client.post(form, dict.fromkeys(names, "3"))["Location"]
    found = head(client, address)
    assert found["og:title"] in found.titles[0]
    assert found["og:title"].startswith("Your answers lean towards ")
    assert found["og:description"] == f"Your result: {site.title}"
    assert found["og:url"] == f"{SITE}{address}"
    assert (found["robots"], found["referrer"], found.canonical) == ("noindex", "no-referrer", [])
    assert found["og:image"] == head(client, GIG_VS_MANAGEMENT)["og:image"]
    assert card(client, found).size == (1200, 630)


def test_the_form_is_shared_with_the_card_of_its_comparison(client, site):
    found = head(client, f"{GIG_VS_MANAGEMENT}decide/")
    assert found["og:title"] == f"Decide: {site.title}"
    assert found["og:image"] == head(client, GIG_VS_MANAGEMENT)["og:image"]


def test_those_that_show_previews_may_see_a_result_and_those_that_index_may_not(client):
    groups = text(client, "/robots.txt").split("\n\n")
    assert "Twitterbot" in groups[0]
    assert "decide" not in groups[0]
    own = ("/admin/", "/preview/", "/replies/", "/*/*/replies/", "/api/v1/drafts/")
    for group in groups[:2]:
        assert {f"Disallow: {address}" for address in own} <= set(group.split("\n"))
    assert groups[1].startswith("User-agent: *\n")
    assert "Disallow: /compare/*/decide/" in groups[1]


def test_a_comparison_that_nobody_wrote_has_the_card_of_the_site(client, site):
    for path in (make_path("Tutoring"), make_path("Bookkeeping")):
        publish(path)
    found = head(client, "/compare/bookkeeping-vs-tutoring/")
    assert found["robots"] == "noindex"
    assert found["og:image"] == head(client, "/")["og:image"]
    digest = head(client, GIG_VS_MANAGEMENT)["og:image"].rpartition("/")[2]
    assert client.get(f"/compare/bookkeeping-vs-tutoring/card/{digest}").status_code == 404


def test_lists_name_their_page_and_their_topic_and_nothing_else(client):
    tag = make_tag()
    tags = [{"id": str(tag.pk), "name": tag.name, "slug": tag.slug}]
    for number in range(21):
        publish(make_article(f"Article number {number}", tags=tags))
    asked = {
        "/articles/?from=mail": ("/articles/", "Articles"),
        "/articles/?page=1": ("/articles/", "Articles"),
        "/articles/?utm=x&page=2": ("/articles/?page=2", "Articles – page 2"),
        "/articles/?page=2&tag=remote-work": (
            "/articles/?tag=remote-work&page=2",
            "Articles: Remote work – page 2",
        ),
        "/tags/remote-work/?page=2&tag=other": ("/tags/remote-work/?page=2", "Remote work – page 2"),
        "/authors/ann-author/?page=2": ("/authors/ann-author/?page=2", "Ann Author – page 2"),
    }
    for address, (canonical, title) in asked.items():
        found = head(client, address)
        assert (found.canonical, found.titles) == ([f"{SITE}{canonical}"], [f"{title} – Careersite"])


def test_words_of_editors_stay_words(client):
    title = 'Pay "and" <script>alert(1)</script> & more'
    publish(make_article(title, slug="odd", summary=f"{title}: a summary that is long enough."))
    page = text(client, "/articles/odd/")
    found = Head(page)
    assert "<script>alert" not in page
    assert found["og:title"] == title
    assert found["og:image:alt"] == title


def test_a_page_in_german_says_so_and_is_described_in_german(client, site):
    documents.restore(documents.compose(site) | {"language": "de"})
    publish(site)
    assert head(client, GIG_VS_MANAGEMENT)["og:locale"] == "de_DE"
    german = Head(client.get(reverse("home"), headers={"accept-language": "de"}).content.decode())
    assert german["og:locale"] == "de_DE"
    assert "/card/de/" in german["og:image"]
    assert card(client, german).size == (1200, 630)
