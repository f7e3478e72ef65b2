"""Lists find articles by their state through columns that transitions keep; periods say what it is."""

import random
from itertools import product

import pytest
from django.utils import timezone

from articles import publishing, trash
from articles.models import Article, State
from tests.base import HOUR, at
from tests.makers import make_article

pytestmark = pytest.mark.django_db

HISTORIES, LONGEST = 16, 6
DEEDS = ["save", "publish", "publish", "schedule", "schedule", "withdraw", "cancel", "trash", "put back"]


def do(article, deed, number, now):
    """One deed; what is refused changes nothing."""
    match deed:
        case "save":
            Article.objects.filter(pk=article.pk).update(summary=f"Words {number}")
            article.refresh_from_db()
            publishing.record(article, by=None)
        case "publish":
            publishing.publish(article, by=None, until=now + (number + 3) * HOUR if number % 2 else None)
        case "schedule":
            publishing.schedule(article, by=None, at=now + number * HOUR, until=now + (number + 2) * HOUR)
        case "withdraw":
            publishing.withdraw(article, by=None)
        case "cancel":
            for period in article.publications.filter(starts_at__gt=now)[:1]:
                publishing.cancel(period, by=None)
        case "trash":
            trash.trash(article, by=None)
        case "put back":
            trash.put_back(article, by=None)


def live_through(article, chance, start):
    for hour in range(chance.randint(0, LONGEST)):
        moment = start + hour * HOUR / 2
        with at(moment):
            try:
                do(article, chance.choice(DEEDS), chance.randint(1, 5), moment)
            except publishing.PublishingError:
                continue


def test_articles_are_found_by_the_state_that_their_periods_give_them_at_any_moment():
    start, chance = timezone.now(), random.Random(7)
    for number in range(HISTORIES):
        live_through(make_article(f"Article {number}"), chance, start)
    seen = set()
    for hours, state in product(range(-1, 12, 2), State):
        moment = start + hours * HOUR
        derived = Article.objects.with_state(moment).filter(state=state)
        found = set(Article.objects.in_state(state, moment))
        assert found == set(derived), (state, hours)
        seen |= {state} if found else set()
    assert seen == set(State)


def test_what_is_saved_with_what_was_read_before_a_transition_leaves_the_state_right():
    article = make_article()
    earlier = Article.objects.get()
    publishing.publish(article, by=None)
    earlier.save()
    publishing.record(earlier, by=None)
    assert Article.objects.in_state(State.LIVE, timezone.now()).get() == article


def test_a_state_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no state"):
        Article.objects.in_state("zz", timezone.now())
