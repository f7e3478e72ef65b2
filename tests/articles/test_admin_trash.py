"""The trash and copies on the desk: its pages, its buttons, and what they refuse."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing, trash
from articles.models import Article
from comparisons.models import CareerPath
from tests.forms import address, form_data, said, save
from tests.makers import golden, make_article, make_comparison, make_path, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PATHS = reverse("admin:comparisons_careerpath_changelist")


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def act(client, action, *articles, query="", **data):
    chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
    return client.post(PATHS + query, chosen | data)


def test_the_page_warns_of_drafts_that_name_it_and_moves_it(client, editor):
    path = make_path("Tutoring")
    comparison = make_comparison(path, make_path("Bookkeeping"))
    page = client.get(address(path, "delete")).content.decode()
    assert address(comparison) in page
    assert "Move to the trash" in page
    response = client.post(address(path, "delete"))
    assert "is in the trash now" in said(response)
    assert address(path) in said(response)
    assert CareerPath.objects.get(title="Tutoring").trashed_by == editor


def test_what_is_live_is_listed_with_what_it_is_part_of_and_stays(client, editor):
    comparison = golden()
    path, draft = comparison.paths.first(), make_path("Tutoring")
    page = client.post(address(path, "delete")).content.decode()
    assert address(path, "withdraw") in page
    assert address(comparison) in page
    page = act(client, "move_to_trash", path, draft).content.decode()
    assert address(comparison) in page
    assert "Move the other to the trash" in page
    response = act(client, "move_to_trash", path, draft, post="yes")
    assert f"“{path.title}” is live since" in said(response)
    assert [each.title for each in Article.objects.trashed()] == ["Tutoring"]


def test_what_is_in_the_trash_is_read_and_put_back_and_not_saved(client, editor):
    article = make_article()
    data = form_data(client.get(address(article)), title="Written meanwhile")
    trash.trash(article, by=editor)
    page = client.get(address(article)).content.decode()
    assert 'name="title"' not in page
    assert "moved by edith" in page
    response = client.post(address(article), data | {"_continue": "1"})
    html = response.content.decode()
    assert "moved this to the trash" in html
    assert 'value="Written meanwhile"' in html
    response = client.post(address(article, "putback"), follow=True)
    assert "is a draft again" in said(response)
    assert 'name="title"' in response.content.decode()
    assert Article.objects.get().title == article.title


def test_what_goes_there_while_a_save_waits_its_turn_stays_there(client, editor, monkeypatch):
    article = make_article()

    def take_turn():
        Article.objects.update(trashed_at=timezone.now(), trashed_by=editor)

    monkeypatch.setattr(publishing, "take_turn", take_turn)
    response = save(client, article, "_publish", title="Written meanwhile")
    assert "moved this to the trash" in response.content.decode()
    stored = Article.objects.trashed().get()
    assert (stored.title, stored.trashed_by) == (article.title, editor)


def test_lists_and_searches_leave_out_what_is_in_the_trash_unless_it_is_asked_for(client, editor):
    path, other = make_path("Tutoring"), make_path("Tutoring elsewhere")
    trash.trash(path, by=None)
    asked = {"app_label": "comparisons", "model_name": "contender", "field_name": "path", "term": "Tutoring"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["id"] for each in found] == [str(other.pk)]
    assert [each.pk for each in client.get(PATHS).context["cl"].result_list] == [other.pk]
    response = client.get(PATHS, {"state": "trashed"})
    assert [each.pk for each in response.context["cl"].result_list] == [path.pk]
    assert [name for name, _ in response.context["action_form"].fields["action"].choices] == ["", "put_back"]
    assert "1 put back: Tutoring." in said(act(client, "put_back", path, query="?state=trashed"))
    assert "put_back" not in str(client.get(PATHS).context["action_form"])


def test_a_slug_in_the_trash_is_named_with_the_way_out(client, editor):
    article, other = make_article(), make_article("Another")
    trash.trash(article, by=None)
    page = client.post(address(other), form_data(client.get(address(other)), slug=article.slug))
    html = page.content.decode()
    assert "in the trash has this slug" in html
    assert address(article) in html


def test_nothing_is_started_from_what_is_in_the_trash(client, editor):
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    trash.trash(paths[0], by=None)
    response = act(client, "start_comparison", *paths)
    assert not Article.objects.filter(kind="comparison").exists()
    trash.put_back(paths[0], by=None)
    act(client, "start_comparison", *paths)
    trash.trash(started := Article.objects.get(kind="comparison"), by=None)
    response = act(client, "start_comparison", *paths)
    assert "in the trash, has this address already" in said(response)
    assert address(Article.objects.get(pk=started.pk).comparison) in said(response)


def test_authors_move_their_own_drafts_only(client, editor):
    ann = make_user("ann", group="Author")
    own, foreign = make_article("Own"), make_article("Foreign")
    publishing.record(own, by=ann)
    publishing.record(foreign, by=editor)
    client.force_login(ann)
    statuses = [client.post(address(each, "delete")).status_code for each in (own, foreign)]
    assert statuses == [302, 403]
    assert [each.title for each in Article.objects.trashed()] == ["Own"]
    assert client.post(address(own, "putback")).status_code == 302


def test_a_copy_is_made_from_the_form_and_from_the_list(client, editor):
    path = make_path("Tutoring")
    response = client.post(address(path, "copy"))
    copied = CareerPath.objects.get(slug="tutoring-copy")
    assert response.url == address(copied)
    assert "is a draft, with what was saved" in said(response)
    act(client, "copy_articles", path, copied)
    assert {each.slug for each in CareerPath.objects.all()} == {
        "tutoring",
        "tutoring-copy",
        "tutoring-copy-2",
        "tutoring-copy-copy",
    }
