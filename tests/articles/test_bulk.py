"""Many articles at once: each row by the person who asked, with what came of it, once."""

from unittest.mock import patch
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import publishing, trash, workflow
from articles.bulk import rows, running
from articles.models import Article, BulkItem, BulkJob, Event, Publication, Tag
from tests.base import DAY, at, soon
from tests.jobs import WORKER, work
from tests.makers import make_article, make_comparison, make_path, make_tag, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user("edith", group="Editor")


def articles(count=3):
    made = [make_article(f"Piece {number}") for number in range(1, count + 1)]
    for article in made:
        publishing.record(article, by=None)
    return made


def those(*found):
    return Article.objects.filter(pk__in=[each.pk for each in found]).order_by("title")


def start(name, by, *found, **options):
    return running.start(those(*found), name, by=by, options=options)


def outcomes(job):
    return {item.title: (item.outcome, item.message) for item in job.items.all()}


def kinds_of(job):
    return [outcome for outcome, _ in outcomes(job).values()]


# --- What is done ----------------------------------------------------------------------------------


def test_each_row_is_done_by_the_person_who_asked_and_told(editor):
    job = start("publish", editor, *articles())
    assert (job.title, job.state, Publication.objects.count()) == ("Publish 3 articles", "waiting", 0)
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert outcomes(job)["Piece 1"] == ("done", "Revision 1 is live.")
    assert {event.who for event in Event.objects.all()} == {"edith"}
    assert {event.channel for event in Event.objects.all()} == {"job"}
    assert {publication.by for publication in Publication.objects.all()} == {editor}


def test_scheduling_withdrawing_the_trash_and_back(editor):
    made = articles()
    begins = soon(hours=2).replace(microsecond=0)
    for name, options in (("schedule", {"at": begins.isoformat()}), ("withdraw", {}), ("trash", {})):
        start(name, editor, *made, **options)
        work()
    start("put-back", editor, *made)
    work()
    done = list(Event.objects.order_by("id").values_list("action", flat=True))
    assert done == ["scheduled"] * 3 + ["withdrawn"] * 3 + ["trashed"] * 3 + ["put-back"] * 3
    assert kinds_of(BulkJob.objects.first()) == ["done"] * 3


def test_tags_change_the_draft_and_publish_nothing(editor):
    new, old = make_tag("New"), make_tag("Old")
    piece, other = articles(2)
    piece.tags.add(old)
    publish(piece)
    job = start("tag", editor, piece, other, add=[str(new.pk)], remove=[str(old.pk)])
    work()
    assert outcomes(job)["Piece 1"] == ("done", "Added: “New”. Removed: “Old”.")
    assert list(piece.tags.all()) == [new]
    assert piece.revisions.first().note == "Tags. Added: “New”. Removed: “Old”."
    assert Article.objects.in_state("changed", timezone.now()).get().pk == piece.pk
    assert Event.objects.filter(action="tagged").count() == 2
    again = start("tag", editor, piece, other, add=[str(new.pk)], remove=[str(old.pk)])
    work()
    assert kinds_of(again) == ["skipped", "skipped"]


def test_what_is_in_review_is_assigned_and_what_is_not_says_so(editor):
    piece, other = articles(2)
    reviewer = make_user("rita", group="Editor")
    workflow.submit(piece, by=editor)
    job = start("assign", editor, piece, other, to=reviewer.pk, due_on="2199-01-02")
    work()
    assert job.title == "Ask rita to decide on 2 articles, by 2 January 2199"
    assert kinds_of(job) == ["done", "refused"]
    assert "is not in review" in outcomes(job)["Piece 2"][1]
    assert reviewer.tasks.get().article_id == piece.pk


def test_what_others_need_goes_live_first_and_ends_last(editor):
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    comparison = make_comparison(*paths, title="A contrast")
    for name in ("publish", "withdraw"):
        found = [publishing.record(each, by=None).article for each in (comparison, *paths)]
        job = start(name, editor, *found)
        work()
        assert kinds_of(job) == ["done"] * 3, outcomes(job)


