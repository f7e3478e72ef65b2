"""Who reads what: every public route, by role and by the state of what it shows. One without a row fails.

Statuses: 200 shown, 302 led to the login (or, for a POST, done), 403 refused, 404 not there, 405 not so.
"""

import pytest
from django.urls import get_resolver

from articles import publishing
from articles.models import Article
from tests.base import soon
from tests.makers import golden, make_article, make_comment, make_tag, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROLES = ("anonymous", "Author", "Editor", "Moderator")
COMPARISON = "microtask-gig-work-vs-remote-project-management"

# Readers and programs: what everybody gets, whoever they are; {slug} is that of a live article.
PUBLIC = {
    "": 200,
    "articles/": 200,
    "authors/<slug:slug>/": 200,
    "tags/<slug:slug>/": 200,
    "careers/": 200,
    "compare/": 200,
    **{
        f"{of}{form}": 200
        for of in ("feed/", "feed/corrections/", "authors/<slug:slug>/feed/", "tags/<slug:slug>/feed/")
        for form in ("", "json/")
    },
    "search/": 200,
    "search/suggestions/": 200,
    "how-we-decide/": 200,
    "accessibility/": 200,
    **{f"{page}.md": 200 for page in ("index", "articles", "careers", "compare", "authors/<slug:slug>")},
    **{f"{page}.md": 200 for page in ("tags/<slug:slug>", "how-we-decide", "accessibility")},
    "llms.txt": 200,
    "robots.txt": 200,
    "oembed/": 404,
    "preview/<str:token>/": 404,
    "card/<slug:language>/<slug:digest>.png": 302,
    "replies/opened/": 200,
    "replies/own/<str:token>/": 404,
    "replies/confirm/<str:token>/": 404,
    "replies/unsubscribe/<str:token>/": 404,
    "replies/data/": 200,
    "replies/data/<str:token>/": 404,
    "search.md": 200,
    "sitemap.xml": 200,
    "sitemap-pages.xml": 200,
    "sitemap-pages-<int:number>.xml": 404,
    "sitemap-<int:number>.xml": 200,
    "healthz": 200,
    "readyz": 200,
    "api/v1/": 200,
    "api/v1/schema/": 200,
    "api/v1/docs/": 200,
    "api/v1/articles/": 200,
    "api/v1/career-paths/": 200,
    "api/v1/comparisons/": 200,
    "api/v1/comments/": 200,
    "api/v1/corrections/": 200,
    "api/v1/tags/": 200,
    "api/v1/authors/": 200,
    "api/v1/search/": 200,
    "api/v1/<path:rest>/": 404,
}
# What programs of editors ask with a token (test_draft_rights); no login gets anything there.
BY_TOKEN = {
    "api/v1/drafts/",
    *(f"api/v1/drafts/{name}/" for name in ("authors", "tags", "images")),
    *(
        f"api/v1/drafts/<uuid:pk>/{rest}"
        for rest in (
            *("", "revisions/", "revisions/<int:number>/", "restore/", "findings/", "copy/", "checked/"),
            *("put-back/", "submit/", "assign/", "request-changes/", "approve/", "recall/"),
            *("notes/", "notes/<uuid:note>/answers/", "notes/<uuid:note>/resolve/"),
            *("publish/", "schedule/", "cancel/", "withdraw/"),
        )
    ),
}
# What shows one article, by its state: the same for every role.
BY_STATE = {
    route: {"live": live, "draft": 404, "scheduled": 404, "withdrawn": 410}
    for route, live in {
        "articles/<slug:slug>/": 200,
        "articles/<slug:slug>/replies/": 200,
        "careers/<slug:slug>/": 200,
        "careers/<slug:slug>/replies/": 200,
        "compare/<slug:slug>/": 200,
        "compare/<slug:slug>/decide/": 200,
        "compare/<slug:slug>/decide/<str:code>/": 400,
        "compare/<slug:slug>/embed/": 200,
        "compare/<slug:slug>/replies/": 200,
        "articles/<slug:slug>.md": 200,
        "careers/<slug:slug>.md": 200,
        "compare/<slug:slug>.md": 200,
        "compare/<slug:slug>/decide.md": 200,
        "compare/<slug:slug>/decide/<str:code>.md": 400,
        "compare/<slug:slug>/differences.csv": 200,
        "compare/<slug:slug>/differences.md": 200,
        "articles/<slug:slug>/card/<slug:digest>.png": 302,
        "careers/<slug:slug>/card/<slug:digest>.png": 302,
        "compare/<slug:slug>/card/<slug:digest>.png": 302,
        "api/v1/articles/<slug:slug>/": 200,
        "api/v1/career-paths/<slug:slug>/": 200,
        "api/v1/comparisons/<slug:slug>/": 200,
        "api/v1/comparisons/<slug:slug>/decision/": 200,
        "api/v1/comparisons/<slug:slug>/decision/<str:code>/": 400,
        "api/v1/comparisons/<slug:slug>/fairness/": 200,
    }.items()
}


