"""Facts are checked apart from edits; what is due is found by an index; each is one query."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import documents, freshness, publishing, trash
from articles.models import Article, Event, ReviewInterval
from articles.obstacles import PublishingError, Trashed
from comparisons.models import CareerPath
from tests.articles.test_states import DEEDS, do
from tests.base import HOUR, at, queries, soon
from tests.makers import make_article, make_path, make_user, publish

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 3)
LONG_AGO = timedelta(days=400)


def made(title="Piece", **parts):
    article = make_article(title, **parts)
    publish(article)
    return article


def due(moment=None):
    return [article.title for article in freshness.due(moment or timezone.now())]


# --- The transition -----------------------------------------------------------------------------------


def test_checking_facts_sets_the_day_in_a_revision_and_is_on_record():
    article, editor = made(), make_user()
    revision = freshness.checked(article, by=editor, on=date(2026, 5, 1), note="Against the survey.")
    assert revision.document["reviewed_on"] == "2026-05-01"
    assert (revision.number, revision.author) == (2, editor)
    event = Event.objects.get(action="facts-checked")
    assert (event.who, event.revision) == ("editor", 2)
    assert event.detail == "On 1 May 2026. Against the survey."


def test_it_is_today_where_nothing_else_is_said_and_readers_see_it_once_it_is_published(client):
    article = made(slug="piece")
    freshness.checked(article, by=None)
    assert "Facts checked" not in client.get("/articles/piece/").content.decode()
    publish(article)
    assert f'datetime="{timezone.localdate()}"' in client.get("/articles/piece/").content.decode()


def test_an_edit_freshens_nothing():
    article = made(reviewed_on="2026-01-02")
    before = Article.objects.get().facts_due_on
    documents.restore(documents.compose(article) | {"summary": "A comma was missing."})
    publish(article)
    after = Article.objects.get()
    assert (after.reviewed_on, after.facts_due_on) == (date(2026, 1, 2), before)


def test_pressed_twice_it_decides_once():
    article = made()
    first = freshness.checked(article, by=None)
    assert freshness.checked(article, by=None) == first
    assert Event.objects.filter(action="facts-checked").count() == 1
    freshness.checked(article, by=None, note="And the table too.")
    assert Event.objects.filter(action="facts-checked").count() == 2


def test_a_day_that_was_written_otherwise_is_put_on_record_all_the_same():
    article = made(reviewed_on=str(timezone.localdate()))
    freshness.checked(article, by=None)
    assert Event.objects.filter(action="facts-checked").count() == 1


def test_a_day_to_come_and_what_is_in_the_trash_are_refused():
    article = make_article()
    with pytest.raises(PublishingError, match="still to come"):
        freshness.checked(article, by=None, on=timezone.localdate() + timedelta(days=1))
    trash.trash(article, by=None)
    with pytest.raises(Trashed):
        freshness.checked(article, by=None)
    assert not Event.objects.filter(action="facts-checked").exists()


# --- What is due --------------------------------------------------------------------------------------


def test_what_is_live_is_due_once_its_facts_are_older_than_its_kind_allows():
    ReviewInterval.objects.filter(kind="article").update(days=100)
    moment = timezone.now()
    with at(moment - LONG_AGO):
        made("Never checked")
    made("Checked long ago", reviewed_on=str(timezone.localdate() - timedelta(days=101)))
    made("Due today", reviewed_on=str(timezone.localdate() - timedelta(days=100)))
    made("Fresh", reviewed_on=str(timezone.localdate() - timedelta(days=99)))
    made("Just published")
    publishing.record(make_article("A draft", reviewed_on="2020-01-01"), by=None)
    with queries() as ran:
        assert due() == ["Never checked", "Checked long ago", "Due today"]
    assert len(ran) == 1


def test_what_was_checked_is_due_no_more_before_that_is_published():
    with at(timezone.now() - LONG_AGO):
        article = made("Old")
    assert due() == ["Old"]
    freshness.checked(article, by=None)
    assert due() == []


def test_what_readers_do_not_see_is_not_due():
    with at(timezone.now() - LONG_AGO):
        ending, withdrawn, later = made("Ending"), made("Withdrawn"), made("Again later")
    publishing.withdraw(ending, by=None, at=soon(hours=2))
    publishing.withdraw(withdrawn, by=None)
    publishing.withdraw(later, by=None)
    publishing.schedule(later, by=None, at=soon(hours=2))
    assert due() == ["Ending"]
    assert due(soon(hours=3)) == ["Again later"]
    trash.trash(withdrawn, by=None)
    assert due() == ["Ending"]


def test_another_interval_makes_all_of_its_kind_due_anew():
    with at(timezone.now() - LONG_AGO):
        made("An article")
        path = make_path("A path")
        publish(path)
    assert set(due()) == {"An article", "A path"}
    freshness.set_interval("career-path", 3000)
    assert due() == ["An article"]
    freshness.set_interval("career-path", None)
    assert CareerPath.objects.get().facts_due_on is None
    freshness.set_interval("career-path", 1)
    assert due() == ["A path", "An article"]


def test_each_kind_with_facts_has_an_interval_to_begin_with():
    found = dict(ReviewInterval.objects.values_list("kind", "days"))
    assert found == {"article": 365, "career-path": 180, "comparison": 180}


def test_what_transitions_keep_is_what_periods_and_checks_say():
    start, chance = timezone.now() - LONG_AGO, random.Random(3)
    for number in range(12):
        article = make_article(f"Article {number}")
        for hour in range(chance.randint(1, 6)):
            with at(start + hour * HOUR):
                _try(article, chance)
    for moment in (start + 3 * HOUR, start + LONG_AGO, start + 2 * LONG_AGO):
        live = Article.objects.with_state(moment).filter(live_digest__isnull=False)
        assert set(Article.objects.live(moment)) == set(live)
        wanted = {article for article in live.with_first_published() if _is_due(article, moment)}
        assert set(freshness.due(moment)) == wanted


def _try(article, chance):
    try:
        if chance.random() < 0.3:
            freshness.checked(article, by=None)
        else:
            do(article, chance.choice(DEEDS), chance.randint(1, 5), timezone.now())
    except PublishingError:
        pass


def _is_due(article, moment):
    since = article.reviewed_on or timezone.localdate(article.first_published_at)
    return since + timedelta(days=365) <= timezone.localdate(moment)
