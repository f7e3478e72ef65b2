"""What workers do in the background: each job once, and again where its worker was killed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import jobs
from articles.models import Worker
from articles.models.worker import LEASE
from tests.base import DAY, at
from tests.jobs import work
from tests.makers import make_user

pytestmark = pytest.mark.django_db

done = []


@jobs.repeatable
@task()
def greet(whom):
    done.append(whom)


@task()
def strike(whom):
    done.append(whom)


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def begin(job, worker):
    """A job that a worker of this name has claimed."""
    result = job.enqueue("Ann")
    jobs.begin(worker)
    assert str(jobs.claim(worker).pk) == result.id
    return DBTaskResult.objects.get(pk=result.id)


def kill(worker):
    """Not a word of it since the lease is over."""
    Worker.objects.filter(pk=worker).update(heard_at=timezone.now() - 2 * LEASE)


def test_what_a_killed_worker_was_doing_is_done_again():
    begin(greet, "killed")
    kill("killed")
    jobs.take_up()
    work()
    assert done == ["Ann"]
    assert not Worker.objects.exists()


def test_what_another_worker_is_doing_is_left_to_it():
    job = begin(greet, "first")
    jobs.begin("second")
    assert jobs.take_up(idle="second") == []
    assert jobs.claim("second") is None
    job.refresh_from_db()
    assert job.status == TaskResultStatus.RUNNING


def test_what_a_killed_worker_had_ended_is_not_done_again():
    job = begin(greet, "killed")
    job.set_successful(None)
    kill("killed")
    assert jobs.take_up() == []
    work()
    assert done == []


def test_a_job_that_may_not_be_repeated_is_given_up(caplog):
    begin(strike, "killed")
    kill("killed")
    jobs.take_up()
    work()
    assert done == []
    assert "does not say that it may be repeated" in caplog.text
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_a_job_that_kills_its_workers_is_given_up(caplog):
    job = begin(greet, "first")
    for number in range(jobs.MOST_TRIES):
        worker = job.worker_ids[-1]
        kill(worker)
        jobs.take_up()
        jobs.begin(f"another {number}")
        job.refresh_from_db()
        jobs.claim(f"another {number}")
        job.refresh_from_db()
    assert f"{jobs.MOST_TRIES} workers were killed during it" in caplog.text
    assert job.status == TaskResultStatus.FAILED


def test_a_worker_that_could_not_bring_a_job_to_its_end_takes_it_up_itself():
    begin(greet, "first")
    jobs.take_up(idle="first")
    assert jobs.claim("first").status == TaskResultStatus.RUNNING


def test_a_worker_that_slept_and_was_taken_to_be_gone_is_heard_of_again():
    jobs.begin("asleep")
    kill("asleep")
    jobs.take_up()
    jobs.beat("asleep")
    assert [worker.pk for worker in Worker.objects.at_work()] == ["asleep"]


def test_jobs_wait_in_vain_where_no_worker_has_been_heard_of():
    greet.enqueue("Ann")
    now = timezone.now()
    assert jobs.waiting_in_vain(now) is None
    assert jobs.waiting_in_vain(now + timedelta(minutes=5)) == DBTaskResult.objects.get().enqueued_at
    jobs.begin("there")
    assert jobs.waiting_in_vain(now + timedelta(minutes=5)) is None


def test_jobs_that_ended_long_ago_are_forgotten():
    greet.enqueue("Ann")
    work()
    greet.enqueue("Ben")
    assert jobs.forget() == 0
    with at(timezone.now() + jobs.KEPT_FOR + DAY):
        assert jobs.forget() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_the_desk_says_that_jobs_wait_in_vain(client):
    client.force_login(make_user())
    greet.enqueue("Ann")
    with at(timezone.now() + timedelta(minutes=5)):
        assert "Jobs wait since" in client.get(reverse("admin:index")).content.decode()
        jobs.begin("there")
        assert "Jobs wait since" not in client.get(reverse("admin:index")).content.decode()
