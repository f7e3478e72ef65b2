"""Mail about replies: confirmed before anybody is told, ended with one click, one for all that waits."""

import re
from email import message_from_bytes

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.comments import keeping, own_links
from articles.comments.deciding import moderate
from articles.models import Ban, Comment, Follower
from tests.base import DAY, HOUR, at
from tests.jobs import work
from tests.makers import make_article, make_comment, make_user, publish
from tests.replies import ADDRESS, TEXT, confirming, link_in, mails, send

pytestmark = pytest.mark.django_db
PAGE = ADDRESS.removesuffix("replies/")
ADA = "ada@example.org"


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def approve(**fields):
    moderate(Comment.objects.filter(**fields), Comment.Status.APPROVED, by=None)


def follow(client):
    """Somebody replies, wants to follow, and confirms."""
    send(client, email=ADA, follow="1")
    client.post(link_in(mails(ADA)[-1], "confirm"))
    mail.outbox.clear()


# --- Following -------------------------------------------------------------------------------------


def test_nobody_follows_who_has_not_confirmed(client, article):
    send(client, email=ADA, follow="1")
    asked = mails(ADA)[0]
    assert "asked to be told by mail" in asked.body
    approve()
    approved = make_comment(article, "Another.", name="Ben", status="waiting")
    approve(pk=approved.pk)
    assert len(mails(ADA)) == 1
    link = link_in(asked, "confirm")
    assert "Yes, it is mine" in client.get(link).content.decode()  # looking at it confirms nothing
    assert Follower.objects.get().confirmed_at is None
    assert client.post(link).status_code == 303
    assert Follower.objects.get().confirmed_at


def test_followers_are_told_of_what_is_approved_once_and_not_of_their_own(client, article):
    follow(client)
    approve()
    send(client, name="Ben", text="I agree with Ada.", sender="10.0.0.2")
    assert mails(ADA) == []
    ben = Comment.objects.get(name="Ben")
    approve(pk=ben.pk)
    moderate(Comment.objects.filter(pk=ben.pk), Comment.Status.SPAM, by=None)
    approve(pk=ben.pk)
    told = mails(ADA)
    assert [each.subject for each in told] == ["Another reply: How to read a pay figure"]
    assert "> I agree with Ada." in told[0].body
    assert f"{PAGE}replies/?reply={ben.pk}" in told[0].body


def test_a_program_of_mail_unsubscribes_by_one_post_without_cookie_or_token(client, article):
    follow(client)
    approve(pk=make_comment(article, "Another.", name="Ben", status="waiting").pk)
    told = mails(ADA)[0]
    sent = message_from_bytes(told.message().as_bytes())
    link = link_in(told, "unsubscribe")
    assert "".join(sent["List-Unsubscribe"].split()) == f"<http://127.0.0.1:8000{link}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
    response = program.post(link, {"List-Unsubscribe": "One-Click"}, headers=headers)
    assert response.status_code == 200
    assert not Follower.objects.exists()
    assert program.post(link).status_code == 200  # again is the same
    approve(pk=make_comment(article, "A third.", name="Cy", status="waiting").pk)
    assert len(mails(ADA)) == 1


@pytest.mark.parametrize("meanwhile", ["taken down", "unsubscribed"])
def test_a_mail_that_waits_for_the_mail_server_is_not_sent_where_nobody_is_to_be_told_any_more(
    client, article, settings, meanwhile
):
    follow(client)
    ben = make_comment(article, "Another.", name="Ben", status="waiting")
    approve(pk=ben.pk)
    reachable, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.articles.test_mailing.Down"
    work()
    settings.EMAIL_BACKEND = reachable
    if meanwhile == "taken down":
        moderate(Comment.objects.filter(pk=ben.pk), Comment.Status.SPAM, by=None)
    else:
        client.post(own_links.UNSUBSCRIBE.path(Follower.objects.get().pk))
    with at(timezone.now() + DAY):
        assert mails() == []


def test_looking_at_the_link_ends_nothing(client, article):
    follow(client)
    page = client.get(own_links.UNSUBSCRIBE.path(Follower.objects.get().pk)).content.decode()
    assert "End these mails" in page
    assert Follower.objects.exists()


def test_an_address_gets_few_mails_that_nobody_there_asked_for(client, article, settings):
    settings.COMMENTS_KNOWN_PASS = True
    for number in range(6):
        send(client, email=ADA, text=f"Flood {number}", sender=f"10.0.{number}.1")
    assert len(mails(ADA)) == 3


