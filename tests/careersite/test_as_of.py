"""The public site as of another moment: what readers see then, for the staff."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.utils import timezone

from articles import documents, formats, moments, publishing
from articles.models import Article
from careersite.as_of import address_of
from tests.base import DAY, HOUR, at, queries
from tests.makers import golden, make_article, make_comment, make_path, make_tag, make_user, publish

pytestmark = pytest.mark.django_db

COMPARISON = "/compare/microtask-gig-work-vs-remote-project-management/"
ADDRESSES = [
    "/",
    "/articles/",
    "/articles/pay/",
    "/articles/wages/",
    "/careers/",
    "/careers/tutoring/",
    "/careers/microtask-gig-work/",
    "/compare/",
    "/compare/?more=yes",
    COMPARISON,
    f"{COMPARISON}decide/",
    "/compare/microtask-gig-work-vs-tutoring/",
    "/authors/ann-author/",
    "/tags/remote-work/",
    "/search/?q=pay",
    "/feed/",
    "/tags/remote-work/feed/json/",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-0.xml",
    "/robots.txt",
    "/llms.txt",
    "/index.md",
    f"{COMPARISON[:-1]}.md",
    f"{COMPARISON}differences.csv",
]
NOTICE = re.compile(
    r'\s*<link rel="stylesheet" href="/static/careersite/exhibit.css">.*?</aside>\s*', re.DOTALL
)


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def site():
    """Moments at each of which the site is another."""
    start = timezone.now()
    tag = [{"id": str(make_tag().pk), "name": "Remote work", "slug": "remote-work"}]
    with at(start - 20 * DAY):
        article = make_article("On pay", slug="pay", tags=tag)
        publish(article)
    with at(start - 10 * DAY):
        make_comment(golden(), "I was there")
        publish(
            documents.restore(documents.compose(article) | {"slug": "wages", "title": "On wages and pay"})
        )
    publishing.schedule(make_path("Tutoring"), by=None, at=start + 10 * DAY)
    publishing.withdraw(article, by=None, at=start + 20 * DAY)
    return [start + days * DAY for days in (-15, -5, 15, 25)]


def without_notice(html, moment):
    return NOTICE.sub(" ", html).replace(address_of(moment), "/")


def without_use(html):
    """As it is shown where it is not to be used: no script, and forms that send switched off."""
    html = re.sub(r'<script type="module".*?</script>', "", html)
    html = re.sub(r'(<form[^>]* method="post".*?>)', r"\1<fieldset disabled>", html)
    return re.sub(
        r"(<fieldset disabled>(?:(?!</form>).)*)</form>", r"\1</fieldset></form>", html, flags=re.DOTALL
    )


def test_the_site_is_shown_just_as_readers_get_it_at_the_moment(client, editor, site):
    for moment in site:
        for address in ADDRESSES:
            shown = client.get(address_of(moment, address))
            with at(moment):
                real = client.get(address)
            assert (shown.status_code, address) == (real.status_code, address)
            assert shown["Content-Type"] == real["Content-Type"]
            if real.has_header("Location"):
                assert shown["Location"] == address_of(moment, real["Location"])
            elif "html" in real["Content-Type"]:
                expected = without_use(real.content.decode())
                assert squeezed(without_notice(shown.content.decode(), moment)) == squeezed(expected), address
            assert {"private", "no-store"} <= set(shown["Cache-Control"].split(", "))


def squeezed(html):
    return re.sub(r"\s+", " ", html)


@pytest.mark.any_database
def test_all_that_a_page_leads_to_is_as_of_the_same_moment(client, editor, site):
    moment = site[-2]
    html = client.get(address_of(moment, COMPARISON)).content.decode()
    notice = NOTICE.search(html)[0]
    assert f"As of {formats.moment(moment)}" in notice
    assert f'<a href="{COMPARISON}">Back to now</a>' in notice
    rest = NOTICE.sub("", html)
    inside = [link for link in re.findall(r'(?:href|action)="(/[^"]*)"', rest) if "/static/" not in link]
    others = {link for link in inside if not link.startswith(address_of(moment))}
    assert len(inside) > 20
    assert others == {"/api/v1/docs/"}
    chosen = {"at": "2026-11-23T09:00", "address": "/search/?q=pay"}
    assert client.get("/admin/as-of/", chosen).url == "/admin/as-of/2026-11-23T09:00:00Z/search/?q=pay"
    for wrong in (
        {"at": "soon"},
        {"at": "9999-12-31T23:59"},
        {"at": "2026-11-23T09:00", "address": "https://x"},
    ):
        assert client.get("/admin/as-of/", wrong).status_code == 400
    slashless = client.get(address_of(moment, "/careers?page=1"))
    assert slashless.url == address_of(moment, "/careers/?page=1")


@pytest.mark.any_database
def test_one_moment_never_shows_through_another(client, editor, site):
    future, now = site[-2], timezone.now()
    for _ in range(2):
        for address in ("/", "/careers/", "/compare/"):
            assert "Tutoring" in client.get(address_of(future, address)).content.decode()
            assert "Tutoring" not in client.get(address).content.decode()
    make_comment(Article.objects.get(kind="comparison"), "Only now")
    past = client.get(address_of(now - DAY, COMPARISON)).content.decode()
    assert ("I was there" in past, "Only now" in past) == (True, False)
    together = Barrier(2, timeout=10)

    def read(moment):
        with moments.reading(moment):
            together.wait()
            found = moments.now()
            together.wait()
        return found, moments.now() - timezone.now() < HOUR

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(read, [future, now - DAY])) == [(future, True), (now - DAY, True)]


def test_another_moment_costs_the_same_queries_and_those_of_the_login(client, editor, site):
    def cost(address):
        client.get(address)
        with queries() as taken:
            client.get(address)
        return len(taken)

    login = 4  # session, user, own rights, rights of the groups
    for address in ("/", "/careers/", COMPARISON, "/search/?q=pay"):
        assert cost(address_of(timezone.now(), address)) <= cost(address) + login


@pytest.mark.any_database
def test_what_is_not_for_readers_has_no_other_moment(client, editor):
    moment = timezone.now()
    for address in (
        "/admin/",
        "/admin/login/",
        "/api/v1/articles/",
        "/api/v1/docs/",
        "/static/careersite/site.css",
        "/media/x.png",
        "/preview/token/",
        "/articles/x/card/x.png",
        f"{COMPARISON}embed/",
        "/healthz",
        "/nowhere",
    ):
        response = client.get(address_of(moment, address))
        assert (response.status_code, address) == (404, address)
        assert "is not a page for readers" in response.content.decode()
    for wrong in ("now", "2026-11-23T09:00", "0001-01-01T00:00Z", "2026-13-01T00:00Z"):
        assert client.get(f"/admin/as-of/{wrong}/careers/").status_code == 404
    assert client.post(address_of(moment, "/articles/x/replies/"), {"text": "x"}).status_code == 405
    assert client.head(address_of(moment, "/careers/")).status_code == 200