def test_what_is_needed_goes_live_together_where_that_was_chosen(editor):
    comparison = make_comparison(make_path("Tutoring"), make_path("Bookkeeping"))
    publishing.record(comparison, by=None)
    alone = start("publish", editor, comparison)
    together = start("publish", editor, comparison, together=True)
    work()
    assert [kinds_of(alone), kinds_of(together)] == [["refused"], ["done"]]
    assert "Publish them together" in outcomes(alone)[comparison.title][1]
    assert Publication.objects.count() == 3


# --- What is refused, and what is so already --------------------------------------------------------------


def test_who_lost_the_right_meanwhile_is_refused(editor):
    job = start("publish", editor, *articles())
    editor.groups.set([Group.objects.get(name="Author")])
    work()
    assert kinds_of(job) == ["refused"] * 3
    assert "edith may not do this with this article" in outcomes(job)["Piece 1"][1]
    assert not Publication.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_login_that_was_closed_meanwhile_does_nothing_more(editor, change):
    job = start("publish", editor, *articles(1))
    type(editor).objects.update(**change)
    work()
    assert kinds_of(job) == ["refused"]


def test_a_login_that_was_deleted_does_nothing_more(editor):
    job = start("publish", editor, *articles(1))
    editor.delete()
    work()
    assert outcomes(job)["Piece 1"] == ("refused", "Whoever asked for this is not there any more.")


def test_a_row_that_is_refused_says_why_and_keeps_no_other_from_being_done(editor):
    good, unready, trashed, gone = articles(4)
    Article.objects.filter(pk=unready.pk).update(summary="")
    job = start("publish", editor, good, unready, trashed, gone)
    trash.trash(gone, by=None)
    trash.purge(before=soon())
    trash.trash(trashed, by=None)
    work()
    told = outcomes(job)
    assert told["Piece 1"][0] == "done"
    assert "Write one or two sentences" in told["Piece 2"][1]
    assert told["Piece 3"] == ("refused", "“Piece 3” is in the trash. Put it back first.")
    assert told["Piece 4"] == ("refused", "It was removed for good meanwhile.")


def test_what_was_edited_after_it_was_chosen_is_not_published_unseen(editor):
    piece, other = articles(2)
    job = start("publish", editor, piece, other)
    Article.objects.filter(pk=piece.pk).update(summary="Other words.")
    publishing.record(Article.objects.get(pk=piece.pk), by=make_user("ann"))
    work()
    assert kinds_of(job) == ["refused", "done"]
    assert outcomes(job)["Piece 1"][1].startswith("ann saved revision 2 after this was chosen.")


def test_what_somebody_else_decided_after_it_was_chosen_stands(editor):
    piece, other = articles(2)
    publish(piece)
    job = start("publish", editor, piece, other)
    publishing.withdraw(piece, by=make_user("ann", group="Editor"))
    work()
    assert kinds_of(job) == ["refused", "done"]
    assert "ann decided on" in outcomes(job)["Piece 1"][1]
    assert not piece.publications.at(timezone.now()).exists()


def test_two_jobs_over_the_same_articles_do_nothing_twice(editor):
    made = articles()
    both = [start("publish", who, *made) for who in (editor, make_user("ann", group="Editor"))]
    work()
    assert [kinds_of(job) for job in both] == [["done"] * 3, ["skipped"] * 3]
    assert outcomes(both[1])["Piece 1"][1] == "Readers see revision 1 already."
    assert Event.objects.count() == Publication.objects.count() == 3


def test_what_fails_without_anybody_having_foreseen_it_is_told_and_logged(editor, caplog, monkeypatch):
    def fail(article, **options):
        Tag.objects.create(name="Half done", slug="half-done")
        raise ZeroDivisionError

    made = articles(2)
    job = start("withdraw", editor, *map(published, made))
    monkeypatch.setattr(publishing, "withdraw", fail)
    work()
    assert kinds_of(job) == ["refused"] * 2
    assert "ZeroDivisionError" in caplog.text
    assert not Tag.objects.exists()


def published(article):
    publish(article)
    return article


def test_a_row_that_the_database_could_not_do_at_once_is_tried_again(editor, monkeypatch):
    transition, busy = publishing.publish, iter([True, True, False])

    def publish_later(article, **options):
        if next(busy):
            raise OperationalError("deadlock detected")
        return transition(article, **options)

    monkeypatch.setattr(rows, "PAUSE", 0)
    monkeypatch.setattr(publishing, "publish", publish_later)
    job = start("publish", editor, *articles(1))
    work()
    assert kinds_of(job) == ["done"]


