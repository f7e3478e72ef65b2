"""Publishing, scheduling, withdrawing, cancelling and restoring through the admin's pages, and by whom."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, Revision
from tests.base import DAY, at
from tests.forms import address, said, save
from tests.makers import golden, make_article, make_comparison, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TOMORROW = "2030-01-02T09:30"


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def decide(client, article, page, **fields):
    """Answer a decision's page as it is now."""
    data = {"seen": publishing.standing(article), **fields}
    return client.post(address(article, page), data)


def live(article):
    return article.publications.at(timezone.now())


# --- Publishing ----------------------------------------------------------------------------------


@pytest.mark.every_database
def test_publishing_from_its_own_page(client, editor):
    article = make_article()
    response = decide(client, article, "publish")
    assert "is live" in said(response)
    assert live(article).get().by == editor


def test_the_publish_page_lists_what_is_needed_as_well_and_publishes_it_together(client, editor):
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    comparison = make_comparison(*paths)
    response = save(client, comparison, "_publish")
    assert response.url == address(comparison, "publish")
    html = client.get(response.url).content.decode()
    assert "Publish them together" in html
    assert all(address(path) in html for path in paths)
    assert not comparison.publications.exists()
    decide(client, comparison, "publish", together="on")
    assert all(live(article).exists() for article in (*paths, comparison))


def test_looking_at_a_decision_changes_nothing(client, editor):
    comparison = golden()
    path = comparison.contenders.first().path
    before = {article.pk: publishing.standing(article) for article in Article.objects.all()}
    revisions = Revision.objects.count()
    for article in (comparison, path):
        for page in ("publish", "schedule", "withdraw"):
            assert client.get(address(article, page)).status_code == 200
    assert {article.pk: publishing.standing(article) for article in Article.objects.all()} == before
    assert Revision.objects.count() == revisions


def test_an_older_revision_is_published_again_from_the_history(client, editor):
    article = make_article()
    first = publish(article).revision
    save(client, article, "_publish", title="Worse")
    decide(client, article, "publish", revision=first.pk)
    assert live(article).get().revision == first


def test_a_revision_of_another_article_is_not_published(client, editor):
    article, other = make_article(), make_article("Another")
    strange = publishing.record(other, by=None)
    response = decide(client, article, "publish", revision=strange.pk)
    assert "Select a valid choice" in response.content.decode()
    assert not article.publications.exists()


@pytest.mark.every_database
def test_a_decision_on_the_ground_of_an_old_page_is_a_conflict(client, editor):
    article = make_article()
    seen = publishing.standing(article)
    publish(article)
    response = decide(client, article, "withdraw", seen=seen)
    assert "by somebody else in the meantime" in response.content.decode()
    assert live(article).exists()
    assert f'value="{publishing.standing(article)}"' in response.content.decode()


# --- Scheduling ----------------------------------------------------------------------------------


