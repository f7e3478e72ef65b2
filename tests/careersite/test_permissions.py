"""Who gets what: every route, by role and by the state of what it shows. A route without a row fails.

Statuses: 200 shown, 302 led to the login (or, for a POST, done), 403 refused, 404 not there, 405 not so.
"""

import pytest
from django.urls import get_resolver

from articles import publishing
from articles.models import Article, Comment
from comparisons.models import Criterion, Question
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
    "feed/": 200,
    "search/": 200,
    "robots.txt": 200,
    "sitemap.xml": 200,
    "sitemap-<section>.xml": 200,
    "healthz": 200,
    "readyz": 200,
    "api/v1/": 200,
    "api/v1/schema/": 200,
    "api/v1/docs/": 200,
    "api/v1/articles/": 200,
    "api/v1/career-paths/": 200,
    "api/v1/comparisons/": 200,
    "api/v1/comments/": 200,
    "api/v1/tags/": 200,
    "api/v1/authors/": 200,
    "api/v1/search/": 200,
    "api/v1/<path:rest>/": 404,
}
# What shows one article, by its state: the same for every role.
BY_STATE = {
    route: {"live": live, "draft": 404, "scheduled": 404, "withdrawn": 410}
    for route, live in {
        "articles/<slug:slug>/": 200,
        "articles/<slug:slug>/replies/": 200,
        "articles/<slug:slug>/replies/received/": 200,
        "careers/<slug:slug>/": 200,
        "careers/<slug:slug>/replies/": 200,
        "careers/<slug:slug>/replies/received/": 200,
        "compare/<slug:slug>/": 200,
        "compare/<slug:slug>/decide/": 200,
        "compare/<slug:slug>/decide/<str:code>/": 400,
        "compare/<slug:slug>/replies/": 200,
        "compare/<slug:slug>/replies/received/": 200,
        "api/v1/articles/<slug:slug>/": 200,
        "api/v1/career-paths/<slug:slug>/": 200,
        "api/v1/comparisons/<slug:slug>/": 200,
        "api/v1/comparisons/<slug:slug>/decision/": 200,
        "api/v1/comparisons/<slug:slug>/decision/<str:code>/": 400,
        "api/v1/comparisons/<slug:slug>/fairness/": 200,
    }.items()
}
# The admin: for each model, what each role may do beside "nothing".
WRITTEN = {"Author": "view add change", "Editor": "view add change", "Moderator": "view"}
KINDS = ("articles_article", "comparisons_careerpath", "comparisons_comparison")
BANK = {"Author": "view", "Editor": "view add change delete"}
MODELS = {
    **dict.fromkeys(KINDS, WRITTEN),
    "comparisons_questionbank": BANK,
    "comparisons_criterion": BANK,
    "comparisons_question": BANK,
    "articles_author": {"Author": "view", "Editor": "view add change delete"},
    "articles_tag": {"Author": "view add", "Editor": "view add change delete"},
    "articles_image": {"Author": "view add", "Editor": "view add change delete"},
    "articles_comment": {"Editor": "view change delete", "Moderator": "view change delete"},
    "articles_revision": {"Author": "view", "Editor": "view"},
    "articles_publication": {"Author": "view", "Editor": "view"},
    "auth_user": {},
    "auth_group": {},
}
ACTIONS = {"changelist": "view", "add": "add", "history": "view", "delete": "delete", "change": "view"}
TRANSITIONS = {
    "publish": "publish",
    "schedule": "publish",
    "withdraw": "publish",
    "cancel": "publish",
    "restore": "change",
    "preview": "view",
}
DESK = {
    "index": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "login": {"anonymous": 200, "Author": 302, "Editor": 302, "Moderator": 302},
    "logout": dict.fromkeys(ROLES, 405) | {"anonymous": 302},
    "password_change": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "password_change_done": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "autocomplete": {"anonymous": 302, "Author": 403, "Editor": 403, "Moderator": 403},
    "jsi18n": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "view_on_site": {"anonymous": 302, "Author": 404, "Editor": 404, "Moderator": 404},
    "app_list": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "comparisons_comparison_fairness": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "comparisons_comparison_counts": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
    "comparisons_comparison_counted": {"anonymous": 302, "Author": 200, "Editor": 200, "Moderator": 200},
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
    def known(route, name):
        if not route.startswith("admin/"):
            return route in PUBLIC or route in BY_STATE
        if name in DESK or name is None or "(?P<url>" in route:
            return True
        model, _, action = name.rpartition("_")
        if name == "auth_user_password_change":
            return True
        return model in MODELS and (
            action in ACTIONS or (model in (*KINDS, "comparisons_questionbank") and action in TRANSITIONS)
        )

    assert [route for route, name in routes() if not known(route, name)] == []
    assert {route for route, _ in routes()} >= PUBLIC.keys() | BY_STATE.keys()


@pytest.mark.parametrize("role", ROLES)
def test_what_is_public_is_the_same_for_everybody(client, site, role):
    sign_in(client, role)
    values = {
        "authors/<slug:slug>/": "authors/ann-author/",
        "tags/<slug:slug>/": "tags/remote-work/",
        "sitemap-<section>.xml": "sitemap-comparison.xml",
        "api/v1/<path:rest>/": "api/v1/nowhere/",
    }
    asked = {route: values.get(route, route) for route in PUBLIC}
    query = {"api/v1/search/": "?q=live"}
    found = {
        route: client.get(f"/{address}{query.get(route, '')}").status_code for route, address in asked.items()
    }
    assert found == PUBLIC


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
        from tests.base import soon

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
        address = route.replace("<slug:slug>", slugs[section]).replace("<str:code>", "damaged")
        found[route] = client.get(f"/{address}").status_code
    assert found == {route: states[state] for route, states in BY_STATE.items()}


def test_a_scheduled_article_is_not_there_yet_for_anybody(client):
    from tests.base import soon

    publishing.schedule(make_article("Piece", slug="piece"), by=None, at=soon())
    sign_in(client, "Editor")
    for address in ("/articles/piece/", "/articles/piece/replies/", "/api/v1/articles/piece/"):
        assert client.get(address).status_code == BY_STATE["articles/<slug:slug>/"]["scheduled"]


def objects(site):
    article = Article.objects.get(slug="live")
    bank = Article.objects.get(kind="question-bank")
    return {
        "articles_article": article.pk,
        "comparisons_careerpath": site.paths.first().pk,
        "comparisons_comparison": site.pk,
        "comparisons_questionbank": bank.pk,
        "comparisons_criterion": Criterion.objects.first().pk,
        "comparisons_question": Question.objects.first().pk,
        "articles_author": article.authors.first().pk,
        "articles_tag": make_tag().pk,
        "articles_comment": Comment.objects.first().pk,
        "articles_revision": article.revisions.first().pk,
        "articles_publication": article.publications.first().pk,
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_shows_each_role_what_it_may_do(client, site, role):
    sign_in(client, role)
    for model, pk in objects(site).items():
        may = MODELS[model].get(role, "").split()
        app, _, name = model.partition("_")
        for action, needed in ACTIONS.items():
            part = {"changelist": "", "add": "add/"}.get(action, f"{pk}/{action}/")
            status = client.get(f"/admin/{app}/{name}/{part}").status_code
            expected = 302 if role == "anonymous" else 200 if needed in may else 403
            if action == "delete" and expected == 200 and status == 403:
                continue  # a model may refuse what the role could do: what has revisions is not deleted
            assert status == expected, (model, action)


@pytest.mark.parametrize("role", ROLES)
def test_transitions_belong_to_those_who_publish(client, site, role):
    sign_in(client, role)
    for model in KINDS:
        app, _, name = model.partition("_")
        pk = objects(site)[model]
        preview = client.get(f"/admin/{app}/{name}/{pk}/preview/").status_code
        assert preview == (302 if role == "anonymous" else 200), model
        for action in ("publish", "schedule", "withdraw", "cancel"):
            status = client.post(f"/admin/{app}/{name}/{pk}/{action}/", {}).status_code
            if role in ("Author", "Moderator"):
                assert status == 403, (model, action)
            else:
                assert status in (200, 302, 400, 404), (model, action)
        status = client.post(f"/admin/{app}/{name}/{pk}/restore/", {}).status_code
        assert (status == 403) == (role == "Moderator"), model
    if role != "Editor":
        assert Article.objects.get(slug="live").publications.filter(ends_at=None).exists()


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_itself(client, site, role):
    sign_in(client, role)
    addresses = {
        "index": "",
        "login": "login/",
        "logout": "logout/",
        "password_change": "password_change/",
        "password_change_done": "password_change/done/",
        "autocomplete": "autocomplete/",
        "jsi18n": "jsi18n/",
        "view_on_site": "r/1/1/",
        "app_list": "articles/",
        "comparisons_comparison_fairness": f"comparisons/comparison/{site.pk}/fairness/",
        "comparisons_comparison_counts": f"comparisons/comparison/{site.pk}/counts/",
        "comparisons_comparison_counted": "comparisons/comparison/counts/",
    }
    found = {name: client.get(f"/admin/{address}").status_code for name, address in addresses.items()}
    assert found == {name: statuses[role] for name, statuses in DESK.items()}
