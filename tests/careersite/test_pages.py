"""Every public page: what it shows, where old addresses lead, and that it reads no working table."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from articles import documents, publishing
from articles.models import Comment
from tests.base import at, queries, soon
from tests.makers import golden, make_article, make_comment, make_comparison, make_path, make_tag, publish
from tests.stored import made_once

pytestmark = pytest.mark.django_db

READABLE = {
    "articles_publication",
    "articles_revision",
    "articles_facet",
    "articles_author",
    "articles_tag",
    "articles_image",
    "articles_comment",
    "articles_publication_search",
    "articles_publication_lead",
    "articles_word",
    "articles_word_alike",
    "comparisons_leancounter",
}
GIG_VS_MANAGEMENT = "/compare/microtask-gig-work-vs-remote-project-management/"


def text(client, address, status=200):
    response = client.get(address)
    content = b"".join(response).decode()
    assert response.status_code == status, content[:500]
    return content


def renamed(article, slug):
    documents.restore(documents.compose(article) | {"slug": slug})


@pytest.fixture
def site():
    return make_site()


@made_once
def make_site():
    """One of everything that has a page."""
    comparison = golden()
    article = make_article(tags=[{"id": str(make_tag().pk), "name": "Remote work", "slug": "remote-work"}])
    publish(article)
    comment = make_comment(comparison)
    make_comment(comparison, "I agree.", parent=comment)
    return comparison


PAGES = [
    "/",
    "/articles/",
    "/articles/how-to-read-a-pay-figure/",
    "/articles/how-to-read-a-pay-figure/replies/",
    "/careers/",
    "/careers/microtask-gig-work/",
    "/careers/microtask-gig-work/replies/",
    "/compare/",
    GIG_VS_MANAGEMENT,
    f"{GIG_VS_MANAGEMENT}decide/",
    f"{GIG_VS_MANAGEMENT}replies/",
    f"{GIG_VS_MANAGEMENT}embed/",
    "/authors/ann-author/",
    "/tags/remote-work/",
    "/search/?q=gig",
    "/search/?q=gog",
    "/search/suggestions/?q=gig",
    f"/oembed/?url={settings.SITE_URL}{GIG_VS_MANAGEMENT}",
    "/how-we-decide/",
    "/accessibility/",
    "/feed/",
    "/feed/json/",
    "/feed/corrections/",
    "/feed/corrections/json/",
    "/authors/ann-author/feed/",
    "/authors/ann-author/feed/json/",
    "/tags/remote-work/feed/",
    "/tags/remote-work/feed/json/",
    "/replies/data/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-0.xml",
    "/robots.txt",
    "/llms.txt",
    "/index.md",
    "/articles.md",
    "/articles/how-to-read-a-pay-figure.md",
    "/careers.md",
    "/careers/microtask-gig-work.md",
    "/compare.md",
    f"{GIG_VS_MANAGEMENT[:-1]}.md",
    f"{GIG_VS_MANAGEMENT}decide.md",
    f"{GIG_VS_MANAGEMENT}differences.md",
    f"{GIG_VS_MANAGEMENT}differences.csv",
    "/authors/ann-author.md",
    "/tags/remote-work.md",
    "/how-we-decide.md",
    "/accessibility.md",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_and_reads_no_working_table(client, site, address):
    with queries() as found:
        text(client, address)
    for statement in found:
        tables = set(
            re.findall(
                r'(?:FROM|JOIN)\s+"?((?:articles|comparisons|auth|django)_\w+)', statement, re.IGNORECASE
            )
        )
        assert tables <= READABLE, statement


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 4),  # and once in ten minutes the order of the most compared
        ("/articles/", 1),
        ("/articles/how-to-read-a-pay-figure/", 2),
        ("/careers/", 1),
        ("/careers/microtask-gig-work/", 4),
        ("/compare/", 2),
        (GIG_VS_MANAGEMENT, 3),
        (f"{GIG_VS_MANAGEMENT}decide/", 3),
        (f"{GIG_VS_MANAGEMENT}embed/", 2),
        ("/authors/ann-author/", 2),
        ("/tags/remote-work/", 2),
        ("/search/?q=gig", 6),
        ("/how-we-decide/", 0),
        ("/accessibility/", 0),
        ("/feed/", 4),
        ("/feed/json/", 4),
        ("/feed/corrections/", 3),
        ("/authors/ann-author/feed/", 5),
        ("/tags/remote-work/feed/json/", 4),
        ("/llms.txt", 3),
        ("/index.md", 4),
        ("/articles.md", 1),
        ("/articles/how-to-read-a-pay-figure.md", 2),
        ("/careers.md", 1),
        ("/careers/microtask-gig-work.md", 4),
        ("/compare.md", 2),
        (f"{GIG_VS_MANAGEMENT[:-1]}.md", 3),
        (f"{GIG_VS_MANAGEMENT}decide.md", 2),
        (f"{GIG_VS_MANAGEMENT}differences.md", 2),
        (f"{GIG_VS_MANAGEMENT}differences.csv", 2),
        ("/authors/ann-author.md", 2),
        ("/tags/remote-work.md", 2),
        ("/how-we-decide.md", 0),
        ("/accessibility.md", 0),
    ],
)
def test_a_page_costs_few_queries(client, site, address, most):
    text(client, address)
    with queries() as found:
        text(client, address)
    assert len(found) <= most, found


def test_the_comparison_page_costs_the_same_however_much_it_holds(client, site):
    paths = [
        make_path(
            f"Path {n}",
            points=[{"side": side, "label": str(m)} for m in range(15) for side in ("pro", "con")],
        )
        for n in range(4)
    ]
    comparison = make_comparison(*paths)
    publish(comparison, with_required=True)
    for number in range(30):
        make_comment(comparison, f"Reply {number}")
    with queries() as found:
        text(client, f"/compare/{comparison.slug}/")
    assert len(found) <= 3


def test_the_first_page_names_nothing_twice(client, site):
    shown = re.findall(r'class="card-title"><a href="([^"]+)"', text(client, "/"))
    assert len(shown) == len(set(shown)) > 3
    assert "/careers/microtask-gig-work/" in shown


def test_the_comparison_page_has_every_part_in_order(client, site):
    page = text(client, GIG_VS_MANAGEMENT)
    parts = [
        "About Microtask gig work vs",
        "<p>Microtask gig work begins here",
        "Flexible",
        "Uneven",
        "<p>Remote project management begins here",
        "as Microtask gig work",
        "as Remote project management",
        "This helped me decide.",
        "I agree.",
    ]
    places = [page.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)
    assert f'action="{GIG_VS_MANAGEMENT}decide/"' in page
    assert "\x1e" not in page


def test_a_corrected_path_is_right_on_its_comparisons_at_once(client, site):
    path = site.paths.order_by("title").first()
    documents.restore(documents.compose(path) | {"title": "Micro work"})
    publish(path)
    assert "Micro work" in text(client, GIG_VS_MANAGEMENT)


def test_an_edit_stays_invisible_until_it_is_published(client, site):
    article = make_article("Draft me", slug="draft-me")
    publish(article)
    documents.restore(documents.compose(article) | {"title": "A secret title"})
    publishing.record(article, by=None)
    for address in ("/", "/articles/", "/articles/draft-me/", "/search/?q=secret", "/feed/"):
        assert "A secret title" not in text(client, address)
    publish(article)
    assert "A secret title" in text(client, "/articles/draft-me/")


def test_a_scheduled_article_appears_at_its_time_with_no_job_running(client):
    article = make_article("Later", slug="later")
    start = soon()
    publishing.schedule(article, by=None, at=start)
    text(client, "/articles/later/", 404)
    assert "Later" not in text(client, "/articles/")
    with at(start):
        assert "Later" in text(client, "/articles/later/")
        assert "Later" in text(client, "/articles/")
        assert "Later" in text(client, "/search/?q=later")


def test_an_old_address_leads_to_the_new_one(client):
    article = make_article(slug="first")
    publish(article)
    for slug in ("second", "third"):
        renamed(article, slug)
        publish(article)
    for old in ("first", "second"):
        response = client.get(f"/articles/{old}/?from=mail")
        assert (response.status_code, response["Location"]) == (301, "/articles/third/?from=mail")
    renamed(article, "first")
    publish(article)
    assert client.get("/articles/first/").status_code == 200
    assert client.get("/articles/third/")["Location"] == "/articles/first/"


def test_a_withdrawn_article_is_gone_and_says_so(client):
    article = make_article("Withdrawn piece", slug="piece")
    publish(article)
    publishing.withdraw(article, by=None)
    page = text(client, "/articles/piece/", 410)
    assert "Withdrawn piece" in page
    assert "Withdrawn piece" not in text(client, "/articles/")


def test_the_other_order_of_a_comparison_leads_to_it(client, site):
    response = client.get("/compare/remote-project-management-vs-microtask-gig-work/decide/")
    assert (response.status_code, response["Location"]) == (301, f"{GIG_VS_MANAGEMENT}decide/")
    chosen = client.get("/compare/?path=remote-project-management&path=microtask-gig-work")
    assert chosen["Location"] == GIG_VS_MANAGEMENT


def test_paths_are_found_to_compare_by_what_they_are_called_now(client, site):
    path = site.paths.get(slug="microtask-gig-work")
    renamed(path, "micro-work")
    publish(path)
    renamed(site, "gigs-or-projects")
    publish(site)
    chosen = client.get("/compare/?path=remote-project-management&path=micro-work")
    assert chosen["Location"] == "/compare/gigs-or-projects/"
    assert client.get("/compare/?path=micro-work").status_code == 422
    assert client.get("/compare/?path=micro-work&path=nowhere").status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "title"),
    [
        ("", 422, "Choose again"),
        ("&path=microtask-gig-work", 422, "Choose again"),
        ("&path=no", 404, "No such comparison"),
    ],
)
def test_who_chose_too_little_chooses_again_on_the_spot(client, site, query, status, title):
    page = text(client, f"/compare/?path=microtask-gig-work{query}", status)
    assert f"<h1>{title}</h1>" in page
    assert page.count('<option value="microtask-gig-work" selected>') == 1
    assert page.count(" selected") == 1
    assert "path-c" not in page
    assert " selected" not in text(client, "/compare/")


def test_what_is_sent_to_an_old_address_is_sent_on(client):
    article = make_article(slug="first")
    publish(article)
    renamed(article, "second")
    publish(article)
    response = client.post("/articles/first/replies/", {"name": "A", "text": "B"})
    assert (response.status_code, response["Location"]) == (308, "/articles/second/replies/")
    assert client.delete("/articles/second/replies/").status_code == 405


def test_an_author_whom_nothing_live_names_is_not_shown(client):
    make_article(authors=("Hidden Hand",))
    text(client, "/authors/hidden-hand/", 404)


def test_a_renamed_tag_leads_to_its_new_address(client, site):
    tag = make_tag()
    tag.slug = "remote"
    tag.save()
    assert client.get("/tags/remote-work/")["Location"] == "/tags/remote/"
    assert "pay figure" in text(client, "/tags/remote/")


def test_lists_have_pages_and_refuse_those_there_are_not(client):
    for number in range(25):
        publish(make_article(f"Article number {number}"))
    first = text(client, "/articles/")
    assert "number 24" in first
    assert "number 4<" not in first
    assert "number 4<" in text(client, "/articles/?page=2")
    for wrong in ("0", "3", "-1", "x", "9" * 40, "１"):
        text(client, f"/articles/?page={wrong}", 404)


def test_a_call_to_action_ends_on_its_last_day(client):
    today = timezone.localdate()
    call = {
        "label": "Go there",
        "url": "https://example.org/",
        "sponsored": True,
        "disclosure": "Paid for by Example.",
        "ends_on": today.isoformat(),
    }
    publish(make_article(slug="called", calls_to_action=[call]))
    page = text(client, "/articles/called/")
    assert 'rel="nofollow sponsored' in page
    assert "Paid for by Example." in page
    with at(soon(hours=48)):
        assert "Go there" not in text(client, "/articles/called/")


def test_only_approved_replies_are_shown(client, site):
    make_comment(site, "Waiting words", status=Comment.Status.WAITING)
    make_comment(site, "Spam words", status=Comment.Status.SPAM)
    page = text(client, GIG_VS_MANAGEMENT)
    assert "Waiting words" not in page
    assert "Spam words" not in page


def test_what_a_reader_wrote_is_never_markup(client, site):
    make_comment(site, "<script>alert(1)</script> & more", name="<b>Eve</b>")
    page = text(client, GIG_VS_MANAGEMENT)
    assert "<script>alert" not in page
    assert "<b>Eve" not in page


def test_readers_get_no_cookie(client, site):
    for address in PAGES:
        assert not client.get(address).cookies


def test_nothing_at_an_address_is_a_clean_404(client):
    for address in (
        "/articles/none/",
        "/careers/none/",
        "/compare/none/",
        "/compare/a-vs-b/",
        "/tags/none/",
        "/authors/none/",
        "/nowhere/",
    ):
        assert "<main" in text(client, address, 404)


def test_parts_are_rendered_anew_when_the_templates_have_changed(client, site):
    from articles.models import Publication

    Publication.objects.update(page="", fragments="", rendered_with="older")
    assert "Microtask gig work begins here" in text(client, GIG_VS_MANAGEMENT)