def test_nor_does_it_get_more_where_each_reply_is_taken_back_again(client, article):
    for number in range(6):
        own = send(client, email=ADA, follow="1", text=f"Flood {number}", sender=f"10.0.{number}.1")[
            "Location"
        ]
        work()
        client.post(own, {"withdraw": "1"})
    assert len(mails(ADA)) == 3
    with at(timezone.now() + DAY):
        send(client, email=ADA, follow="1", text="Another day.")
    assert len(mails(ADA)) == 4


def test_who_confirms_may_write_as_much_as_others(client, article, settings):
    settings.COMMENTS_KNOWN_PASS = True
    for number in range(6):
        send(client, email=ADA, text=f"Thought {number}", sender=f"10.0.{number}.1")
        client.post(link_in(mails(ADA)[-1], "confirm"))
    assert len(mails(ADA)) == 6


def test_nobody_gets_mail_who_did_not_ask_for_it(client, article):
    send(client, email=ADA)
    assert mails() == []


@pytest.mark.parametrize("name", ["Ada\r\nBcc: all@example.org", "Ada\u2028Bcc: all@example.org"])
def test_what_somebody_types_begins_no_header(client, article, name):
    follow(client)
    send(client, name=name, text="Hello\r\nBcc: all@example.org", sender="10.0.0.2")
    approve()
    told = message_from_bytes(mails(ADA)[0].message().as_bytes())
    assert told["Bcc"] is None
    assert told["To"] == ADA
    assert send(client, email="a@b.example\r\nBcc: c@d.example").status_code == 422


@pytest.mark.parametrize("confirmed", [None, timezone.now()])
@pytest.mark.parametrize("known_pass", [False, True])
def test_who_types_an_address_does_not_learn_whether_it_follows(
    client, article, settings, confirmed, known_pass
):
    settings.COMMENTS_KNOWN_PASS = known_pass

    def told(text, **fields):
        page = client.get(send(client, email=ADA, text=text, **fields)["Location"]).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        return re.sub(r"<time.*?</time>|until [^<]*", "", main).replace(text, "")

    before = told("One thing."), told("Another.", follow="1")
    Follower.objects.all().delete()
    Follower.objects.create(article=article, email=ADA, confirmed_at=confirmed)
    assert (told("A third."), told("A fourth.", follow="1")) == before
    assert "unless you have done so before" in before[1]
    assert "told" not in before[0]


def test_a_link_confirms_the_address_that_it_was_sent_to_and_no_other(client, article):
    send(client, email=ADA, follow="1")
    link = link_in(mails(ADA)[0], "confirm")
    Comment.objects.update(email="ada@other.example")  # as moderators may
    assert client.post(link).status_code == 404
    assert not Comment.objects.exclude(confirmed_at=None).exists()
    assert not Follower.objects.confirmed().exists()


# --- Known writers ---------------------------------------------------------------------------------


def test_who_may_be_known_is_told_to_look_at_their_mail(client, article, settings):
    told = "A mail to ada@example.org asks whether this reply is yours"
    assert told not in client.get(send(client, email=ADA)["Location"]).content.decode()
    settings.COMMENTS_KNOWN_PASS = True
    own = send(client, email=ADA, text="Other words.")["Location"]
    assert told in client.get(own).content.decode()
    Follower.objects.create(article=article, email=ADA, confirmed_at=timezone.now())
    assert told in client.get(own).content.decode()
    client.post(link_in(mails(ADA)[0], "confirm"))
    assert told not in client.get(own).content.decode()


def test_a_known_writer_is_let_through_once_the_reply_is_confirmed(client, article, settings):
    settings.COMMENTS_KNOWN_PASS = True
    send(client, email=ADA)
    client.post(link_in(mails(ADA)[0], "confirm"))
    assert Comment.objects.get().status == "waiting"  # the first is held
    approve()
    own = send(client, email=ADA, text="A second reply.")["Location"]
    second = Comment.objects.get(text="A second reply.")
    assert second.status == "waiting"  # anybody may type an address
    client.post(link_in(mails(ADA)[1], "confirm"))
    second.refresh_from_db()
    assert second.status == "approved"
    assert "A second reply." in client.get(PAGE).content.decode()
    client.post(own, {"name": "Ada", "text": "The same, in better words."})
    second.refresh_from_db()
    assert second.status == "approved"


