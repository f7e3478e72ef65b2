"""What language models and other robots are told of the site."""

import re

import pytest

from articles import documents, publishing
from careersite import llms
from tests.base import at, queries, soon
from tests.careersite.test_pages import GIG_VS_MANAGEMENT, make_site
from tests.makers import make_article, publish
from tests.markdown.rendered import rendered, tokens, tree

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HOST = "http://127.0.0.1:8000"
ENTRY = re.compile(r"- \[(.+?)\]\((\S+)\)(?:, \[.+?\]\(\S+\))*(?:: (.+))?")


def guide(client):
    response = client.get("/llms.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return response.content.decode()


def sections(text):
    """By heading, the entries of its list: title, address and what is said of it."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return {
        heading: [ENTRY.fullmatch(line).groups() for line in body.strip().split("\n")]
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_it_is_made_as_the_convention_says(client):
    make_site()
    text = guide(client)
    assert text.startswith("# Careersite\n\n> Comparisons of careers: what each is, ")
    kinds = [token.type for token in tokens(text) if token.type.endswith("_open")]
    assert kinds[:5] == [
        "heading_open",
        "blockquote_open",
        "paragraph_open",
        "paragraph_open",
        "bullet_list_open",
    ]
    assert [token.tag for token in tokens(text) if token.type == "heading_open"] == ["h1", *["h2"] * 4]
    found = sections(text)
    assert list(found) == ["Comparisons", "Career paths", "Articles", "Optional"]
    title = "Microtask gig work vs Remote project management"
    assert found["Comparisons"] == [
        (title, f"{HOST}{GIG_VS_MANAGEMENT[:-1]}.md", f"What {title} is about, in one sentence."),
        ("All comparisons", f"{HOST}/compare.md", None),
    ]
    assert [address.removeprefix(HOST) for _, address, _ in found["Career paths"]] == [
        "/careers/remote-project-management.md",
        "/careers/microtask-gig-work.md",
        "/careers.md",
    ]
    assert found["Articles"][0][1] == f"{HOST}/articles/how-to-read-a-pay-figure.md"


def test_everything_that_it_names_is_there(client):
    make_site()
    links = {link.get("href").removeprefix(HOST) for link in tree(rendered(guide(client))).iter("a")}
    assert {"/api/v1/docs/", "/sitemap.xml", "/feed/", "/how-we-decide.md"} <= links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_it_names_the_newest_and_ends(client, monkeypatch):
    monkeypatch.setattr(llms, "NEWEST", 3)
    for number in range(5):
        publish(make_article(f"Number {number}"))
    with queries() as found:
        entries = sections(guide(client))["Articles"]
    assert [title for title, *_ in entries] == ["Number 4", "Number 3", "Number 2", "All articles"]
    assert len(found) <= 3


def test_it_names_what_is_live_alone(client):
    article = make_article("Secret", slug="secret")
    publishing.schedule(article, by=None, at=soon())
    assert "Secret" not in guide(client)
    with at(soon(hours=2)):
        assert "/articles/secret.md" in guide(client)
        documents.restore(documents.compose(article) | {"slug": "open"})
        publish(article)
        assert "/articles/open.md" in guide(client)
        publishing.withdraw(article, by=None)
        assert "Secret" not in guide(client)


def test_titles_and_summaries_mean_themselves(client):
    publish(make_article("# [x](y) <b>", slug="odd", summary="## Optional\n- [a](b): `c` & \\"))
    text = guide(client)
    assert "- [# \\[x\\](y) \\<b>]" in text
    assert text.count("\n## Optional") == 1
    assert not {token.type for token in tokens(text)} & {"html_inline", "html_block", "code_inline"}


def test_it_may_be_kept_as_long_as_the_sitemap_and_is_in_the_site_s_language(client, settings):
    make_site()
    assert client.get("/llms.txt")["Cache-Control"] == client.get("/sitemap.xml")["Cache-Control"]
    response = client.get("/llms.txt", headers={"Accept-Language": "de"})
    assert response["Content-Language"] == "en"
    assert "Accept-Language" not in response["Vary"]
    settings.LANGUAGE_CODE = "de"
    assert "## Vergleiche" in guide(client)
    assert "## Optional\n" in guide(client)


# --- robots.txt -------------------------------------------------------------------------------------


def allowed(client, address):
    """As RFC 9309 reads it: any of the patterns, from the start, `*` for whatever there is."""
    lines = client.get("/robots.txt").content.decode().split("\n")
    rules = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    return not any(re.match(re.escape(rule).replace(r"\*", ".*"), address) for rule in rules)


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/articles/", "/articles/piece/", "/careers/nursing/", "/compare/a-vs-b/", "/compare/?page=2"),
        *(
            "/authors/ann/",
            "/tags/remote/",
            "/how-we-decide/",
            "/accessibility/",
            "/llms.txt",
            "/sitemap.xml",
        ),
        *("/index.md", "/articles/piece.md", "/compare/a-vs-b.md", "/compare/a-vs-b/decide.md"),
        *(
            "/compare/a-vs-b/differences.csv",
            "/compare/a-vs-b/differences.md",
            "/compare/a-vs-b/card/0a1b.png",
            "/card/en/0a1b.png",
        ),
        *("/feed/", "/feed/json/", "/tags/remote/feed/", "/sitemap-0.xml", "/media/images/a.webp"),
        *("/static/careersite/site.css", "/api/v1/", "/api/v1/docs/", "/api/v1/schema/"),
        *("/api/v1/comparisons/a-vs-b/decision/", "/careers/replies/", "/articles/decide/"),
    ],
)
def test_robots_may_read_what_is_for_everybody(client, address):
    assert allowed(client, address)


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/", "/admin/login/", "/preview/x/", "/search/?q=a", "/search/suggestions/?q=a"),
        *("/compare/a-vs-b/decide/", "/compare/a-vs-b/decide/AAAA/", "/compare/a-vs-b/decide/AAAA.md"),
        *("/articles/piece/replies/", "/replies/own/x/", "/replies/data/x/", "/replies/confirm/x/"),
        *("/replies/unsubscribe/x/", "/api/v1/drafts/"),
    ],
)
def test_robots_are_asked_to_leave_what_is_somebody_s_own(client, address):
    assert not allowed(client, address)
