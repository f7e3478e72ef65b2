"""What recurs by itself: once when it is due, whoever asks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import duties
from tests.base import at
from tests.jobs import work

pytestmark = pytest.mark.django_db

EVERY = timedelta(hours=1)


@pytest.fixture
def known(monkeypatch):
    found = {}
    monkeypatch.setattr(duties, "_duties", found)
    return found


@pytest.fixture
def ran(known):
    """The times at which the one duty that there is was done."""
    times = []
    duties.register("ring the bell", every=EVERY, run=lambda: times.append(timezone.now()))
    return times


def pass_time(until):
    with at(until):
        found = duties.enqueue_due(until)
        work()
    return found


def test_it_is_done_at_once_and_then_each_time_that_it_is_due(ran):
    now = timezone.now()
    for minutes in (0, 1, 59, 60, 61, 300):
        pass_time(now + timedelta(minutes=minutes))
    assert ran == [now, now + EVERY, now + 5 * EVERY]


def test_it_is_done_for_the_first_time_after_a_while_where_that_was_said(ran):
    now = timezone.now()
    duties.register("ring the bell", every=EVERY, run=lambda: ran.append(timezone.now()), at_once=False)
    for minutes in (0, 59, 60):
        pass_time(now + timedelta(minutes=minutes))
    assert ran == [now + EVERY]


def test_of_two_who_ask_one_makes_the_job(ran):
    now = timezone.now()
    assert [duties.enqueue_due(now), duties.enqueue_due(now)] == [["ring the bell"], []]
    assert DBTaskResult.objects.count() == 1


def test_what_is_still_under_way_is_not_begun_a_second_time(ran):
    now = timezone.now()
    duties.enqueue_due(now)
    assert duties.enqueue_due(now + EVERY) == []
    work()
    assert duties.enqueue_due(now + EVERY) == ["ring the bell"]


def test_what_fails_is_logged_and_tried_at_its_next_time(ran, caplog):
    now = timezone.now()
    duties.register("ring the bell", every=EVERY, run=lambda: 1 / 0)
    pass_time(now)
    assert "The duty “ring the bell” failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    duties.register("ring the bell", every=EVERY, run=lambda: ran.append("rung"))
    assert pass_time(now + EVERY / 2) == []
    pass_time(now + EVERY)
    assert ran == ["rung"]


def test_a_duty_that_is_no_more_is_passed_over(known, ran, caplog):
    duties.enqueue_due(timezone.now())
    known.clear()
    work()
    assert "There is no duty “ring the bell” any more." in caplog.text
