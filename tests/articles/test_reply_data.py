"""What is kept about an e-mail address: given out and erased, by a mailed link and by staff."""

import json
import time
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import mailing
from articles.comments import arriving, following, keeping, personal
from articles.comments.deciding import moderate
from articles.models import Ban, Comment, Event, Follower
from tests.base import DAY, HOUR, at
from tests.jobs import work
from tests.makers import make_article, make_comment, make_user, publish
from tests.replies import link_in, mails, send

pytestmark = pytest.mark.django_db
ADA, MONA, ASK = "ada@example.org", "mona@example.org", "/replies/data/"
LOOKED_AT = {"address_hash": "a" * 64, "held_for": "has “fool”", "verdict": "ham", "place": "summary"}
STAFF = reverse("admin:articles_comment_data")


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


@pytest.fixture
def kept(article):
    """Two replies of Ada, one of them answered; she follows, and is banned."""
    answered = make_comment(article, "Answered words.", name="Ada", email=ADA, **LOOKED_AT)
    make_comment(article, "Ben's answer.", name="Ben", email="ben@example.org", parent=answered)
    make_comment(article, "Other words.", name="Ada", email=ADA)
    Follower.objects.create(article=article, email=ADA, confirmed_at=timezone.now())
    Ban.objects.create(email=ADA, reason="Insults.")
    return answered


def asked(client):
    assert client.post(ASK, {"email": "Ada@Example.org"}).status_code == 200
    return link_in(mails(ADA)[0], "data")


def assert_erased(answered):
    assert "Ada" not in str(list(Comment.objects.values())) + str(list(Follower.objects.values()))
    answered.refresh_from_db()
    assert (answered.name, answered.text, answered.email, answered.address_hash) == ("", "", "", "")
    assert Comment.objects.filter(email="ben@example.org").exists()
    assert not Follower.objects.exists()
    assert Ban.objects.get().email == ADA
    event = Event.objects.get(action="replies-erased")
    assert event.detail == "Replies: 2."


def test_all_that_is_kept_is_shown_by_a_mailed_link_and_saved_as_a_file(client, kept):
    link = asked(client)
    page = client.get(link)
    assert page["Cache-Control"] == "private, no-store"
    assert "Answered words." in page.content.decode()
    response = client.get(f"{link}?download")
    assert response["Content-Disposition"] == 'attachment; filename="replies.json"'
    found = json.loads(response.content)
    assert [each["text"] for each in found["replies"]] == ["Answered words.", "Other words."]
    first = found["replies"][0]
    assert (first["speaks_against_it"], first["about"], first["akismet"]) == ("has “fool”", "summary", "ham")
    assert found["follows"][0]["article"] == "How to read a pay figure"
    assert found["bans"][0]["reason"] == "Insults."


def test_it_is_erased_by_the_link_and_answers_of_others_stay(client, kept):
    link = asked(client)
    assert "2 replies of ada@example.org are removed" in client.post(link).content.decode()
    assert_erased(kept)
    page = client.get("/articles/how-to-read-a-pay-figure/").content.decode()
    assert "Ben&#x27;s answer." in page
    assert "Answered words." not in page
    assert "0 replies" in client.post(link).content.decode()  # replayed


def test_the_trail_says_that_a_reader_erased_it_and_not_from_where(client, kept):
    client.post(asked(client))
    event = Event.objects.get(action="replies-erased")
    assert (event.who, event.channel, event.address) == ("", "reader", None)


def test_the_queue_keeps_no_mail_to_an_erased_address(client, kept):
    link = asked(client)
    mailing.post("ben@example.org", subject="Another", text="To Ben.")
    work()
    client.post(link)
    found = DBTaskResult.objects.filter(task_path=mailing.deliver.module_path)
    assert [job.args_kwargs["kwargs"]["to"] for job in found] == ["ben@example.org"]


def test_no_job_keeps_the_words_of_a_reply(client, article, settings):
    settings.MODERATION_ADDRESS = MONA
    Follower.objects.create(article=article, email="ben@example.org", confirmed_at=timezone.now())
    reply = make_comment(article, "Words of Ada.", name="Ada", email=ADA, status="waiting")
    keeping.tell_moderators()
    assert "Words of Ada." in mails(MONA)[0].body
    moderate(Comment.objects.filter(pk=reply.pk), Comment.Status.APPROVED, by=None)
    assert "Words of Ada." in mails("ben@example.org")[0].body
    assert "Ada" not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))


