"""Replies from readers: plain text, moderated, changed by a signed link, and hard to abuse."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from articles import publishing
from articles.comments import own_links
from articles.comments.deciding import moderate
from articles.models import Comment, DisallowedWord, Follower
from tests.base import DAY, at, queries, soon
from tests.makers import make_article, make_comment, publish
from tests.replies import ADDRESS, TEXT, send, stamped

pytestmark = pytest.mark.django_db
PAGE = ADDRESS.removesuffix("replies/")
Status = Comment.Status


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_reply_waits_for_approval_and_its_writer_sees_it_by_their_link(client, article):
    response = send(client, email="Ada@Example.org")
    assert response.status_code == 303
    comment = Comment.objects.get()
    assert (comment.status, comment.article_id, comment.email) == ("waiting", article.pk, "ada@example.org")
    own = text(client, response["Location"])
    assert TEXT in own
    assert "waiting for approval" in own
    assert TEXT not in text(client, PAGE)
    moderate(Comment.objects.all(), Status.APPROVED, by=None)
    assert "Your reply has appeared" in text(client, response["Location"])
    assert TEXT in text(client, PAGE)


def test_an_own_link_is_kept_by_nobody_and_sets_no_cookie(client, article):
    response = client.get(send(client)["Location"])
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Give a name"),
        ({"text": " "}, "Write your reply"),
        ({"email": "not-an-address"}, "complete e-mail address"),
        ({"text": "x" * 5001}, "5000"),
        ({"text": "bell \x07"}, "control character"),
        ({"text": "nul \x00"}, "Null characters"),
        ({"follow": "1"}, "Give the address"),
        ({"website": "https://spam.example/"}, "only programs see"),
        ({"opened": "x"}, "Something was lost"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, article, fields, message):
    response = send(client, **{"text": "My long and careful thoughts."} | fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    if "text" not in fields:
        assert "My long and careful thoughts.</textarea>" in page
    assert not Comment.objects.exists()


# --- How long the form was open --------------------------------------------------------------------


def test_a_form_that_knows_no_moment_is_shown_once_more_and_then_sent(client, article):
    response = send(client, opened="", text="Look at https://example.org/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "once more" in page
    assert '<a href="https://example.org/" rel="nofollow ugc">https://example.org/</a>' in page
    assert not Comment.objects.exists()


def test_what_was_written_within_three_seconds_is_to_be_sent_again(client, article):
    stamp = stamped(1)
    response = send(client, opened=stamp)
    assert response.status_code == 422
    assert "That was quick" in response.content.decode()
    assert f'name="opened" value="{stamp}"' in response.content.decode()  # the same: by then it is old enough
    assert send(client, opened=stamped(4)).status_code == 303


def test_a_form_that_was_open_for_days_comes_back_with_the_text(client, article):
    response = send(client, opened=stamped(3 * 86_400))
    assert response.status_code == 422
    assert f"{TEXT}</textarea>" in response.content.decode()


def test_the_page_asks_since_when_its_form_is_open(client):
    response = client.get("/replies/opened/")
    assert response["Cache-Control"] == "no-store"
    assert response.content.decode().startswith("reply:")


# --- Limits ----------------------------------------------------------------------------------------


def test_one_sender_cannot_send_without_end(client, article, settings):
    settings.COMMENTS_PER_HOUR = 2
    responses = [send(client, text=f"Reply {n}") for n in range(3)]
    assert [each.status_code for each in responses] == [303, 303, 429]
    assert responses[2]["Retry-After"] == "3600"
    assert Comment.objects.count() == 2
    assert send(client, text="Another", sender="10.0.0.9").status_code == 303
    with at(soon(hours=2)):
        assert send(client, text="Later").status_code == 303


def test_all_together_cannot_send_without_end(client, article, settings):
    settings.COMMENTS_PER_MINUTE = 5
    statuses = [send(client, text=f"Reply {n}", sender=f"10.0.{n}.1") for n in range(8)]
    assert [each.status_code for each in statuses] == [303] * 5 + [429] * 3
    assert "Reply 7</textarea>" in statuses[7].content.decode()
    assert statuses[7]["Retry-After"] == "60"


def test_a_household_of_the_sixth_version_is_one_sender(client, article, settings):
    settings.COMMENTS_PER_HOUR = 1
    assert send(client, sender="2001:db8:1:2::1").status_code == 303
    assert send(client, text="Again", sender="2001:db8:1:2:ffff::9").status_code == 429
    assert send(client, text="Again", sender="2001:db8:1:3::1").status_code == 303


def test_a_reply_has_few_links(client, article):
    many = " ".join(f"https://example.org/{n}" for n in range(4))
    response = send(client, text=many)
    assert (response.status_code, Comment.objects.count()) == (422, 0)
    assert "may have 3 links; this one has 4" in response.content.decode()


def test_all_that_is_wrong_is_said_at_once(client, article):
    many = " ".join(f"https://example.org/{n}" for n in range(4))
    page = send(client, name="", email="not-an-address", text=many).content.decode()
    for said in ("Give a name", "complete e-mail address", "may have 3 links; this one has 4"):
        assert said in page
    assert f"{many}</textarea>" in page


def test_disallowed_words_hold_a_reply_or_refuse_it(client, article):
    DisallowedWord.objects.create(words="casino", effect="refuse")
    DisallowedWord.objects.create(words="easy money", effect="hold")
    refused = send(client, text="The best C\u200basíno!")
    assert refused.status_code == 422
    assert "do without “casino”" in refused.content.decode()
    assert send(client, text="The casinos are another word.").status_code == 303
    assert send(client, text="That was EASY,\nmoney came.", name="B").status_code == 303
    assert set(Comment.objects.values_list("held_for", flat=True)) == {"", "has “easy money”"}


def test_the_same_words_are_taken_once(client, article):
    first = send(client)
    again = send(client, text=f"  {TEXT.upper()} ", name="Eve")
    assert (first.status_code, again.status_code) == (303, 422)
    assert "already" in again.content.decode()
    assert send(client, text="Thank you.", name="Ada").status_code == 303
    assert send(client, text="Thank you.", name="Ben").status_code == 303  # as many may say
    publish(make_article("Another"))
    elsewhere = send(client, "/articles/another/replies/")
    assert elsewhere.status_code == 422
    assert Comment.objects.count() == 3


def test_the_address_of_a_sender_is_not_kept(client, article):
    send(client)
    assert "127.0.0.1" not in str(Comment.objects.values().get())


# --- Answers ---------------------------------------------------------------------------------------


def test_a_reply_can_answer_an_approved_one(client, article):
    first = make_comment(article, "The first word.")
    assert str(first.pk) in text(client, f"{ADDRESS}?to={first.pk}")
    send(client, parent=str(first.pk))
    assert Comment.objects.get(name="Ada").parent == first


@pytest.mark.parametrize("parent", ["x", "6f2f3a52-4dd0-4c3b-9a0c-0d5f2b6f8f10"])
def test_a_reply_to_nothing_is_refused_and_can_be_sent_as_one_of_its_own(client, article, parent):
    response = send(client, parent=parent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "is not here any more" in page
    assert f"{TEXT}</textarea>" in page
    assert 'name="parent"' not in page
    assert client.get(f"{ADDRESS}?to={parent}").status_code == 404
    assert not Comment.objects.exists()


def test_waiting_replies_and_those_of_other_articles_cannot_be_answered(client, article):
    waiting = make_comment(article, status=Status.WAITING)
    elsewhere = make_comment(make_article("Another"))
    second_level = make_comment(article, parent=make_comment(article))
    for comment in (waiting, elsewhere, second_level):
        assert send(client, parent=str(comment.pk)).status_code == 422
    assert not Comment.objects.filter(name="Ada").exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.REJECTED, "This reply was removed."),
        (Status.SPAM, "This reply was removed."),
        (Status.WAITING, "This reply is being read again."),
    ],
)
def test_where_answers_hang_on_a_reply_that_is_gone_it_says_so(client, article, status, said):
    before, gone = make_comment(article, "The first."), make_comment(article, "Rude words.", name="Rudolf")
    make_comment(article, "An answer.", parent=gone)
    after = make_comment(article, "The last.")
    moderate(Comment.objects.filter(pk=gone.pk), status, by=None)
    page = text(client, PAGE)
    assert "Rude words." not in page
    assert "Rudolf" not in page
    places = [page.index(each) for each in (before.text, said, "An answer.", after.text)]
    assert places == sorted(places)
    assert f"?to={gone.pk}" not in page


def test_where_nobody_has_answered_nothing_is_left_of_it(client, article):
    gone = make_comment(article)
    make_comment(article, "Not read yet.", parent=gone, status=Status.WAITING)
    moderate(Comment.objects.filter(pk=gone.pk), Status.SPAM, by=None)
    assert "removed" not in text(client, PAGE)


# --- Closing ---------------------------------------------------------------------------------------


def test_replies_can_be_closed_and_what_was_written_is_given_back(client, article, settings):
    settings.COMMENTS_OPEN = False
    response = send(client)
    assert response.status_code == 410
    assert f"{TEXT}</textarea>" in response.content.decode()
    assert 'name="website"' not in text(client, PAGE)


def test_what_was_written_to_what_is_withdrawn_meanwhile_is_given_back(client, article):
    publishing.withdraw(article, by=None)
    response = send(client)
    assert response.status_code == 410
    assert f"{TEXT}</textarea>" in response.content.decode()
    assert "</textarea>" not in text(client, ADDRESS, 410)


def test_replies_close_some_days_after_publication_and_say_when(client, article, settings):
    settings.COMMENTS_DAYS = 10
    assert "Replies are open until" in text(client, PAGE)
    with at(timezone.now() + 11 * DAY):
        page = text(client, PAGE)
        assert "Replies were closed on" in page
        assert 'name="website"' not in page
        assert send(client).status_code == 410
        assert "were closed on" in text(client, ADDRESS, 410)
    assert not Comment.objects.exists()


# --- Changing and taking back ----------------------------------------------------------------------


def test_a_reply_is_changed_within_fifteen_minutes(client, article):
    own = send(client)["Location"]
    assert client.post(own, {"name": "Ada", "text": "Better words."}).status_code == 303
    assert "Better words." in text(client, own)
    comment = Comment.objects.get()
    assert (comment.text, comment.status) == ("Better words.", "waiting")
    assert comment.edited_at


def test_its_writer_is_told_until_when_in_which_zone(client, article, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    own = send(client)["Location"]
    created = datetime(2026, 11, 27, 8, 5, tzinfo=UTC)
    Comment.objects.update(created_at=created)
    with at(created):
        assert "take it back until 9:20 CET." in text(client, own)


def test_what_is_changed_after_approval_waits_again(client, article):
    own = send(client)["Location"]
    moderate(Comment.objects.all(), Status.APPROVED, by=None)
    client.post(own, {"name": "Ada", "text": "Buy this!"})
    assert "Buy this!" not in text(client, PAGE)
    assert Comment.objects.get().status == "waiting"


def test_a_reply_is_changed_in_the_same_ways_only(client, article):
    own = send(client)["Location"]
    many = " ".join(f"https://example.org/{n}" for n in range(4))
    for fields in ({"name": "Ada", "text": many}, {"name": "", "text": "Without a name."}):
        response = client.post(own, fields)
        assert response.status_code == 422
        assert f"{fields['text']}</textarea>" in response.content.decode()
    assert Comment.objects.get().text == TEXT


def test_a_reply_is_changed_ten_times_and_can_then_be_taken_back(client, article):
    own = send(client)["Location"]
    for number in range(10):
        assert client.post(own, {"name": "Ada", "text": f"Words {number}."}).status_code == 303
    refused = client.post(own, {"name": "Ada", "text": "Once too often."})
    assert refused.status_code == 422
    assert "changed this reply 10 times" in refused.text
    assert "Once too often.</textarea>" in refused.text
    assert Comment.objects.get().text == "Words 9."
    assert client.post(own, {"withdraw": "1"}).status_code == 303


def test_after_fifteen_minutes_a_reply_stays_as_it_is_and_nothing_typed_is_lost(client, article):
    own = send(client)["Location"]
    with at(timezone.now() + 0.26 * DAY / 24):
        response = client.post(own, {"name": "Ada", "text": "Too late a thought."})
        assert response.status_code == 410
        assert "for 15 minutes" in response.content.decode()
        assert "Too late a thought.</textarea>" in response.content.decode()
        assert client.post(own, {"withdraw": "1"}).status_code == 410
        assert "Change it" not in text(client, own)
    assert Comment.objects.get().text == TEXT


def test_a_reply_is_taken_back_and_nothing_of_it_is_kept(client, article):
    own = send(client, email="ada@example.org")["Location"]
    make_comment(article, "An answer.", parent=Comment.objects.get())
    assert client.post(own, {"withdraw": "1"}).status_code == 303
    assert "is taken back" in text(client, own)
    comment = Comment.objects.get(parent=None)
    assert (comment.status, comment.name, comment.email, comment.text) == ("withdrawn", "", "", "")
    assert "taken back by its writer" in text(client, PAGE)
    assert client.post(own, {"name": "Ada", "text": "Back."}).status_code == 410  # replayed
    assert send(client).status_code == 303  # the same words may come again


def test_who_takes_a_reply_back_leaves_no_address_that_is_unconfirmed(client, article):
    first = send(client, email="ada@example.org", follow="1")["Location"]
    second = send(client, email="ada@example.org", text="Other words.")["Location"]
    client.post(first, {"withdraw": "1"})
    assert Follower.objects.exists()  # the other reply's mail may still confirm it
    client.post(second, {"withdraw": "1"})
    assert not Follower.objects.exists()
    Follower.objects.create(article=article, email="ada@example.org", confirmed_at=timezone.now())
    client.post(send(client, email="ada@example.org", text="A third.")["Location"], {"withdraw": "1"})
    assert Follower.objects.exists()


def test_a_decided_reply_is_changed_by_nobody(client, article):
    own = send(client)["Location"]
    moderate(Comment.objects.all(), Status.SPAM, by=None)
    assert client.post(own, {"name": "Ada", "text": "Again."}).status_code == 410
    assert "does not appear" in text(client, own)


@pytest.mark.parametrize("purpose", [own_links.CONFIRM, own_links.UNSUBSCRIBE, own_links.DATA])
def test_a_link_for_something_else_opens_nothing(client, article, purpose):
    send(client)
    token = purpose.token(Comment.objects.get().pk)
    for address in (f"/replies/own/{token}/", f"/replies/own/{token[:-2]}/", "/replies/own/x/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"withdraw": "1"}).status_code == 404
    assert Comment.objects.get().status == "waiting"


@pytest.mark.parametrize("address", [ADDRESS, "own"])
def test_what_another_site_sends_is_refused(client, article, address):
    own = send(client)["Location"]
    data = {"name": "A", "text": "B", "opened": stamped()}
    response = client.post(
        own if address == "own" else address, data, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert Comment.objects.get().text == TEXT


# --- What it costs ---------------------------------------------------------------------------------


def test_taking_in_a_reply_costs_few_queries(client, article):
    with queries() as found:
        send(client)
    # The article; what the sender and all have sent, bans, words, the same elsewhere; the reply.
    assert len([each for each in found if "SAVEPOINT" not in each]) == 7