def test_scheduling_takes_times_in_the_zone_that_the_page_names(client, editor, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    article = make_article()
    assert "Europe/Berlin" in client.get(address(article, "schedule")).content.decode()
    decide(client, article, "schedule", at=TOMORROW, until="2030-02-01T00:00")
    publication = article.publications.get()
    assert publication.starts_at.isoformat() == "2030-01-02T08:30:00+00:00"
    assert publication.until.isoformat() == "2030-01-31T23:00:00+00:00"


def test_a_time_that_has_passed_is_refused_and_what_was_typed_stays(client, editor):
    article = make_article()
    response = decide(client, article, "schedule", at="2020-01-01T09:00")
    html = response.content.decode()
    assert "has passed" in html
    assert 'value="2020-01-01T09:00"' in html


def test_a_year_that_is_too_far_away_is_refused(client, editor):
    article = make_article()
    response = decide(client, article, "schedule", at="9999-12-31T23:59")
    assert "Choose a year from 1990 to 2199." in response.content.decode()
    assert not article.publications.exists()


@pytest.mark.every_database
def test_what_is_needed_is_scheduled_together(client, editor):
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    comparison = make_comparison(*paths)
    response = decide(client, comparison, "schedule", at=TOMORROW)
    assert "Schedule them together" in response.content.decode()
    decide(client, comparison, "schedule", at=TOMORROW, together="on")
    assert all(article.publications.count() == 1 for article in (*paths, comparison))


@pytest.mark.every_database
def test_cancelling_takes_back_what_is_scheduled(client, editor):
    article = make_article()
    publish(article)
    scheduled = publishing.schedule(article, by=None, at=timezone.now() + DAY)
    assert "Cancel what is scheduled" in client.get(address(article, "history")).content.decode()
    response = decide(client, article, "cancel", publication=scheduled.pk)
    assert "Cancelled" in said(response)
    assert live(article).get().ends_at is None
    assert decide(client, article, "cancel", publication=scheduled.pk).status_code == 404


def test_what_has_begun_cannot_be_cancelled(client, editor):
    article = make_article()
    publication = publish(article)
    response = decide(client, article, "cancel", publication=publication.pk)
    assert "Withdraw it instead" in said(response)
    assert live(article).exists()


# --- Withdrawing ---------------------------------------------------------------------------------


def test_withdrawing_at_once(client, editor):
    article = make_article()
    publish(article)
    decide(client, article, "withdraw")
    assert not live(article).exists()


@pytest.mark.every_database
def test_withdrawing_at_a_moment_to_come(client, editor):
    article = make_article()
    publish(article)
    decide(client, article, "withdraw", at=TOMORROW)
    assert live(article).get().until.isoformat() == "2030-01-02T09:30:00+00:00"


def test_the_withdraw_page_lists_what_depends_on_it_and_withdraws_both(client, editor):
    comparison = golden()
    path = comparison.contenders.first().path
    html = client.get(address(path, "withdraw")).content.decode()
    assert address(comparison) in html
    assert "Withdraw them together" in html
    assert "is part of" in decide(client, path, "withdraw").content.decode()
    assert live(path).exists()
    decide(client, path, "withdraw", together="on")
    assert not live(path).exists()
    assert not live(comparison).exists()


# --- Restoring, and the history ------------------------------------------------------------------


def test_restoring_makes_the_draft_say_what_it_said_and_readers_see_no_change(client, editor):
    article = make_article()
    first = publishing.record(article, by=None)
    save(client, article, "_publish", title="Newer")
    response = client.post(address(article, "restore"), {"revision": first.pk})
    article.refresh_from_db()
    assert "as it was in revision 1" in said(response)
    assert article.title == "How to read a pay figure"
    assert live(article).get().title == "Newer"
    assert article.revisions.first().note == "Restored from revision 1"


def test_what_cannot_be_restored_says_why(client, editor):
    path = make_path("Tutoring")
    comparison = make_comparison(path, make_path("Bookkeeping"))
    first = publishing.record(comparison, by=None)
    comparison.contenders.get(path=path).delete()
    path.delete()
    response = client.post(address(comparison, "restore"), {"revision": first.pk})
    assert said(response).startswith("revision 1 can't be restored.")
    assert comparison.contenders.count() == 1


def test_the_history_marks_the_revision_that_readers_see(client, editor):
    article = make_article()
    publish(article)
    save(client, article, title="Newer", note="Louder")
    html = client.get(address(article, "history")).content.decode()
    assert html.count("state-live") == 1
    assert "Louder" in html
    assert html.count("Restore this revision") == 2


def test_the_history_of_what_is_over_names_who_ended_it_and_why_it_was_made(client, editor):
    article = make_article()
    save(client, article, note="Louder")
    publishing.publish(article, by=None, revision=article.revisions.get())
    with at(timezone.now() + DAY):
        publishing.withdraw(article, by=editor)
    periods, _ = client.get(address(article, "history")).content.decode().split("What it said")
    assert '<td data-label="Ended by">edith</td>' in periods
    assert '<td class="note" data-label="Note">Louder</td>' in periods


# --- Who may -------------------------------------------------------------------------------------

DECISIONS = ["publish", "schedule", "withdraw", "cancel"]


@pytest.mark.parametrize(("group", "status"), [("Author", 403), (None, 200)])
@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_of_somebody_else_changes_nothing(client, name, group, status):
    if group:
        client.force_login(make_user(group=group))
    article = make_article()
    publish(article)
    scheduled = publishing.schedule(article, by=None, at=timezone.now() + DAY)
    before = publishing.standing(article)
    data = {"seen": before, "at": TOMORROW, "publication": scheduled.pk}
    assert client.post(address(article, name), data).status_code == status
    assert publishing.standing(article) == before


@pytest.mark.parametrize("name", ["cancel", "restore"])
def test_what_changes_something_at_once_answers_to_post_only(client, editor, name):
    assert client.get(address(make_article(), name)).status_code == 405


def test_decisions_are_protected_against_forged_requests(client, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    article = make_article()
    for page in (*DECISIONS, "restore"):
        assert strict.post(address(article, page), {"seen": ""}).status_code == 403
