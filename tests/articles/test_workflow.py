"""The way through review: what may be decided by whom, what becomes of it, and what stands in the trail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles import documents, formats, publishing, trash, workflow
from articles.models import Event, Review, Task
from articles.obstacles import Conflict, Edited, PublishingError, Trashed, Unapproved
from tests.base import DAY, at, soon
from tests.jobs import work
from tests.makers import make_article, make_comparison, make_path, make_user, publish

pytestmark = pytest.mark.django_db
State = Review.State


def make_person(name, group):
    user = make_user(name, group=group)
    user.email = f"{name}@example.org"
    user.save()
    return user


@pytest.fixture
def anna():
    return make_person("anna", "Author")


@pytest.fixture
def rita():
    return make_person("rita", "Reviewer")


@pytest.fixture
def edith():
    return make_person("edith", "Editor")


@pytest.fixture
def article(anna):
    article = make_article()
    publishing.record(article, by=anna)
    return article


def edited(article, by, summary="Another summary."):
    documents.restore(documents.compose(article) | {"summary": summary})
    return publishing.record(article, by=by)


def newest(article):
    return article.revisions.first()


def stands(article):
    review = Review.objects.open().filter(article=article).first()
    return review and review.state


def told():
    return [(each.action, each.who, each.revision) for each in Event.objects.order_by("id")]


def asked():
    """The open tasks: what for, and who."""
    open_ones = Task.objects.open().select_related("assignee")
    return [(task.reason, task.assignee and task.assignee.username) for task in open_ones]


def mails():
    work()
    return [(each.to[0].partition("@")[0], each.subject) for each in mail.outbox]


# --- From draft to published -----------------------------------------------------------------------


def test_the_whole_way_with_its_tasks_mails_and_trail(article, anna, rita, edith):
    workflow.submit(article, by=anna, assignee=rita, note="Mind the figures.")
    assert (stands(article), asked()) == (State.IN_REVIEW, [("review", "rita")])
    workflow.request_changes(article, by=rita, note="Say where they come from.")
    assert (stands(article), asked()) == (State.CHANGES_REQUESTED, [("changes", "anna")])
    edited(article, anna)
    workflow.submit(article, by=anna, assignee=rita)
    assert (stands(article), asked()) == (State.IN_REVIEW, [("review", "rita")])
    workflow.approve(article, revision=newest(article), by=rita)
    assert (stands(article), asked()) == (State.APPROVED, [])
    publishing.publish(article, by=edith)
    assert stands(article) is None
    assert mails() == [
        ("rita", "For your review: How to read a pay figure"),
        ("anna", "Changes requested: How to read a pay figure"),
        ("rita", "For your review: How to read a pay figure"),
        ("anna", "Approved: How to read a pay figure"),
    ]
    assert told() == [
        ("submitted", "anna", 1),
        ("changes-requested", "rita", 1),
        ("submitted", "anna", 2),
        ("approved", "rita", 2),
        ("published", "edith", 2),
    ]


def test_a_mail_says_who_what_until_when_and_where(article, anna, rita):
    due_on = timezone.localdate() + timedelta(days=3)
    workflow.submit(article, by=anna, assignee=rita, due_on=due_on, note="Mind the figures.")
    work()
    assert mail.outbox[0].body == (
        "Article “How to read a pay figure”: anna submitted revision 1 for review. Please decide by "
        f"{formats.day(due_on)}.\n\nMind the figures.\n\n"
        f"http://127.0.0.1:8000/admin/articles/article/{article.pk}/review/\n\n"
        f"This was on {formats.moment(Review.objects.get().submitted_at)}.\n"
    )


def test_whoever_may_decide_is_told_where_nobody_in_particular_is_asked(article, anna, rita, edith):
    make_person("mo", "Moderator")
    writer = make_person("eve", "Editor")
    edited(article, writer)
    make_user("nobody", group="Reviewer")
    gone = make_person("gone", "Reviewer")
    gone.is_active = False
    gone.save()
    workflow.submit(article, by=anna, note="Mind the figures.")
    subject = "For review: How to read a pay figure"
    assert mails() == [("rita", subject), ("edith", subject)]
    assert "Whoever may review is asked" in mail.outbox[0].body
    assert "Mind the figures." in mail.outbox[0].body
    workflow.assign(article, to=rita, by=edith)
    workflow.assign(article, to=None, by=rita)
    assert mails()[2:] == [("rita", "For your review: How to read a pay figure"), ("edith", subject)]


def test_those_who_may_approve_their_own_are_told_of_it_as_well(article, rita, edith, settings):
    edited(article, edith)
    settings.OWN_APPROVAL = True
    workflow.submit(article, by=None)
    assert [name for name, _ in mails()] == ["rita", "edith"]


def test_one_address_is_told_instead_where_one_is_named(article, anna, rita, settings):
    settings.REVIEW_ADDRESS = "desk@example.org"
    workflow.submit(article, by=anna)
    assert mails() == [("desk", "For review: How to read a pay figure")]


def test_who_submitted_who_approved_and_who_was_asked_hear_that_an_edit_ended_the_approval(
    article, anna, rita, edith
):
    workflow.submit(article, by=anna, assignee=rita)
    workflow.approve(article, revision=newest(article), by=edith)
    work()
    mail.outbox.clear()
    edited(article, make_person("eve", "Editor"))
    subject = "Approval ended by an edit: How to read a pay figure"
    assert mails() == [("anna", subject), ("edith", subject), ("rita", subject)]
    assert "eve saved revision 2, which ends the approval of revision 1." in mail.outbox[0].body
    edited(article, anna, "A third.")
    assert len(mails()) == 3


def test_nobody_is_told_by_mail_of_what_they_did_themselves_or_without_an_address(article, rita):
    nobody = make_user("nobody", group="Editor")
    workflow.submit(article, by=rita, assignee=rita)
    workflow.assign(article, to=nobody, by=rita)
    assert mails() == []


def test_what_is_repeated_changes_nothing(article, anna, rita):
    for _ in range(2):
        workflow.submit(article, by=anna, assignee=rita)
    for _ in range(2):
        workflow.assign(article, to=None, by=anna)
    for _ in range(2):
        workflow.request_changes(article, by=rita, note="Why?")
    for _ in range(2):
        workflow.submit(article, by=anna)
    for _ in range(2):
        workflow.approve(article, revision=newest(article), by=rita)
    assert [workflow.recall(article, by=anna) for _ in range(2)] == [True, False]
    actions = [action for action, *_ in told()]
    assert actions == ["submitted", "assigned", "changes-requested", "submitted", "approved", "recalled"]


def test_taken_back_it_is_a_draft_and_nobody_is_asked(article, anna, rita, edith):
    workflow.submit(article, by=anna, assignee=rita)
    workflow.recall(article, by=anna)
    assert (stands(article), asked()) == (None, [])
    publishing.publish(article, by=edith)


def test_assigning_hands_the_task_over(article, anna, rita, edith):
    workflow.submit(article, by=anna, assignee=rita)
    due_on = timezone.localdate() + timedelta(days=1)
    workflow.assign(article, to=edith, by=rita, due_on=due_on)
    assert asked() == [("review", "edith")]
    assert Task.objects.open().get().due_on == due_on
    assert mails()[-1] == ("edith", "For your review: How to read a pay figure")


# --- What is refused ---------------------------------------------------------------------------------


def test_only_who_may_review_is_asked(article, anna):
    with pytest.raises(PublishingError, match=r"anna may not review. Choose an editor or a reviewer"):
        workflow.submit(article, by=anna, assignee=anna)
    assert stands(article) is None


def test_a_day_that_has_passed_is_refused(article, anna):
    with pytest.raises(PublishingError, match=r"has passed. Choose a day to come"):
        workflow.submit(article, by=anna, due_on=timezone.localdate() - timedelta(days=1))


def test_what_readers_see_already_is_not_submitted(article, anna):
    publish(article)
    with pytest.raises(PublishingError, match=r"Readers see revision 1 already"):
        workflow.submit(article, by=anna)


def test_changes_are_requested_with_a_word(article, anna, rita):
    workflow.submit(article, by=anna)
    with pytest.raises(PublishingError, match=r"Say what is to change"):
        workflow.request_changes(article, by=rita, note="  ")


def test_nothing_is_decided_outside_of_a_review_or_in_the_trash(article, anna, rita):
    decisions = (
        lambda: workflow.approve(article, revision=newest(article), by=rita),
        lambda: workflow.request_changes(article, by=rita, note="Why?"),
        lambda: workflow.assign(article, to=rita, by=anna),
    )
    for decide in decisions:
        with pytest.raises(Conflict, match=r"is not in review"):
            decide()
    workflow.submit(article, by=anna)
    trash.trash(article, by=None)
    for decide in (*decisions, lambda: workflow.submit(article, by=anna)):
        with pytest.raises(Trashed):
            decide()


def test_of_two_who_decide_on_the_ground_of_one_page_the_second_is_told(article, anna, rita, edith):
    workflow.submit(article, by=anna)
    seen = workflow.standing(Review.objects.get())
    workflow.request_changes(article, by=edith, note="Why?", seen=seen)
    with pytest.raises(Conflict, match=r"edith requested changes on .* Look again, then decide"):
        workflow.approve(article, revision=newest(article), by=rita, seen=seen)
    assert stands(article) == State.CHANGES_REQUESTED


def test_an_approval_of_what_has_changed_since_is_refused(article, anna, rita):
    workflow.submit(article, by=anna)
    looked_at = newest(article)
    edited(article, anna)
    with pytest.raises(Edited, match=r"anna saved revision 2 on .*, and you looked at revision 1"):
        workflow.approve(article, revision=looked_at, by=rita)
    assert stands(article) == State.IN_REVIEW


def test_an_edit_after_approval_needs_a_new_one(article, anna, rita, edith):
    workflow.submit(article, by=anna, assignee=rita)
    workflow.approve(article, revision=newest(article), by=rita)
    edited(article, anna)
    assert (stands(article), asked()) == (State.LAPSED, [("review", "rita")])
    assert told()[-1] == ("lapsed", "anna", 1)
    for revision in (None, article.revisions.last()):
        with pytest.raises(Unapproved, match=r"approved revision 1 on .*, and it was edited since"):
            publishing.publish(article, by=edith, revision=revision)
    workflow.approve(article, revision=newest(article), by=rita)
    publishing.publish(article, by=edith)
    assert article.publications.get().revision.number == 2


def test_a_save_that_changes_nothing_leaves_the_approval(article, anna, rita):
    workflow.submit(article, by=anna)
    workflow.approve(article, revision=newest(article), by=rita)
    publishing.record(article, by=anna)
    assert stands(article) == State.APPROVED


# --- Who approves ------------------------------------------------------------------------------------


def test_nobody_approves_what_they_wrote_themselves(article, anna, rita, edith):
    edited(article, edith)
    workflow.submit(article, by=anna)
    with pytest.raises(PublishingError, match=r"You wrote revision 2 yourself. Somebody else has to approve"):
        workflow.approve(article, revision=newest(article), by=edith)
    workflow.approve(article, revision=newest(article), by=rita)


def test_what_was_published_or_approved_since_is_nobody_s_own_work_any_more(article, anna, rita, edith):
    edited(article, edith)
    publish(article)
    edited(article, anna, "A third.")
    workflow.submit(article, by=anna)
    workflow.approve(article, revision=newest(article), by=edith)
    edited(article, edith, "A fourth.")
    with pytest.raises(PublishingError, match=r"You wrote revision 4 yourself"):
        workflow.approve(article, revision=newest(article), by=edith)
    workflow.approve(article, revision=newest(article), by=rita)


def test_a_setting_allows_to_approve_one_s_own_work(article, anna, settings):
    settings.OWN_APPROVAL = True
    workflow.submit(article, by=anna)
    workflow.approve(article, revision=newest(article), by=anna)
    assert stands(article) == State.APPROVED


# --- What is published -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (
            lambda article, by: None,
            "anna submitted revision 1 on .* Have revision 1 approved, or take it back",
        ),
        (
            lambda article, by: workflow.request_changes(article, by=by, note="Why?"),
            "rita requested changes on .* Make them and submit it again, or take it back",
        ),
    ],
)
def test_while_it_is_in_review_it_is_not_published_without_an_approval(article, anna, rita, decide, words):
    workflow.submit(article, by=anna)
    decide(article, rita)
    with pytest.raises(Unapproved, match=words):
        publishing.publish(article, by=None)
    with pytest.raises(Unapproved, match=words):
        publishing.schedule(article, by=None, at=soon())
    assert not article.publications.exists()


def test_scheduling_ends_the_review_and_what_is_scheduled_goes_live(article, anna, rita):
    workflow.submit(article, by=anna)
    workflow.approve(article, revision=newest(article), by=rita)
    publishing.schedule(article, by=None, at=soon())
    assert stands(article) is None
    with at(timezone.now() + DAY):
        assert article.publications.at(timezone.now()).exists()


def test_where_a_review_is_required_nothing_is_published_without_one(article, anna, rita, settings):
    settings.REVIEW_REQUIRED = True
    with pytest.raises(Unapproved, match=r"only with somebody’s approval, and revision 1 has none"):
        publishing.publish(article, by=None)
    workflow.submit(article, by=anna)
    workflow.approve(article, revision=newest(article), by=rita)
    first = publish(article).revision
    edited(article, anna)
    with pytest.raises(Unapproved, match=r"revision 2 has none"):
        publishing.publish(article, by=None)
    publishing.withdraw(article, by=None)
    publish(article, revision=first)  # what was approved once may go live again


def test_nor_is_what_is_published_together_with_it(anna, rita, settings):
    settings.REVIEW_REQUIRED = True
    paths = [make_path("Tutoring"), make_path("Bookkeeping")]
    comparison = make_comparison(*paths)
    for each in (comparison, paths[0]):
        workflow.submit(each, by=anna)
        workflow.approve(each, revision=newest(each), by=rita)
    with pytest.raises(Unapproved, match=r"“Bookkeeping” is published only with somebody’s approval"):
        publishing.publish(comparison, by=None, with_required=True)
    workflow.submit(paths[1], by=anna)
    workflow.approve(paths[1], revision=newest(paths[1]), by=rita)
    publishing.publish(comparison, by=None, with_required=True)
    assert not Review.objects.open().exists()


def test_a_purged_article_takes_its_reviews_along(article, anna, rita):
    workflow.submit(article, by=anna)
    workflow.approve(article, revision=newest(article), by=rita)
    trash.trash(article, by=None)
    trash.purge(before=soon())
    assert not Review.objects.exists()
