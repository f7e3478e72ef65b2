"""What is scheduled and would not pass its checks any more: said once, shown until it is put right."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from articles import documents, late, publishing
from articles.models import Finding, LateWarning, Task
from comparisons.models import CareerPath
from tests.base import DAY, HOUR, at, soon
from tests.comparisons.unfair import (
    REASON,
    changed,
    gig_work,
    ready,
    with_a_dead_question,
    without_a_rationale,
)
from tests.forms import address
from tests.jobs import work
from tests.makers import golden, make_article, make_path, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith(client):
    user = make_user("edith", group="Editor")
    user.email = "edith@example.org"
    user.save()
    client.force_login(user)
    return user


def scheduled(article, by, hours=48, **options):
    return publishing.schedule(article, by=by, at=soon(hours=hours), **options)


def expiring(days):
    """An article whose source, which nothing or a point rests on, is valid for so many days more."""
    last = (timezone.now() + days * DAY).date().isoformat()
    source = {"id": "6f1c1c52-6a0e-4b1c-9e5b-0f3a1f2b3c4d", "publisher": "A bureau", "title": "A table"}
    pro = {"side": "pro", "label": "Flexible", "text": "It is.", "sources": [source["id"]]}
    con = {"side": "con", "label": "Uneven", "text": "It is."}
    return make_path(sources=[source | {"valid_until": last}], points=[pro, con])


def look():
    """The titles of what somebody is warned of, and all mail that goes out."""
    mail.outbox.clear()
    found = [publication.title for publication in late.look()]
    work()
    return found, [sent.to for sent in mail.outbox]


def test_a_source_that_expires_before_it_begins_is_told_once(edith, client):
    path = expiring(1)
    publication = scheduled(path, edith, hours=72)
    assert look() == ([path.title], [["edith@example.org"]])
    task = Task.objects.get()
    assert (task.reason, task.assignee, task.article_id) == (Task.Reason.LATE, edith, path.pk)
    assert "“A bureau: A table” is valid until" in task.text
    assert task.text in mail.outbox[0].body
    assert address(path) in mail.outbox[0].body
    assert look() == ([], [])
    assert LateWarning.objects.get().publication == publication
    for page in ("change", "history", "checks"):
        assert "would\n      not pass its checks" in client.get(address(path, page)).content.decode(), page
    report = client.get("/admin/articles/finding/?check=late").content.decode()
    assert "A bureau: A table" in report


def test_what_was_known_when_it_was_decided_is_no_news(edith):
    scheduled(expiring(-1), edith)
    scheduled(make_article(), edith)
    assert look() == ([], [])


def test_a_path_that_changed_since_makes_a_form_unfair(edith):
    comparison = ready(lambda comparison: None)
    scheduled(comparison, edith)
    assert look() == ([], [])
    with_a_dead_question(comparison)
    publish(gig_work())
    assert look() == ([comparison.title], [["edith@example.org"]])
    row = Finding.objects.get(check_name=late.LATE)
    assert row.gravity == Finding.Gravity.STOPS
    assert "changes nothing: every answer leaves the paths as far apart" in row.message


def test_what_was_overridden_when_it_was_decided_is_not_told_again(edith):
    comparison = ready(without_a_rationale)
    scheduled(comparison, edith, override=REASON)
    changed(gig_work(), lambda document: document.update(summary="The same, said in another way."))
    publish(gig_work())
    assert look() == ([], [])


def test_a_scheduled_path_answers_for_comparisons_that_changed_since(edith):
    comparison = golden()
    path = gig_work()
    with_a_dead_question(comparison)
    scheduled(path, edith, override=REASON)
    assert look() == ([], [])
    changed(comparison, lambda document: document.update(summary="The same, said in another way."))
    publish(comparison)
    assert look() == ([path.title], [["edith@example.org"]])


def test_a_link_whose_target_is_withdrawn_meanwhile_is_told(edith):
    target = make_article("Fees and shares")
    publish(target)
    body = f'<p><a href="article:{target.pk}">fees</a></p>'
    article = make_article(sections=[{"role": "introduction", "heading": "", "body": body}])
    scheduled(article, edith)
    assert look() == ([], [])
    publishing.withdraw(target, by=None)
    assert look()[0] == [article.title]


def test_once_it_is_put_right_the_warning_and_its_task_go(edith):
    comparison = ready(lambda comparison: None)
    scheduled(comparison, edith)
    before = documents.compose(gig_work())
    with_a_dead_question(comparison)
    publish(gig_work())
    look()
    documents.restore(before)
    publish(gig_work())
    assert look() == ([], [])
    assert not LateWarning.objects.exists()
    assert not Finding.objects.filter(check_name=late.LATE).exists()
    assert Task.objects.get().done_at is not None


def test_cancelling_closes_the_task_of_whoever_was_asked(edith):
    publication = scheduled(expiring(1), edith, hours=72)
    look()
    publishing.cancel(publication, by=edith)
    task = Task.objects.get()
    assert (task.done_by, LateWarning.objects.count(), look()) == (edith, 0, ([], []))
    assert not Finding.objects.filter(check_name=late.LATE).exists()


def test_who_left_is_not_written_to_and_whoever_may_is_asked(edith):
    scheduled(expiring(1), edith, hours=72)
    edith.is_active = False
    edith.save()
    assert look() == ([CareerPath.objects.get().title], [])
    assert Task.objects.get().assignee is None


def test_it_goes_live_all_the_same_and_is_no_longer_late(edith, client, capsys):
    path = expiring(1)
    publication = scheduled(path, edith, hours=72)
    call_command("check_scheduled")
    assert "somebody is warned" in capsys.readouterr().out
    with at(publication.starts_at + HOUR):
        assert path.publications.at(timezone.now()).exists()
        assert not Finding.objects.holding(timezone.now()).filter(check_name=late.LATE).exists()
        assert list(late.look()) == []