# --- Slices, stopping, going on --------------------------------------------------------------------------


@pytest.fixture
def short_slices(monkeypatch):
    """Of two rows each."""
    monkeypatch.setattr(running, "ROWS", 2)


def turns():
    """The jobs of the queue that are slices; what else waits there looks at what was saved."""
    return DBTaskResult.objects.filter(task_path=running.proceed.module_path)


def one_turn():
    """What a worker does before it looks for more slices."""
    job = turns().ready().first()
    job.claim(WORKER.worker_id)
    WORKER.run_task(job)
    return job


def test_between_slices_others_have_their_turn(editor, short_slices):
    long, short = start("publish", editor, *articles(5)), start("trash", editor, make_article("Another"))
    finished = []
    while turns().ready().exists():
        one_turn()
        finished += [job for job in (long, short) if job not in finished and is_done(job)]
    assert finished == [short, long]
    assert kinds_of(long) == ["done"] * 5


def is_done(job):
    return BulkJob.objects.filter(pk=job.pk, state="done").exists()


def test_a_slice_that_is_taken_up_again_does_nothing_twice(editor, short_slices):
    job = start("publish", editor, *articles(5))
    first = one_turn()
    first.status = "READY"
    first.save()
    work()
    assert kinds_of(job) == ["done"] * 5
    assert Event.objects.count() == 5
    assert turns().count() == 3


def test_a_job_that_is_stopped_leaves_the_rest(editor, short_slices):
    job = start("publish", editor, *articles(5))
    one_turn()
    assert running.stop(job, by=editor)
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.stopped_by) == ("stopped", 2, editor)
    assert kinds_of(job) == ["done"] * 2 + ["waiting"] * 3
    assert not running.stop(job, by=editor)
    rest = running.again(job, "waiting", by=editor)
    work()
    assert kinds_of(rest) == ["done"] * 3


def test_what_was_refused_is_tried_again_as_it_is_now(editor):
    piece, other = articles(2)
    job = start("publish", editor, piece, other)
    with pytest.raises(publishing.PublishingError, match="still under way"):
        running.again(job, "refused", by=editor)
    Article.objects.filter(pk=piece.pk).update(summary="Other words.")
    publishing.record(Article.objects.get(pk=piece.pk), by=None)
    work()
    job.refresh_from_db()
    second = running.again(job, "refused", by=editor)
    work()
    assert outcomes(second) == {"Piece 1": ("done", "Revision 2 is live.")}
    second.refresh_from_db()
    with pytest.raises(running.NoneLeft):
        running.again(second, "refused", by=editor)


def test_a_job_that_broke_off_goes_on(editor):
    job = start("publish", editor, *articles())
    with patch.object(rows, "do", side_effect=OperationalError("disk full")):
        one_turn()
    job.refresh_from_db()
    assert running.has_broken_off(job)
    assert running.go_on(job)
    assert not running.go_on(job)
    work()
    assert kinds_of(job) == ["done"] * 3


# --- What is no job -------------------------------------------------------------------------------------


def test_more_than_the_most_are_refused(editor, monkeypatch):
    monkeypatch.setattr(running, "MOST", 2)
    with pytest.raises(running.TooMany, match="more than 2, which is the most at once"):
        start("publish", editor, *articles())
    with pytest.raises(running.NoneLeft):
        start("publish", editor)
    assert not BulkJob.objects.exists()
    assert not turns().exists()


def test_one_confirmation_makes_one_job(editor):
    made, key = those(*articles()), uuid4()
    both = [running.start(made, "publish", by=editor, options={}, key=key) for _ in range(2)]
    assert both[0] == both[1]
    assert BulkItem.objects.count() == 3


def test_jobs_that_ended_long_ago_are_forgotten_and_their_trail_is_not(editor):
    start("publish", editor, *articles())
    work()
    start("publish", editor, make_article("Another"))
    with at(timezone.now() + running.KEPT_FOR + DAY):
        assert running.forget() == 1
    assert BulkItem.objects.count() == 1
    assert Event.objects.count() == 3
