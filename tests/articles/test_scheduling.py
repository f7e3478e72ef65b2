"""What begins and ends by itself, and how periods make way for each other."""

import pytest
from django.utils import timezone

from articles import documents, publishing
from tests.base import DAY, HOUR, soon
from tests.makers import make_article, make_comparison, make_path, publish

pytestmark = pytest.mark.django_db


def live(article, moment=None):
    return article.publications.at(moment or timezone.now()).first()


def change(article, title="Changed"):
    documents.restore(documents.compose(article) | {"title": title})


def test_a_scheduled_publication_goes_live_without_a_job():
    article = make_article()
    start = soon()
    publishing.schedule(article, by=None, at=start)
    assert live(article) is None
    assert live(article, start) is not None


def test_what_is_live_makes_way_for_what_is_scheduled():
    article = make_article()
    first = publish(article)
    change(article)
    start = soon()
    second = publishing.schedule(article, by=None, at=start)
    assert live(article, start - HOUR / 2) == first
    assert live(article, start) == second


def test_a_scheduled_end_withdraws_without_a_job():
    article = make_article()
    publish(article, until=soon(hours=2))
    assert live(article, soon(hours=1)) is not None
    assert live(article, soon(hours=3)) is None


def test_cancelling_what_is_scheduled_gives_back_the_end_that_was_asked_for():
    article = make_article()
    end = timezone.now() + DAY
    first = publish(article, until=end)
    change(article)
    scheduled = publishing.schedule(article, by=None, at=soon())
    publishing.cancel(scheduled, by=None)
    first.refresh_from_db()
    assert first.ends_at == end


def test_what_is_live_cannot_be_cancelled():
    with pytest.raises(publishing.Conflict, match="Withdraw it instead"):
        publishing.cancel(publish(make_article()), by=None)


def test_publishing_now_keeps_what_is_scheduled():
    article = make_article()
    start = soon()
    scheduled = publishing.schedule(article, by=None, at=start)
    change(article)
    now = publish(article)
    assert now.ends_at == start
    assert live(article, start) == scheduled
    scheduled.refresh_from_db()
    assert scheduled.first_published_at == now.starts_at


def test_two_revisions_cannot_be_scheduled_for_the_same_moment():
    article = make_article()
    start = soon()
    publishing.schedule(article, by=None, at=start)
    change(article)
    with pytest.raises(publishing.Conflict, match="Cancel that first"):
        publishing.schedule(article, by=None, at=start)


def test_the_past_cannot_be_scheduled():
    with pytest.raises(publishing.PublishingError, match="has passed"):
        publishing.schedule(make_article(), by=None, at=timezone.now() - HOUR)


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(publishing.PublishingError, match="before it begins"):
        publish(make_article(), until=timezone.now() - HOUR)


def test_publishing_a_correction_keeps_the_end_that_was_planned():
    article = make_article()
    publish(article)
    end = timezone.now() + DAY
    publishing.withdraw(article, by=None, at=end)
    change(article)
    assert publish(article).ends_at == end
    assert publish(article, until=None).ends_at is None


def test_scheduling_the_same_twice_is_the_same_as_once():
    article, start = make_article(), soon()
    assert publishing.schedule(article, by=None, at=start) == publishing.schedule(article, by=None, at=start)


def test_an_address_may_be_held_until_another_article_takes_it_over():
    first = make_article("One", slug="one")
    publish(first)
    documents.restore(documents.compose(first) | {"slug": "moved"})
    publishing.schedule(first, by=None, at=soon(hours=1))
    second = make_article("Two", slug="one")
    publishing.schedule(second, by=None, at=soon(hours=2))
    documents.restore(documents.compose(second) | {"slug": "two"})
    documents.restore(documents.compose(first) | {"slug": "one", "title": "Corrected"})
    assert publish(first).ends_at == first.publications.latest("starts_at").starts_at


def test_the_past_cannot_be_withdrawn():
    article = make_article()
    publish(article)
    with pytest.raises(publishing.PublishingError, match="has passed"):
        publishing.withdraw(article, by=None, at=timezone.now() - HOUR)


def test_cancelling_says_where_another_article_is_to_have_the_address():
    first = make_article("One", slug="one")
    publish(first)
    documents.restore(documents.compose(first) | {"slug": "moved"})
    move = publishing.schedule(first, by=None, at=soon(hours=1))
    second = make_article("Two", slug="one")
    publishing.schedule(second, by=None, at=soon(hours=2))
    with pytest.raises(publishing.Conflict, match="another article"):
        publishing.cancel(move, by=None)
    assert first.publications.count() == 2


def test_a_path_that_ends_is_not_silently_prolonged():
    one, two = make_path("One"), make_path("Two")
    publish(one, until=soon(hours=5))
    with pytest.raises(publishing.Conflict, match="“One” is live until"):
        publish(make_comparison(one, two), with_required=True)
    assert live(two) is None
