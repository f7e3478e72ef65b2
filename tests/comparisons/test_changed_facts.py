"""A fact that changes on a path asks for a look at the comparisons whose own words mention it as it was."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import documents, publishing, tasks
from articles.models import Event, LateWarning, Task
from comparisons import changed_facts
from comparisons.admin.effects import TO_REVIEW
from tests.base import DAY, queries, soon
from tests.forms import address, said, save
from tests.makers import make_article, make_comparison, make_path, make_user, publish

FACT = {"label": "Typical pay", "low": "2", "high": "6.5", "unit": "USD", "period": "hour"}


def fact(**more):
    return FACT | {"id": str(uuid4()), "region": "", "note": "", "sources": []} | more


# --- Pure ----------------------------------------------------------------------------------------------


def test_a_fact_changes_by_its_figure_or_its_label_and_by_nothing_else():
    old = fact()
    for name, value in (("low", "3"), ("high", "7"), ("unit", "EUR"), ("period", "month"), ("label", "Pay")):
        (change,) = changed_facts.changes([old], [old | {name: value}])
        assert change.before == old
    same = old | {"note": "As of May.", "region": "Worldwide", "low": "2.00"}
    assert changed_facts.changes([old], [fact(label="New"), same]) == []


def test_a_fact_that_is_written_anew_under_its_label_is_the_same():
    old, new = fact(), fact(low="3")
    (change,) = changed_facts.changes([old], [new])
    assert change.after == new
    (gone,) = changed_facts.changes([old], [])
    assert gone.after is None
    assert gone.sentence("Gig work").endswith("and the path does not say so any more.")


def test_only_the_ends_that_changed_are_stale():
    old = fact()
    for change, stale in (({"high": "7"}, {"6.5"}), ({"low": "3"}, {"2"}), ({"unit": "EUR"}, {"2", "6.5"})):
        (found,) = changed_facts.changes([old], [old | change])
        assert set(map(str, found.stale)) == stale


# --- When a path is published -------------------------------------------------------------------------


@pytest.fixture
def path():
    path = make_path()
    publish(path)
    return path


def compared(path, title, *, published=False, saying="USD 2–6.50 per hour", **parts):
    """A comparison whose difference says so of the path."""
    other = make_path(f"Other of {title}")
    row = {"aspect": "Pay", "cells": {str(path.pk): saying, str(other.pk): "USD 2–6.50 per hour"}}
    found = make_comparison(path, other, title=title, differences=[row], **parts)
    if published:
        publish(found, with_required=True)
    publishing.record(found, by=None)
    return found


def changed(path, **more):
    """The path with another pay, as it is published."""
    document = documents.compose(path)
    document["facts"][0] |= {"low": "3", "high": "7"} | more
    documents.restore(document)
    return publish(path)


def told():
    return {task.article.title: task.text for task in Task.objects.open()}


@pytest.mark.django_db
def test_comparisons_that_mention_the_old_figure_are_to_be_reviewed_drafts_as_well(path):
    compared(path, "Live one", published=True)
    draft = compared(path, "Draft", saying="about 2 to 6,5 dollars")
    compared(path, "Silent", saying="as the path says")
    publication = changed(path)
    assert told().keys() == {"Live one", "Draft"}
    assert {each.title for each in publication.asked} == told().keys()
    task = draft.tasks.get()
    row = draft.differences.get()
    assert task.place == f"differences/{row.pk}/cells/{path.pk}"
    assert (task.reason, task.about) == (tasks.Reason.FACT_CHANGED, path.facts.get().pk)
    assert task.text.startswith(
        "“Typical pay” of “Microtask gig work” was USD\xa02.00–6.50 per\xa0hour"
        " and is USD\xa03–7 per\xa0hour.\nIn the difference “Pay”: “Pay: about 2 to 6,5 dollars”"
    )


@pytest.mark.django_db
def test_what_it_says_of_the_other_path_is_no_mention(path):
    compared(path, "Silent", saying="little")
    changed(path)
    assert told() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["sections", "points", "understanding", "summary"])
def test_all_that_a_comparison_says_in_its_own_words_is_looked_at(path, part):
    words, other = "Typical pay is $2 to $6.50.", make_path("Other")
    parts = {
        "sections": {"sections": [{"role": "introduction", "heading": "Pay", "body": f"<p>{words}</p>"}]},
        "points": {"points": [{"path": str(path.pk), "side": "con", "label": "Low", "text": words}]},
        "understanding": {"contenders": [{"path": str(path.pk), "understanding": f"<p>{words}</p>"}]},
        "summary": {"summary": words},
    }
    publishing.record(make_comparison(path, other, differences=[], **parts[part]), by=None)
    changed(path)
    (task,) = Task.objects.open()
    assert words in task.text


@pytest.mark.django_db
def test_nothing_is_asked_for_twice(path):
    compared(path, "One")
    changed(path)
    changed(path)  # nothing has changed since
    assert len(told()) == 1
    publishing.publish(path, by=None, revision=path.revisions.get(number=1))
    publishing.publish(path, by=None, revision=path.revisions.get(number=2))
    assert len(told()) == 1
    (task,) = Task.objects.open()
    with pytest.raises(IntegrityError), transaction.atomic():
        tasks.ask(task.article, task.reason, by=None, about=task.about)


@pytest.mark.django_db
def test_a_task_that_is_open_is_told_what_became_of_the_fact_since(path):
    compared(path, "One", saying="USD 2–6.50 per hour, some say USD 3–7 per hour")
    changed(path)
    changed(path, low="4", high="8")
    (text,) = told().values()
    assert text.count("“Typical pay” of") == 2
    assert text.rindex("is USD\xa04–8") > text.index("is USD\xa03–7")


@pytest.mark.django_db
def test_once_it_is_done_another_change_asks_anew(path):
    comparison = compared(path, "One", saying="USD 2–6.50 or USD 3–7")
    changed(path)
    tasks.finish(comparison.tasks.get(), by=make_user())
    changed(path, low="4", high="8")
    assert comparison.tasks.count() == 2


@pytest.mark.django_db
def test_what_a_draft_has_mended_already_is_to_be_published(path):
    comparison = compared(path, "One", published=True)
    documents.restore(documents.compose(comparison) | {"differences": []})
    publishing.record(comparison, by=None)
    changed(path)
    assert told()["One"].endswith(changed_facts.MENDED)


@pytest.mark.django_db
def test_what_is_scheduled_asks_for_a_review_by_then(path):
    compared(path, "One")
    document = documents.compose(path)
    document["facts"][0]["high"] = "7"
    documents.restore(document)
    monday = soon(hours=72)
    publishing.schedule(path, by=None, at=monday)
    assert Task.objects.get().due_on == timezone.localdate(monday)


@pytest.mark.django_db
def test_the_trash_and_a_first_publication_ask_for_nothing(path):
    trashed = compared(path, "Trashed")
    type(trashed).objects.filter(pk=trashed.pk).update(trashed_at=timezone.now() - DAY)
    changed(path)
    publish(make_article())
    assert told() == {}


@pytest.mark.django_db
def test_many_comparisons_cost_the_same_few_queries(path):
    compared(path, "Silent 0", saying="little")
    costs = []
    for number in (1, 8):
        for other in range(number):
            compared(path, f"Silent {number}.{other}", saying="little")
        with queries() as ran:
            list(changed_facts.follow_ups(documents.compose(path) | {"facts": []}, timezone.now()))
        costs.append(len(ran))
    assert costs[0] == costs[1]


# --- On the desk ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_editor_sees_what_is_to_be_reviewed_before_and_after_publishing(client, path):
    client.force_login(make_user("edith", group="Editor"))
    comparison = compared(path, "One")
    document = documents.compose(path)
    document["facts"][0]["high"] = "7"
    documents.restore(document)
    page = client.get(address(path, "publish")).content.decode()
    assert TO_REVIEW in page
    assert f"{address(comparison)}?at=differences" in page
    assert not Task.objects.exists()
    response = save(client, path, button="_publish")
    assert "Somebody is asked to review the words of “One”." in said(response)
    assert Task.objects.get().created_by.username == "edith"


# --- What was scheduled and doesn't go live ----------------------------------------------------------


def scheduled(path, hours=1, **more):
    """The path with another pay, as it is to be published."""
    document = documents.compose(path)
    document["facts"][0] |= {"low": "3", "high": "7"} | more
    documents.restore(document)
    return publishing.schedule(path, by=None, at=soon(hours=hours))


@pytest.mark.django_db
def test_what_only_a_cancelled_schedule_asked_for_ends_with_its_reason(path):
    editor = make_user("edith", group="Editor")
    compared(path, "Live one", published=True)
    publication = scheduled(path)
    (task,) = Task.objects.open()
    publishing.cancel(publication, by=editor)
    task.refresh_from_db()
    assert (task.done_by, bool(task.done_at)) == (editor, True)
    assert task.moot.startswith("“Microtask gig work” was to change on ")
    assert task.moot.endswith(", and that was cancelled.")
    last = Event.objects.first()
    assert last.action == "cancelled"
    assert last.detail.endswith("Nobody has to look at “Live one” because of it any more.")


@pytest.mark.django_db
def test_whoever_cancels_at_the_desk_is_told_who_is_spared(client, path):
    client.force_login(make_user("edith", group="Editor"))
    compared(path, "Live one", published=True)
    publication = scheduled(path)
    response = client.post(address(path, "cancel"), {"publication": publication.pk})
    assert "Nobody has to look at “Live one” because of it any more." in said(response)


@pytest.mark.django_db
def test_what_something_else_asked_for_as_well_stays_and_says_so(path):
    compared(path, "Live one", published=True, saying="USD 2–6.50 per hour, soon USD 3–7 per hour")
    sooner = scheduled(path)
    later = scheduled(path, hours=2, low="4", high="9")
    publishing.cancel(later, by=None)
    task = Task.objects.open().get()
    assert task.text.endswith(", and that was cancelled.")
    publishing.cancel(sooner, by=None)
    assert not Task.objects.open().exists()


@pytest.mark.django_db
def test_what_was_to_follow_a_cancelled_one_asks_for_all_that_it_changes_now(path):
    compared(path, "Live one", published=True)
    sooner = scheduled(path)
    scheduled(path, hours=2, high="9")
    publishing.cancel(sooner, by=None)
    assert "is USD\xa03–9" in told()["Live one"]


@pytest.mark.django_db
def test_withdrawing_ends_what_was_asked_for_because_of_what_was_to_come(path):
    other = compared(path, "Draft")
    late = tasks.ask(path, tasks.Reason.LATE, by=None)
    publication = scheduled(path)
    LateWarning.objects.create(publication=publication, task=late, found_at=timezone.now())
    assert other.tasks.open().exists()
    publishing.withdraw(path, by=None)
    assert not Task.objects.open().exists()


@pytest.mark.django_db
def test_what_has_begun_goes_on_asking(path):
    compared(path, "Draft")
    changed(path)
    publishing.withdraw(path, by=None)
    assert told().keys() == {"Draft"}
