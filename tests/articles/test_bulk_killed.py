"""Workers as real processes, killed in the midst of it: nothing is lost, and nothing done twice."""

import signal

import pytest
from django.db.models import Count

from articles import publishing
from articles.bulk import running
from articles.models import Article, BulkItem, Event, Publication, Revision, Worker
from tests.makers import make_article, make_user
from tests.workers import PATIENCE, kill, until, worker

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 30


@pytest.fixture
def job():
    for number in range(ROWS):
        publishing.record(make_article(f"Piece {number}"), by=None)
    return running.start(Article.objects.order_by("pk"), "publish", by=make_user(group="Editor"), options={})


def done():
    return BulkItem.objects.filter(outcome="done").count()


def each_once(model, article):
    """Whether each article has one of them."""
    counted = (
        model.objects.order_by().values(article).annotate(Count("pk")).values_list("pk__count", flat=True)
    )
    return list(counted) == [1] * ROWS


def test_workers_are_killed_and_stopped_and_each_row_is_done_once(job):
    for rows in (3, 12):
        with worker() as process:
            until(lambda rows=rows: done() >= rows)
            kill(process)
    assert done() < ROWS
    with worker() as process:
        until(lambda: done() >= 20)
        process.send_signal(signal.SIGTERM)  # it ends its slice
        assert process.wait(timeout=PATIENCE) == 0
    assert not Worker.objects.exists()
    with worker("--once") as process:
        assert process.wait(timeout=PATIENCE) == 0
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", ROWS)
    for model in (Event, Publication, Revision):
        assert each_once(model, "article")
