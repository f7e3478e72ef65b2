"""Every page of the admin: who may open it, what its lists show, and how many queries that takes."""

import base64

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from articles import preview_links, publishing, trash
from articles.models import (
    Article,
    Author,
    Ban,
    BulkJob,
    Comment,
    DisallowedWord,
    Due,
    Event,
    ExternalLink,
    Finding,
    Image,
    LinkReplacement,
    PreviewLink,
    Publication,
    ReviewInterval,
    Revision,
    State,
    Tag,
)
from comparisons.models import CareerPath, Comparison, Criterion, Question, QuestionBank
from tests.base import DAY, queries
from tests.makers import golden, make_article, make_comment, make_path, make_tag, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MODELS = (
    Article,
    CareerPath,
    Comparison,
    QuestionBank,
    Criterion,
    Question,
    Author,
    Tag,
    Image,
    Comment,
    Revision,
    Publication,
    PreviewLink,
    Event,
)
NOT_WRITTEN = {Comment, Revision, Publication, PreviewLink, Event}  # on the desk: nobody adds them by hand
ELSEWHERE = {
    BulkJob,
    Due,
    ExternalLink,
    Ban,
    DisallowedWord,
    Finding,
    LinkReplacement,
    ReviewInterval,
}  # tried in tests of their own
KEPT = {Revision, Publication, PreviewLink, Event}


def page(model, name, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=arguments)


def one(model):
    return model._default_manager.filter(**({"kind": "article"} if model is Article else {})).first()


@pytest.fixture
def everything():
    """One of everything, with revisions and publications."""
    comparison = golden()
    published = publish(make_article())
    preview_links.share(published.revision, by=None, expires_at=timezone.now() + DAY)
    make_comment(comparison)
    make_tag()
    Image.objects.create(file=ContentFile(PIXEL, name="pixel.png"), alt="A desk")


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def test_every_model_with_an_admin_is_listed_here():
    own = {model for model in admin.site._registry if model._meta.app_label in ("articles", "comparisons")}
    assert own == {*MODELS, *ELSEWHERE}


def test_all_pages_open(client, everything, editor):
    """Who may see them is in the table of rights."""
    for model in MODELS:
        row = one(model)
        pages = [page(model, "changelist"), page(model, "change", row.pk), page(model, "history", row.pk)]
        pages += [] if model in NOT_WRITTEN else [page(model, "add")]
        pages += [] if model in KEPT else [page(model, "delete", row.pk)]
        assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("model", [Article, Comment])
def test_nobody_gets_in_without_a_login_of_the_staff(client, model):
    reader = make_user("reader")
    reader.is_staff = False
    reader.save(update_fields=["is_staff"])
    for _ in range(2):
        assert client.get(page(model, "changelist")).url.startswith("/admin/login/")
        client.force_login(reader)


# --- Lists ---------------------------------------------------------------------------------------


def in_every_state():
    """An article for each state, by its state."""
    articles = {state: make_article(f"An article that is {state.value}") for state in State}
    for state in (State.LIVE, State.CHANGED, State.WITHDRAWN):
        publish(articles[state])
    Article.objects.filter(pk=articles[State.CHANGED].pk).update(title="An article that was changed")
    publishing.record(Article.objects.get(pk=articles[State.CHANGED].pk), by=None)
    publishing.withdraw(articles[State.WITHDRAWN], by=None)
    publishing.schedule(articles[State.SCHEDULED], by=None, at=timezone.now() + DAY)
    trash.trash(articles[State.TRASHED], by=None)
    return articles


def test_the_list_shows_where_each_article_stands_but_for_what_is_in_the_trash(client, editor):
    articles = in_every_state()
    del articles[State.TRASHED]
    found = client.get(page(Article, "changelist")).context["cl"].result_list
    assert {row.pk: row.state for row in found} == {row.pk: state for state, row in articles.items()}


@pytest.mark.parametrize("state", State)
def test_the_list_is_filtered_by_state(client, editor, state):
    articles = in_every_state()
    response = client.get(page(Article, "changelist"), {"state": state.value})
    assert [row.pk for row in response.context["cl"].result_list] == [articles[state].pk]
    assert f'class="state state-{state.value}"' in response.content.decode()


def test_the_filters_count_nothing_as_that_would_go_through_all_rows(client, editor):
    in_every_state()
    html = client.get(page(Article, "changelist"), {"_facets": "True"}).content.decode()
    assert "Withdrawn (1)" not in html
    assert "Show counts" not in html


def test_each_kind_has_a_list_of_its_own(client, editor):
    make_article("An article")
    make_path("A path")
    lists = {model: client.get(page(model, "changelist")).context["cl"] for model in (Article, CareerPath)}
    assert [row.title for row in lists[Article].result_list] == ["An article"]
    assert [row.title for row in lists[CareerPath].result_list] == ["A path"]


def test_a_path_cannot_be_opened_as_an_article(client, editor):
    assert client.get(page(Article, "change", make_path().pk)).status_code == 302


@pytest.mark.parametrize("words", ["pay figure", "how-to-read", "in one sentence"])
def test_the_list_is_searched_by_title_slug_and_summary(client, editor, words):
    make_article()
    make_article("Another", summary="Something.")
    response = client.get(page(Article, "changelist"), {"q": words})
    assert [row.title for row in response.context["cl"].result_list] == ["How to read a pay figure"]


def list_queries(client):
    found = {}
    for model in MODELS:
        with queries() as taken:
            client.get(page(model, "changelist"))
        found[model] = len(taken)
    return found


def test_a_list_takes_the_same_queries_however_long_it_is(client, editor, everything):
    list_queries(client)  # content types are read once
    few = list_queries(client)
    for number in range(3):
        article = make_article(f"Article {number}", authors=(f"Author {number}",))
        publish(make_path(f"Path {number}", authors=(f"Author {number}", "Ann Author")))
        preview_links.share(publish(article).revision, by=editor, expires_at=timezone.now() + DAY)
        make_comment(article)
        make_tag(f"Tag {number}")
    assert list_queries(client) == few
    assert max(few.values()) <= 10


def test_an_image_whose_file_is_elsewhere_can_still_be_described(client):
    client.force_login(make_user(group="Editor"))
    image = Image.objects.create(file="images/missing.png", width=10, height=10, alt="Old words")
    address = f"/admin/articles/image/{image.pk}/change/"
    sent = {"alt": "A desk by a window", "credit": "", "focal_x": 50, "focal_y": 50}
    response = client.post(address, sent)
    assert response.status_code == 302, response.content.decode()
    stored = Image.objects.get()
    assert (stored.alt, stored.file.name, stored.width) == ("A desk by a window", "images/missing.png", 10)
