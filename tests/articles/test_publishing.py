"""The transitions: what begins and ends a publication, and what stands in the way."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import documents, publishing
from articles.models import Article, Publication, Revision, State
from tests.base import soon
from tests.makers import make_article, make_comparison, make_path, publish

pytestmark = pytest.mark.django_db


def live(article, moment=None):
    return article.publications.at(moment or timezone.now()).first()


def change(article, title="Changed"):
    documents.restore(documents.compose(article) | {"title": title})


def test_each_save_that_changes_something_makes_a_revision():
    article = make_article()
    first = publishing.record(article, by=None)
    change(article)
    second = publishing.record(article, by=None, note="A better title")
    assert (first.number, second.number) == (1, 2)
    assert second.note == "A better title"


def test_a_save_that_changes_nothing_makes_none():
    article = make_article()
    assert publishing.record(article, by=None) == publishing.record(article, by=None)
    assert article.revisions.count() == 1


def test_a_revision_is_immutable():
    revision = publishing.record(make_article(), by=None)
    revision.text = "{}"
    with pytest.raises(TypeError, match="immutable"):
        revision.save()
    with pytest.raises(TypeError, match="immutable"):
        revision.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(text="{}")


def test_publishing_makes_the_working_copy_live():
    article = make_article()
    publication = publish(article)
    assert live(article) == publication
    assert publication.ends_at is None
    assert publication.revision.number == 1


def test_publishing_again_ends_the_period_before_without_a_gap():
    article = make_article()
    first = publish(article)
    change(article)
    second = publish(article)
    first.refresh_from_db()
    assert first.ends_at == second.starts_at
    assert second.first_published_at == first.starts_at


def test_publishing_what_is_live_already_changes_nothing():
    article = make_article()
    assert publish(article) == publish(article)
    assert article.publications.count() == 1


def test_an_unfinished_article_is_not_published_and_the_reasons_are_listed():
    article = make_article(summary="", authors=())
    with pytest.raises(publishing.NotReady) as caught:
        publish(article)
    assert [problem.where for problem in caught.value.problems] == ["summary", "authors"]
    assert not article.publications.exists()


def test_withdrawing_ends_what_is_live_and_takes_back_what_is_scheduled():
    article = make_article()
    publish(article)
    change(article)
    publishing.schedule(article, by=None, at=soon())
    publishing.withdraw(article, by=None)
    assert live(article) is None
    assert live(article, soon(hours=2)) is None
    assert article.publications.count() == 1


def test_withdrawing_twice_is_the_same_as_once():
    article = make_article()
    publish(article)
    assert publishing.withdraw(article, by=None)
    ended = article.publications.get().ends_at
    assert not publishing.withdraw(article, by=None)
    assert article.publications.get().ends_at == ended


def test_an_older_revision_can_be_published_again():
    article = make_article("First title")
    first = publish(article)
    change(article, "Second title")
    publish(article)
    publish(article, revision=first.revision)
    assert live(article).title == "First title"


def test_restoring_a_revision_changes_the_working_copy_and_not_what_readers_see():
    article = make_article("First title")
    first = publish(article).revision
    change(article, "Second title")
    publish(article)
    restored = publishing.restore(first, by=None)
    article.refresh_from_db()
    assert article.title == "First title"
    assert live(article).title == "Second title"
    assert (restored.number, restored.note) == (3, "Restored from revision 1")


def test_a_comparison_cannot_go_live_before_its_paths():
    comparison = make_comparison(make_path("One"), make_path("Two"))
    with pytest.raises(publishing.Blocked) as caught:
        publish(comparison)
    assert {article.title for article in caught.value.articles} == {"One", "Two"}
    assert not Publication.objects.exists()


def test_a_comparison_and_its_paths_go_live_together_where_asked():
    one, two = make_path("One"), make_path("Two")
    comparison = make_comparison(one, two)
    publication = publish(comparison, with_required=True)
    assert {live(path).starts_at for path in (one, two)} == {publication.starts_at}


def test_a_path_cannot_be_withdrawn_under_a_live_comparison():
    one, two = make_path("One"), make_path("Two")
    comparison = make_comparison(one, two)
    publish(comparison, with_required=True)
    with pytest.raises(publishing.Blocked) as caught:
        publishing.withdraw(one, by=None)
    assert [article.pk for article in caught.value.articles] == [comparison.pk]
    assert live(one) is not None
    publishing.withdraw(one, by=None, with_dependents=True)
    assert live(one) is None
    assert live(comparison) is None
    assert live(two) is not None


def test_a_path_that_ends_before_its_comparison_is_refused():
    one, two = make_path("One"), make_path("Two")
    publish(one, until=soon(hours=5))
    publish(two)
    with pytest.raises(publishing.Conflict, match="“One” is live until"):
        publish(make_comparison(one, two))


def test_a_path_may_be_published_anew_under_a_live_comparison():
    one, two = make_path("One"), make_path("Two")
    publish(make_comparison(one, two), with_required=True)
    change(one, "One, corrected")
    assert publish(one).title == "One, corrected"


def test_two_live_articles_of_one_kind_cannot_share_an_address():
    first = make_article("Same")
    publish(first)
    change_slug = documents.compose(first) | {"slug": "other"}
    documents.restore(change_slug)
    second = make_article("Same")
    with pytest.raises(publishing.Conflict, match="belongs to “Same”"):
        publish(second)
    publish(first)
    assert publish(second).slug == "same"


def test_the_database_itself_refuses_overlapping_periods():
    publication = publish(make_article())
    publication.pk = None
    publication._state.adding = True
    publication.slug = "elsewhere"
    with pytest.raises(IntegrityError, match="publication_periods_overlap"), transaction.atomic():
        publication.save()


def test_the_database_itself_refuses_a_taken_address():
    publication = publish(make_article("One"))
    other = make_article("Two")
    publication.pk = None
    publication._state.adding = True
    publication.article = other
    with pytest.raises(IntegrityError, match="publication_address_taken"), transaction.atomic():
        publication.save()


def test_whoever_decided_on_a_stale_page_gets_a_conflict():
    article = make_article()
    seen = publishing.standing(article)
    publish(article, seen=seen)
    change(article)
    with pytest.raises(publishing.Conflict, match="in the meantime"):
        publish(article, seen=seen)
    with pytest.raises(publishing.Conflict, match="in the meantime"):
        publishing.withdraw(article, by=None, seen=seen)


def test_a_control_character_is_refused_before_it_is_recorded():
    article = make_article()
    article.title = "Pasted\x1efrom elsewhere"
    article.save()
    with pytest.raises(publishing.NotReady, match=r"U\+001E"):
        publishing.record(article, by=None)
    assert not article.revisions.exists()


def at_once(*calls):
    """What each call gave or raised, all begun together in threads of their own."""
    barrier = threading.Barrier(len(calls))
    outcomes = []

    def run(call):
        try:
            barrier.wait(timeout=10)
            outcomes.append(call())
        except publishing.PublishingError as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_path_withdrawn_while_its_comparison_is_published_leaves_no_comparison_without_it():
    one, two = make_path("One"), make_path("Two")
    comparison = make_comparison(one, two)
    publish(one)
    publish(two)
    outcomes = at_once(lambda: publish(comparison), lambda: publishing.withdraw(one, by=None))
    assert outcomes in (["Blocked", "bool"], ["Blocked", "Publication"])
    assert (live(comparison) is None) == (live(one) is None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_publishers_at_once_one_wins_and_the_other_gets_a_conflict():
    article = make_article()
    seen = publishing.standing(article)
    publishing.record(article, by=None)
    outcomes = at_once(*[lambda: publish(Article.objects.get(pk=article.pk), seen=seen)] * 2)
    assert outcomes == ["Conflict", "Publication"]
    assert article.publications.count() == 1


def test_the_state_of_an_article_follows_from_its_publications():
    def state():
        return Article.objects.with_state(timezone.now()).get(pk=article.pk).state

    article = make_article()
    publishing.record(article, by=None)
    assert state() == State.DRAFT
    scheduled = publishing.schedule(article, by=None, at=soon())
    assert state() == State.SCHEDULED
    publishing.cancel(scheduled, by=None)
    publish(article)
    assert state() == State.LIVE
    change(article)
    publishing.record(article, by=None)
    assert state() == State.CHANGED
    publishing.withdraw(article, by=None)
    assert state() == State.WITHDRAWN