@pytest.mark.parametrize("ban", [{"email": ADA}, {"address_hash": "a" * 64}])
def test_nobody_is_let_through_who_was_banned_meanwhile(client, article, settings, ban):
    settings.COMMENTS_KNOWN_PASS = True
    make_comment(article, email=ADA, confirmed_at=timezone.now())
    send(client, email=ADA)
    comment = Comment.objects.get(text=TEXT)
    Comment.objects.filter(pk=comment.pk).update(address_hash="a" * 64)
    Ban.objects.create(reason="Insults.", ends_at=timezone.now() + DAY, **ban)
    client.post(confirming(comment))
    comment.refresh_from_db()
    assert comment.status == "waiting"


@pytest.mark.parametrize("reason", ["setting", "held", "never approved", "never confirmed"])
def test_all_others_are_held(client, article, settings, reason):
    settings.COMMENTS_KNOWN_PASS = reason != "setting"
    status = "waiting" if reason == "never approved" else "approved"
    confirmed = None if reason == "never confirmed" else timezone.now()
    make_comment(article, email=ADA, status=status, confirmed_at=confirmed)
    send(client, email=ADA)
    comment = Comment.objects.get(text=TEXT)
    if reason == "held":
        Comment.objects.filter(pk=comment.pk).update(held_for="has “casino”")
    client.post(confirming(comment))
    comment.refresh_from_db()
    assert (comment.status, bool(comment.confirmed_at)) == ("waiting", True)


# --- Moderators ------------------------------------------------------------------------------------


def with_address(name, group):
    user = make_user(name, group=group)
    user.email = f"{name}@example.org"
    user.save()
    return user


def test_moderators_get_one_mail_for_all_that_waits(client, article):
    for name, group in (("mona", "Moderator"), ("edith", "Editor"), ("arthur", "Author")):
        with_address(name, group)
    for number in range(12):
        make_comment(article, f"Reply {number}", status="waiting")
    assert keeping.tell_moderators() == 12
    assert keeping.tell_moderators() == 0
    sent = mails()
    assert [each.to for each in sent] == [["edith@example.org"], ["mona@example.org"]]
    assert sent[0].subject == "12 replies wait"
    assert "> Reply 11" in sent[0].body
    assert "and 2 more" in sent[0].body
    assert "> Reply 0" not in sent[0].body


def test_a_mail_that_is_tried_often_counts_what_waits_by_then(client, article, settings):
    with_address("mona", "Moderator")
    replies = [make_comment(article, f"Reply {number}", status="waiting") for number in range(12)]
    keeping.tell_moderators()
    approve(pk__in=[each.pk for each in replies[-4:]])
    reachable, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.articles.test_mailing.Down"
    work()
    with at(timezone.now() + HOUR):
        work()
    settings.EMAIL_BACKEND = reachable
    with at(timezone.now() + DAY):
        sent = mails()
    assert [each.subject for each in sent] == ["8 replies wait"]
    assert "and 2 more" in sent[0].body


def test_a_setting_names_one_address_for_all_moderators(client, article, settings):
    settings.MODERATION_ADDRESS = "desk@example.org"
    with_address("mona", "Moderator")
    send(client)
    keeping.tell_moderators()
    assert [each.to for each in mails()] == [["desk@example.org"]]


# --- What recurs -----------------------------------------------------------------------------------


def test_by_what_a_sender_is_known_is_kept_for_no_more_than_thirty_days(client, article):
    send(client, email=ADA, follow="1")
    assert Comment.objects.get().address_hash
    with at(timezone.now() + 28 * DAY):
        assert keeping.forget_senders() == 0
    with at(timezone.now() + 29 * DAY + HOUR):  # another day, and it would be too late
        assert keeping.forget_senders() == 1
    assert Comment.objects.get().address_hash == ""
    with at(timezone.now() + 30 * DAY + HOUR):
        keeping.forget_senders()
    assert not Follower.objects.exists()  # never confirmed


def test_no_job_holds_an_address(client, article, settings):
    from django_tasks_db.models import DBTaskResult

    settings.AKISMET_KEY = "key"
    send(client, email=ADA, follow="1", sender="203.0.113.77")
    told = [str(each.args_kwargs) for each in DBTaskResult.objects.all()]
    assert any("203.0.113.0" in each for each in told)
    assert not any("203.0.113.77" in each for each in told)


def test_nobody_is_told_of_what_is_no_longer_live(client, article):
    from articles import publishing

    follow(client)
    approve(pk=make_comment(article, "Another.", name="Ben", status="waiting").pk)
    publishing.withdraw(article, by=None)
    work()
    assert mail.outbox == []
