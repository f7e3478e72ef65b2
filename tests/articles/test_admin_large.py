"""Lists of the desk where there are many rows: few queries, by an index, and no further than people page."""

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import finding
from articles.admin import filters, paging
from articles.models import Article, Byline, Publication, Revision, State
from tests.base import queries
from tests.makers import make_article, make_author, make_tag, make_user, publish

pytestmark = pytest.mark.django_db

MANY, MOST = 200, 120
LIST = reverse("admin:articles_article_changelist")


@pytest.fixture(autouse=True)
def many(client, monkeypatch):
    client.force_login(make_user("root", superuser=True))
    monkeypatch.setattr(paging, "MOST", MOST)
    monkeypatch.setattr(filters, "COMMON", MOST)
    monkeypatch.setattr(finding, "COMMON", MOST)
    rows = [Article(title=f"Work {n}", slug=f"work-{n}") for n in range(MANY)]
    Article.objects.bulk_create(rows)
    author, tag, tagged = make_author(), make_tag(), Article.tags.through
    Byline.objects.bulk_create(Byline(article=row, author=author) for row in rows)
    tagged.objects.bulk_create(tagged(article=row, tag=tag) for row in rows)


def shown(client, **query):
    return client.get(LIST, query).context["cl"]


def test_every_list_takes_few_queries(client):
    for model in admin.site._registry:
        with queries() as asked:
            client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        assert len(asked) <= 10, model


def test_a_list_ends_and_says_so(client):
    page = client.get(LIST, {"p": "3"})
    assert page.context["cl"].result_count == MOST
    assert len(page.context["cl"].result_list) == MOST - 2 * 50
    assert f"The list ends after {MOST}. Search or filter to see others." in page.content.decode()
    assert client.get(LIST, {"p": "4"}).url == f"{LIST}?e=1"
    assert "The list ends" not in client.get(LIST, {"q": "work 199"}).content.decode()


def test_what_very_many_have_is_found_as_what_few_have(client):
    newest = list(Article.objects.order_by("-updated_at", "id")[:50])
    for query in (
        {"q": "w"},
        {"state": "draft"},
        {"state": "draft", "q": "wor", "language__exact": "en"},
        {"tags__named": "remote"},
        {"authors__named": "Ann Author"},
    ):
        with queries() as asked:
            found = shown(client, **query)
        assert len(asked) <= 10, query
        assert (found.result_count, found.result_list) == (MOST, newest), query


def test_what_belongs_to_articles_is_found_where_very_many_are(client):
    publication = publish(make_article("Work that is live"))
    for typed in ("work", "work live"):
        assert finding.publications(Publication.objects.all(), typed).get() == publication
        assert finding.revisions(Revision.objects.all(), typed).get() == publication.revision


def test_a_name_that_may_mean_several_is_asked_back_about_and_none_is_said_to_be_none(client):
    make_tag("Remote study")
    make_article("Tagged", tags=[])
    html = client.get(LIST, {"tags__named": "remote"}).content.decode()
    assert "Which one?" in html
    assert f"?tags__id__exact={make_tag().pk}" in html
    assert "No tag is named like “zz”" in client.get(LIST, {"tags__named": "zz"}).content.decode()
    assert shown(client, tags__id__exact=make_tag("Remote study").pk).result_count == 0


def test_states_are_looked_for_by_an_index():
    for state in State:
        found = Article.objects.of_kind("article").in_state(state, timezone.now())
        plan = found.order_by("-updated_at", "id").values("pk")[:50].explain()
        if connection.vendor == "sqlite":  # PostgreSQL's planner goes by how many rows there are
            assert "USING INDEX article_" in plan or "USING COVERING INDEX article_" in plan, state
            assert "SCAN articles_article\n" not in plan, state
