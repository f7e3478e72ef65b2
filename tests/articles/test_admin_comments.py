"""The moderators' queue: decided about many at once, by what they read; bans, tasks and corrections."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import comparing, documents, tasks
from articles.admin.comments import CommentAdmin
from articles.comments import arriving, deciding, keeping
from articles.models import Ban, Comment, DisallowedWord, Event, Task
from tests.base import DAY, at, queries
from tests.makers import make_article, make_comment, make_path, make_user, publish
from tests.replies import send

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

Status = Comment.Status
QUEUE = reverse("admin:articles_comment_changelist")


@pytest.fixture
def moderator(client):
    user = make_user("mona", group="Moderator")
    client.force_login(user)
    return user


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def address(name, comment):
    return reverse(f"admin:articles_comment_{name}", args=[comment.pk])


def decide(client, action, *comments, **more):
    data = {"action": action, "_selected_action": [comment.pk for comment in comments], **more}
    return client.post(QUEUE, data, follow=True).content.decode()


def trail():
    return list(Event.objects.order_by("id").values_list("action", "who", "detail"))


# --- Deciding --------------------------------------------------------------------------------------


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("action", "status"),
    [("approve", Status.APPROVED), ("reject", Status.REJECTED), ("mark_as_spam", Status.SPAM)],
)
def test_moderators_decide_about_several_replies_at_once(client, moderator, action, status):
    article = make_article()
    chosen = [make_comment(article, status=Status.WAITING) for _ in range(2)]
    other = make_comment(article, status=Status.WAITING)
    decide(client, action, *chosen)
    assert {comment.status for comment in Comment.objects.exclude(pk=other.pk)} == {status}
    assert Comment.objects.get(pk=other.pk).status == Status.WAITING
    event = deciding.ACTIONS[status]
    assert trail() == [(event, "mona", f"Reply {comment.pk}.") for comment in chosen]


def test_what_was_changed_since_it_was_read_is_left_as_it_is(client, moderator):
    article = make_article()
    read, changed = (make_comment(article, status=Status.WAITING) for _ in range(2))
    seen = timezone.now().isoformat()
    arriving.edit(changed, name="Reader", text="Buy this!")
    page = decide(client, "approve", read, changed, seen=seen)
    assert "1 now approved" in page
    assert "1 left as they were" in page
    assert Comment.objects.get(pk=changed.pk).status == Status.WAITING


def test_the_list_says_when_it_was_made(client, moderator):
    make_comment(make_article())
    assert 'name="seen" value="2' in client.get(QUEUE).content.decode()


def test_what_was_taken_back_stays_so(client, moderator):
    comment = make_comment(make_article(), status=Status.WAITING)
    arriving.withdraw(comment)
    decide(client, "approve", comment)
    assert Comment.objects.get().status == Status.WITHDRAWN


@pytest.mark.parametrize("number", [1, 30])
def test_to_decide_about_many_costs_as_much_as_about_one(number):
    article = make_article()
    for n in range(number):
        make_comment(article, f"Reply {n}", status=Status.WAITING)
    with queries() as found:
        deciding.moderate(Comment.objects.all(), Status.APPROVED, by=None)
    # Which; the rows; what they become, its events (each in a savepoint); whether anybody follows.
    assert len([each for each in found if "SAVEPOINT" not in each]) == 5


def test_the_queue_costs_few_queries_however_many_wait(client, moderator):
    article = make_article()
    for n in range(60):
        make_comment(article, f"Reply {n}", status=Status.WAITING)
    with queries() as found:
        client.get(QUEUE)
    assert len(found) <= 7  # two of them say who is logged in


def test_the_queue_is_filtered_by_status(client, moderator):
    article = make_article()
    make_comment(article, "Shown already.")
    waiting = make_comment(article, "Not yet.", status=Status.WAITING)
    response = client.get(QUEUE, {"status__exact": "waiting"})
    assert [row.pk for row in response.context["cl"].result_list] == [waiting.pk]


@pytest.mark.every_database
@pytest.mark.parametrize("words", ["helped me", "Reader", "pay figure"])
def test_the_queue_is_searched_by_words_name_and_article(client, moderator, words):
    make_comment(make_article())
    make_comment(make_article("Another"), "Something else.", name="Nobody")
    response = client.get(QUEUE, {"q": words})
    assert response.context["cl"].result_count == 1


def test_the_queue_says_what_speaks_against_a_reply(client, moderator):
    make_comment(make_article(), "See https://example.org/", held_for="has “casino”", verdict="spam")
    page = client.get(QUEUE).content.decode()
    assert "has “casino”, Akismet takes it to be spam, 1 link" in page


# --- One of them -----------------------------------------------------------------------------------


def test_a_reply_stays_on_the_article_it_was_written_for(client, moderator):
    article, other = make_article(), make_article("Another")
    comment = make_comment(article)
    data = {"article": other.pk, "status": "spam", "name": "Reader", "email": "", "text": "Buy!"}
    client.post(address("change", comment), data)
    comment.refresh_from_db()
    assert (comment.article_id, comment.status, comment.text) == (article.pk, "spam", "Buy!")
    assert [action for action, *_ in trail()] == ["reply-changed", "reply-spam"]


def test_a_moderator_does_not_write_over_what_the_writer_has_changed(client, moderator):
    comment = make_comment(make_article(), status=Status.WAITING)
    form = client.get(address("change", comment)).context["adminform"].form
    data = {"status": "approved", "name": "Reader", "email": "", "text": comment.text}
    arriving.edit(comment, name="Reader", text="Other words.")
    response = client.post(address("change", comment), data | {"seen": form.initial["seen"]})
    assert "Its writer has changed it meanwhile" in response.content.decode()
    comment.refresh_from_db()
    assert (comment.status, comment.text) == (Status.WAITING, "Other words.")


def test_only_its_writer_takes_a_reply_back(client, moderator):
    comment = make_comment(make_article(), status=Status.WAITING)
    data = {"status": "withdrawn", "name": "Reader", "email": "", "text": comment.text}
    assert "Select a valid choice" in client.post(address("change", comment), data).content.decode()
    arriving.withdraw(comment)
    data |= {"status": "approved", "text": "Said by somebody else."}
    assert client.post(address("change", comment), data).status_code == 302
    comment.refresh_from_db()
    assert (comment.status, comment.name, comment.text) == (Status.WITHDRAWN, "", "")


def test_an_address_that_a_moderator_types_is_kept_as_others_are_and_confirmed_by_nobody(client, moderator):
    now = timezone.now()
    comment = make_comment(make_article(), email="ada@example.org", confirmed_at=now)
    data = {"status": "approved", "name": "Reader", "email": "Ada@Example.org", "text": comment.text}
    client.post(address("change", comment), data)
    comment.refresh_from_db()
    assert (comment.email, comment.confirmed_at) == ("ada@example.org", now)
    client.post(address("change", comment), data | {"email": "Ben@Example.org"})
    comment.refresh_from_db()
    assert (comment.email, comment.confirmed_at) == ("ben@example.org", None)


def test_what_a_moderator_types_has_no_invisible_signs_either(client, moderator):
    comment = make_comment(make_article())
    data = {"status": "approved", "name": "Re\u200bader", "email": "", "text": "\u202eturned"}
    client.post(address("change", comment), data)
    comment.refresh_from_db()
    assert (comment.name, comment.text) == ("Reader", "turned")


def test_a_deleted_reply_is_in_the_trail(client, moderator):
    comment = make_comment(make_article())
    client.post(address("delete", comment), {"post": "yes"})
    assert not Comment.objects.exists()
    assert trail() == [("reply-deleted", "mona", f"Reply {comment.pk}.")]


def test_what_came_in_since_the_list_was_opened_is_not_decided_with_all_the_others(client, moderator):
    read = make_comment(make_article(), status=Status.WAITING)
    seen = timezone.now().isoformat()
    unread = make_comment(read.article, text="Buy this!", status=Status.WAITING)
    page = decide(client, "approve", read, seen=seen, select_across="1", index="0")
    assert "1 now approved" in page
    assert "1 left as they were: sent, changed or taken back since" in page
    unread.refresh_from_db()
    assert unread.status == Status.WAITING


def test_a_status_is_of_what_was_read_however_late_its_writer_changes_it(client, moderator, monkeypatch):
    comment = make_comment(make_article(), status=Status.WAITING)
    form = client.get(address("change", comment)).context["adminform"].form
    ready = CommentAdmin.save_model

    def changed_first(*given, **named):
        arriving.edit(Comment.objects.get(), name="Reader", text="Buy this!")
        ready(*given, **named)

    monkeypatch.setattr(CommentAdmin, "save_model", changed_first)
    data = {name: form.initial.get(name, "") for name in form.fields} | {"status": "approved"}
    page = client.post(address("change", comment), data, follow=True).content.decode()
    assert "Its status is as it was" in page
    assert Comment.objects.get().status == Status.WAITING


# --- Bans ------------------------------------------------------------------------------------------


def ban(client, comment, **fields):
    data = {"by_email": "on", "by_sender": "on", "reason": "Insults.", "ends_at": "", "as_spam": "on"}
    return client.post(f"{reverse('admin:articles_comment_ban')}?reply={comment.pk}", data | fields)


@pytest.fixture
def rude(client):
    publish(make_article())
    send(client, email="rude@example.org")
    return Comment.objects.get()


def test_who_is_banned_is_told_until_when_and_loses_no_words(client, moderator, rude):
    end = timezone.localtime() + 10 * DAY
    assert ban(client, rude, ends_at=end.strftime("%Y-%m-%dT%H:%M")).status_code == 302
    assert Comment.objects.get().status == Status.SPAM
    for fields in ({"email": "rude@example.org", "sender": "10.9.9.9"}, {"email": ""}):
        response = send(client, text="Me again, as ever.", **fields)
        assert response.status_code == 403
        assert "not taken here until" in response.content.decode()
        assert "Me again, as ever.</textarea>" in response.content.decode()
        assert "Insults" not in response.content.decode()
    assert send(client, text="Somebody else.", sender="10.9.9.9").status_code == 303
    with at(timezone.now() + 11 * DAY):
        assert send(client, text="I have learned.").status_code == 303
    assert [action for action, *_ in trail()][-2:] == ["writer-banned", "reply-spam"]


def test_a_ban_by_network_address_lasts_thirty_days_from_the_reply_at_most(client, moderator, rude):
    Comment.objects.update(created_at=timezone.now() - 20 * DAY)
    rude.refresh_from_db()
    ban(client, rude)
    by_email, by_sender = Ban.objects.exclude(email=""), Ban.objects.exclude(address_hash="")
    assert by_email.get().ends_at is None
    assert by_sender.get().ends_at == rude.created_at + timedelta(days=30)
    with at(timezone.now() + 31 * DAY):
        keeping.forget_senders()
    assert (by_email.count(), by_sender.count()) == (1, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "This field is required"),
        ({"by_email": "", "by_sender": ""}, "Say by what"),
        ({"ends_at": "2020-01-01T09:00"}, "This has passed"),
    ],
)
def test_a_ban_says_whom_why_and_until_when(client, moderator, rude, fields, said):
    response = ban(client, rude, **fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Ban.objects.exists()


def test_a_writer_of_whom_nothing_is_known_cannot_be_banned(client, moderator):
    response = ban(client, make_comment(make_article()))
    assert "has no such address" in response.content.decode()


def test_the_writers_of_several_are_banned_from_the_queue(client, moderator, rude):
    page = decide(client, "ban", rude)
    assert "Ban who wrote them" in page
    assert rude.text in page


def test_who_wrote_much_is_banned_once_and_who_is_unknown_keeps_nobody_else_from_it(client, moderator, rude):
    for number in range(5):
        send(client, email="rude@example.org", text=f"Insult number {number}.")
    unknown = make_comment(rude.article, status=Status.WAITING)
    chosen = "&".join(f"reply={pk}" for pk in Comment.objects.values_list("pk", flat=True))
    data = {"by_email": "on", "by_sender": "on", "reason": "Insults.", "ends_at": "", "as_spam": "on"}
    assert client.post(f"{reverse('admin:articles_comment_ban')}?{chosen}", data).status_code == 302
    assert Ban.objects.filter(email="rude@example.org").count() == 1
    assert Ban.objects.exclude(address_hash="").count() == 1
    assert [action for action, *_ in trail()].count("writer-banned") == 1
    unknown.refresh_from_db()
    assert unknown.status == Status.SPAM


def test_of_very_many_the_newest_are_banned_and_that_is_said(client, moderator, rude, monkeypatch):
    monkeypatch.setattr("articles.admin.comments.MOST_BANNED", 1)
    send(client, text="The newer insult.")
    page = decide(client, "ban", *Comment.objects.all())
    assert "Only the newest 1 are taken at once" in page
    assert "The newer insult." in page
    assert rude.text not in page


def test_a_ban_is_added_by_hand_and_lifted(client, moderator):
    data = {"email": " Rude@Example.org", "reason": "Insults.", "ends_at_0": "", "ends_at_1": ""}
    assert client.post(reverse("admin:articles_ban_add"), data).status_code == 302
    found = Ban.objects.get()
    assert (found.email, found.created_by) == ("rude@example.org", moderator)
    client.post(reverse("admin:articles_ban_delete", args=[found.pk]), {"post": "yes"})
    assert not Ban.objects.exists()
    assert client.post(reverse("admin:articles_ban_add"), data | {"email": ""}).status_code == 200
    assert not Ban.objects.exists()


def test_disallowed_words_are_kept_in_the_admin(client, moderator):
    data = {"words": "casino", "effect": "refuse"}
    assert client.post(reverse("admin:articles_disallowedword_add"), data).status_code == 302
    assert DisallowedWord.objects.get().words == "casino"


# --- What is made of a reply -----------------------------------------------------------------------


def point_of(path):
    document = documents.compose(path)
    return comparing.address(("points", document["points"][0]["id"]))


def test_a_reply_is_linked_to_a_point_and_asks_for_a_review(client, moderator):
    path = make_path()
    publish(path)
    comment = make_comment(path, "It is not flexible at all.")
    place = point_of(path)
    assert "Flexible" in client.get(address("about", comment)).content.decode()
    assert client.post(address("about", comment), {"place": place}).status_code == 302
    assert "Flexible" in client.get(address("change", comment)).content.decode()
    assert client.post(address("task", comment), {"place": place, "text": "Is it?"}).status_code == 302
    task = Task.objects.get()
    assert (task.reason, task.place, task.about, task.text) == ("reply", place, comment.pk, "Is it?")
    assert tasks.may_do(make_user("arthur", group="Author"), task)
    again = client.post(address("task", comment), {"place": place, "text": "Is it?"})
    assert "asked about this reply already" in again.content.decode()
    assert [action for action, *_ in trail()][-2:] == ["reply-used", "reply-used"]


def test_a_place_that_is_gone_is_refused_and_told(client, moderator):
    path = make_path()
    publish(path)
    comment = make_comment(path, place=point_of(path))
    document = documents.compose(path)
    documents.restore(document | {"points": [*document["points"][1:], {"side": "pro", "label": "Another"}]})
    publish(path)
    assert "what is not there any more" in client.get(address("change", comment)).content.decode()
    assert client.post(address("about", comment), {"place": comment.place}).status_code == 422


def test_an_article_without_revisions_has_no_places_but_itself(client, moderator):
    comment = make_comment(make_article())
    assert client.post(address("about", comment), {"place": ""}).status_code == 302


def test_a_reply_becomes_a_correction_that_credits_the_reader(client, editor):
    article = make_article()
    publish(article)
    comment = make_comment(article, "It is 60, not 6.", name="Ada")
    form = client.get(address("correct", comment)).context["form"]
    assert form.initial["credit"] == "Ada"
    data = {"on": "2026-11-26", "was": "6", "now": "60", "why": "A slip.", "credit": "Ada"}
    assert client.post(address("correct", comment), data).status_code == 302
    added = article.corrections.get()
    assert (added.was, added.now, added.credit) == ("6", "60", "Ada")
    newest = article.revisions.first()
    assert newest.author == editor
    assert trail()[-1] == ("reply-used", "edith", f"Reply {comment.pk}. A correction was made of it.")
    publish(article)
    assert "Ada" in client.get("/feed/corrections/").content.decode()


def test_moderators_who_may_not_write_make_no_correction(client, moderator):
    comment = make_comment(make_article())
    assert client.get(address("correct", comment)).status_code == 403
    assert "Correct the article" not in client.get(address("change", comment)).content.decode()