GONE = {
    "erased": lambda reply: personal.erase(ADA, by=None),
    "taken back": arriving.withdraw,
    "changed": lambda reply: arriving.edit(reply, name="Eve", text="Other words."),
    "deleted": lambda reply: reply.delete(),
}


@pytest.mark.parametrize("gone", GONE)
def test_an_unsent_mail_says_nothing_of_what_is_gone(client, article, settings, gone):
    settings.MODERATION_ADDRESS = MONA
    Follower.objects.create(article=article, email="ben@example.org", confirmed_at=timezone.now())
    make_comment(article, "Words of Cy.", name="Cy", status="waiting")
    reply = make_comment(article, "Words of Ada.", name="Ada", email=ADA, status="waiting")
    keeping.tell_moderators()
    moderate(Comment.objects.filter(pk=reply.pk), Comment.Status.APPROVED, by=None)
    following.tell.func([str(reply.pk)])
    Comment.objects.filter(pk=reply.pk).update(status="waiting")  # so that moderators are told of it
    reply.refresh_from_db()
    GONE[gone](reply)
    sent = mails()
    assert [each.to for each in sent] == [[MONA]]
    assert sent[0].subject == ("2 replies wait" if gone == "changed" else "1 reply waits")
    assert "Words of Cy." in sent[0].body
    assert "Ada" not in sent[0].body


def test_mail_that_has_not_gone_out_to_an_erased_address_never_does(client, article, settings):
    settings.COMMENTS_KNOWN_PASS = True
    send(client, name="Ada", email=ADA, follow="1")
    client.post(ASK, {"email": ADA})
    personal.erase(ADA, by=None)
    assert mails() == []
    assert ADA not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))


def test_nobody_is_asked_about_a_reply_that_they_took_back(client, article):
    own = send(client, email=ADA, follow="1")["Location"]
    client.post(own, {"withdraw": "1"})
    assert mails() == []


def test_nobody_is_told_whether_anything_is_kept(client, kept):
    known = client.post(ASK, {"email": ADA}).content.decode()
    unknown = client.post(ASK, {"email": "eve@example.org"}).content.decode()
    assert known.replace(ADA, "x") == unknown.replace("eve@example.org", "x")
    assert [each.to for each in mails()] == [[ADA]]


def test_an_address_is_not_flooded_with_links(client, kept):
    for _ in range(5):
        client.post(ASK, {"email": ADA})
    assert len(mails()) == 3
    with at(timezone.now() + HOUR):
        client.post(ASK, {"email": ADA})
    assert len(mails()) == 3
    with at(timezone.now() + DAY):
        client.post(ASK, {"email": ADA})
    assert len(mails()) == 4


def test_the_link_works_for_one_day(client, kept):
    link = asked(client)
    with patch("django.core.signing.time.time", return_value=time.time() + 86_401):
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410
    assert Comment.objects.count() == 3


@pytest.mark.parametrize("link", ["x", "a:b:c", "%00", "é"])
def test_no_other_link_shows_anything(client, kept, link):
    assert client.get(f"{ASK}{link}/").status_code == 404


def test_what_is_no_address_is_said(client):
    response = client.post(ASK, {"email": "nobody"})
    assert response.status_code == 422
    assert "not a complete e-mail address" in response.content.decode()


@pytest.mark.any_database
def test_staff_show_save_and_erase_for_whom_they_are_asked(client, kept):
    client.force_login(make_user("mona", group="Moderator"))
    assert "Answered words." in client.post(STAFF, {"email": " ADA@example.org"}).content.decode()
    saved = client.post(STAFF, {"email": ADA, "download": "1"})
    assert len(json.loads(saved.content)["replies"]) == 2
    assert client.post(STAFF, {"email": ADA, "erase": "1"}).status_code == 302
    assert_erased(kept)
    assert Event.objects.get(action="replies-erased").who == "mona"