def routes():
    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, prefix + str(pattern.pattern))
            else:
                yield prefix + str(pattern.pattern), pattern.name

    return list(walk(get_resolver(), ""))


@pytest.fixture
def site():
    comparison = golden()
    article = make_article(
        "Live", slug="live", tags=[{"id": str(make_tag().pk), "name": "x", "slug": "remote-work"}]
    )
    publish(article)
    make_comment(article)
    make_article("Draft", slug="draft")
    return comparison


def sign_in(client, role):
    if role != "anonymous":
        client.force_login(make_user(role.lower(), group=role))


def test_every_route_has_a_row():
    known = PUBLIC.keys() | BY_STATE.keys() | BY_TOKEN
    assert {route for route, _ in routes() if not route.startswith("admin/")} == known


@pytest.mark.parametrize("role", ROLES)
def test_what_is_public_is_the_same_for_everybody(client, site, role):
    sign_in(client, role)
    values = {
        "authors/<slug:slug>/": "authors/ann-author/",
        "tags/<slug:slug>/": "tags/remote-work/",
        "authors/<slug:slug>.md": "authors/ann-author.md",
        "tags/<slug:slug>.md": "tags/remote-work.md",
        "sitemap-<int:number>.xml": "sitemap-0.xml",
        "api/v1/<path:rest>/": "api/v1/nowhere/",
        "preview/<str:token>/": "preview/nothing/",
        "card/<slug:language>/<slug:digest>.png": "card/en/nothing.png",
    }
    values |= {
        f"{of}<slug:slug>/feed/{form}": f"{values[f'{of}<slug:slug>/']}feed/{form}"
        for of in ("authors/", "tags/")
        for form in ("", "json/")
    }
    asked = {route: values.get(route, route) for route in PUBLIC}
    query = {"api/v1/search/": "?q=live"}
    found = {
        route: client.get(f"/{address}{query.get(route, '')}").status_code for route, address in asked.items()
    }
    assert found == PUBLIC


@pytest.mark.parametrize("role", ROLES)
def test_a_login_is_no_token(client, role):
    sign_in(client, role)
    article = make_article()
    for route in BY_TOKEN:
        some = route.replace("<uuid:pk>", str(article.pk)).replace("<int:number>", "1")
        address = f"/{some.replace('<uuid:note>', str(article.pk))}"
        for method in (client.get, client.post, client.put, client.patch, client.delete):
            assert method(address, content_type="application/json").status_code == 401, address


def in_state(state):
    """An article of each kind in that state, by the first part of its address."""
    comparison = golden(published=state != "draft")
    article = make_article("Piece", slug="piece")
    path = comparison.paths.get(slug="microtask-gig-work")
    if state == "live":
        publish(article)
    elif state == "withdrawn":
        publish(article)
        publishing.withdraw(article, by=None)
        publishing.withdraw(path, by=None, with_dependents=True)
    elif state == "scheduled":
        publishing.withdraw(path, by=None, with_dependents=True)
        Article.objects.exclude(kind="question-bank").first()
        publishing.schedule(article, by=None, at=soon())
    return {"articles": article.slug, "careers": path.slug, "compare": comparison.slug}


@pytest.mark.parametrize("role", ["anonymous", "Editor"])
@pytest.mark.parametrize("state", ["live", "draft", "withdrawn"])
def test_what_shows_an_article_depends_on_its_state_alone(client, role, state):
    slugs = in_state(state)
    slugs |= {"career-paths": slugs["careers"], "comparisons": slugs["compare"]}
    sign_in(client, role)
    found = {}
    for route in BY_STATE:
        section = route.removeprefix("api/v1/").split("/")[0]
        address = (
            route.replace("<slug:slug>", slugs[section])
            .replace("<str:code>", "damaged")
            .replace("<slug:digest>", "0")
        )
        found[route] = client.get(f"/{address}").status_code
    assert found == {route: states[state] for route, states in BY_STATE.items()}


def test_a_scheduled_article_is_not_there_yet_for_anybody(client):
    publishing.schedule(make_article("Piece", slug="piece"), by=None, at=soon())
    sign_in(client, "Editor")
    for address in ("/articles/piece/", "/articles/piece/replies/", "/api/v1/articles/piece/"):
        assert client.get(address).status_code == BY_STATE["articles/<slug:slug>/"]["scheduled"]
