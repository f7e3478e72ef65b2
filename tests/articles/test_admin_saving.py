"""Saving in the admin: what makes a revision, what doesn't, and what each button of the form does."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, Revision, Section
from tests.forms import address, form_data, said, save
from tests.makers import make_article, make_author, make_path, make_tag, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def writer(client):
    user = make_user("arthur", group="Author")
    client.force_login(user)
    return user


def test_a_changed_save_makes_one_revision_with_author_and_note(client, writer):
    article = make_article()
    save(client, article, title="A new title", note="Shorter")
    revision = article.revisions.get()
    assert (revision.number, revision.author, revision.note) == (1, writer, "Shorter")
    assert revision.document["title"] == "A new title"


@pytest.mark.parametrize("name", ["tags", "reviewer", "bylines-0-author"])
@pytest.mark.parametrize("text", ["zz", "9" * 20, "00000000-0000-4000-8000-000000000000"])
def test_what_names_nothing_is_refused_beside_its_field(client, writer, name, text):
    article = make_article()
    response = save(client, article, **{name: text})
    assert "errornote" in response.content.decode()
    assert not article.revisions.exists()


def test_a_save_that_changes_nothing_makes_no_revision(client, writer):
    article = make_article(
        summary="Two\nlines", tags=[{"id": str(make_tag().pk), "name": "Remote work", "slug": "remote-work"}]
    )
    save(client, article)
    save(client, article)
    assert article.revisions.count() == 1


@pytest.mark.parametrize("maker", [make_article, make_path])
def test_the_form_stores_what_it_shows(client, editor, maker):
    article = maker(
        calls_to_action=[{"label": "Onward", "url": "/careers/"}],
        sources=[{"publisher": "A bureau", "title": "A table", "passage": "One\ntwo"}],
    )
    publication = publish(article)
    save(client, article)
    assert Revision.objects.get() == publication.revision


def test_a_new_article_gets_its_kind_and_its_first_revision(client, writer):
    add = reverse("admin:comparisons_careerpath_add")
    data = form_data(client.get(add)) | {
        "title": "Online tutoring",
        "slug": "online-tutoring",
        "sections-0-role": "introduction",
        "sections-0-body": "<p>Teaching.</p>",
        "bylines-0-author": str(make_author().pk),
        "_continue": "1",
    }
    response = client.post(add, data)
    article = Article.objects.get()
    assert response.url == address(article.careerpath)
    assert article.kind == "career-path"
    assert article.revisions.get().document["sections"][0]["body"] == "<p>Teaching.</p>"


def test_rows_left_empty_are_not_stored(client, writer):
    add = reverse("admin:articles_article_add")
    client.post(add, form_data(client.get(add), title="Bare", slug="bare") | {"_continue": "1"})
    article = Article.objects.get()
    assert not article.sections.exists()
    assert not article.bylines.exists()


def test_a_slug_that_another_article_has_is_refused_with_its_title(client, writer):
    make_article("The first")
    second = make_article("The second")
    response = save(client, second, slug="the-first")
    assert "“The first” has this slug. Choose another." in response.content.decode()
    assert not second.revisions.exists()


def test_articles_of_two_kinds_may_share_a_slug(client, writer):
    make_path("Tutoring")
    article = make_article("Something else")
    save(client, article, slug="tutoring")
    assert article.revisions.get().document["slug"] == "tutoring"


def test_rich_text_is_sanitised_where_it_is_saved(client, writer):
    article = make_article()
    save(client, article, **{"sections-0-body": '<p onclick="x()">Hello<script>alert(1)</script></p>'})
    assert article.sections.get().body == "<p>Hello</p>"


def test_sections_offer_the_roles_of_their_kind_only(client, writer):
    html = client.get(reverse("admin:articles_article_add")).content.decode()
    offered = {role for role in Section.Role.values if f'<option value="{role}"' in html}
    assert offered == {"introduction", "body", "conclusion"}


def test_rows_keep_the_order_they_are_put_in(client, writer):
    sections = [{"role": "body", "heading": name, "body": "<p>x</p>"} for name in ("One", "Two")]
    article = make_article(sections=sections)
    save(client, article, **{"sections-0-position": "2", "sections-1-position": "1"})
    assert [section["heading"] for section in article.revisions.get().document["sections"]] == ["Two", "One"]


# --- The buttons ---------------------------------------------------------------------------------


def test_preview_shows_unsaved_words_and_stores_nothing(client, writer):
    article = make_article()
    page = client.get(address(article))
    changed = form_data(page, title="Only a try", **{"sections-0-body": "<p>Not kept.</p>"})
    response = client.post(address(article), changed | {"_preview": "1"})
    assert "Not kept." in response.content.decode()
    article.refresh_from_db()
    assert article.title == "How to read a pay figure"
    assert not article.revisions.exists()


@pytest.mark.parametrize(
    "add", ["articles_article_add", "comparisons_careerpath_add", "comparisons_comparison_add"]
)
def test_what_is_hardly_begun_can_be_previewed(client, writer, add):
    page = client.get(reverse(f"admin:{add}"))
    data = form_data(page, title="Hardly begun", slug="hardly-begun") | {"_preview": "1"}
    response = client.post(reverse(f"admin:{add}"), data)
    assert "Hardly begun" in response.content.decode()
    assert not Article.objects.exists()


def test_the_preview_of_what_is_saved_needs_no_form(client, writer):
    article = make_article()
    response = client.get(address(article, "preview"))
    assert "begins here" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_publish_now_saves_and_shows_it_to_readers(client, editor):
    article = make_article()
    response = save(client, article, "_publish", title="Ready")
    live = article.publications.at(timezone.now()).get()
    assert (live.title, live.by) == ("Ready", editor)
    assert "/articles/how-to-read-a-pay-figure/" in said(response)


def test_what_is_not_ready_is_saved_and_the_reason_said(client, editor):
    article = make_article()
    response = save(client, article, "_publish", summary="")
    assert "The draft is saved." in said(response)
    assert "Write one or two sentences for lists and search results." in said(response)
    assert article.revisions.get().document["summary"] == ""
    assert not article.publications.exists()


def test_publishing_from_a_page_that_is_out_of_date_is_a_conflict_and_loses_nothing(client, editor):
    article = make_article()
    publishing.record(article, by=None)
    page = client.get(address(article))
    publish(article)
    data = form_data(page, title="Mine") | {"_publish": "1"}
    response = client.post(address(article), data)
    assert "was published, scheduled or withdrawn by somebody else in the meantime" in said(response)
    assert article.revisions.first().document["title"] == "Mine"
    assert article.publications.count() == 1


def test_schedule_saves_first_and_then_asks(client, editor):
    article = make_article()
    response = save(client, article, "_schedule", title="Later")
    assert response.url == address(article, "schedule")
    assert article.revisions.get().document["title"] == "Later"


@pytest.mark.parametrize("button", ["_publish", "_schedule", "_withdraw"])
def test_an_author_has_no_button_that_readers_would_notice(client, writer, button):
    article = make_article()
    page = client.get(address(article))
    assert f'name="{button}"' not in page.content.decode()
    response = client.post(address(article), form_data(page, title="Sly") | {button: "1"})
    assert response.status_code == 403
    assert not article.revisions.exists()


# --- Deleting ------------------------------------------------------------------------------------


# --- Under the content-security policy -----------------------------------------------------------


def test_saving_as_new_is_no_button_of_the_form(client, writer):
    article = make_article()
    response = save(client, article, "_saveasnew", title="")
    assert response.status_code == 400
    assert not Article.objects.exclude(pk=article.pk).exists()


def test_the_import_map_and_the_editors_style_carry_the_nonce_of_the_policy(client, writer):
    response = client.get(address(make_article()))
    policy, html = response["Content-Security-Policy"], response.content.decode()
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in html
    assert f'<style data-tiptap-style nonce="{nonce}">' in html
    assert f"style-src 'self' 'nonce-{nonce}'" in policy
    assert f"script-src 'self' 'nonce-{nonce}'" in policy
    assert "unsafe" not in policy
