"""Replies from readers: plain text, moderated, and hard to abuse."""

import pytest

from articles.models import Comment
from tests.base import at, queries, soon
from tests.makers import make_article, make_comment, publish

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/how-to-read-a-pay-figure/replies/"


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def reply(client, **fields):
    return client.post(ADDRESS, {"name": "Ada", "text": "Thank you."} | fields)


def test_a_reply_waits_for_approval(client, article):
    response = reply(client, email="ada@example.org")
    assert (response.status_code, response["Location"]) == (303, f"{ADDRESS}received/")
    comment = Comment.objects.get()
    assert (comment.status, comment.article_id, comment.email) == ("waiting", article.pk, "ada@example.org")
    assert "waiting" in client.get(response["Location"]).content.decode().lower()
    assert "Thank you." not in client.get(ADDRESS.removesuffix("replies/")).content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Give a name"),
        ({"text": " "}, "Write your reply"),
        ({"email": "not-an-address"}, "complete e-mail address"),
        ({"text": "x" * 5001}, "5000"),
        ({"text": "bell \x07"}, "control character"),
        ({"text": "nul \x00"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, article, fields, message):
    response = reply(client, **{"text": "My long and careful thoughts."} | fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    if "text" not in fields:
        assert "My long and careful thoughts." in page
    assert not Comment.objects.exists()


def test_a_robot_is_thanked_and_forgotten(client, article):
    assert reply(client, website="https://spam.example/").status_code == 303
    assert not Comment.objects.exists()


def test_one_sender_cannot_send_without_end(client, article, settings):
    settings.COMMENTS_PER_HOUR = 2
    assert [reply(client).status_code for _ in range(3)] == [303, 303, 429]
    assert Comment.objects.count() == 2
    with at(soon(hours=2)):
        assert reply(client).status_code == 303
    assert reply(client, REMOTE_ADDR="10.0.0.9").status_code in (303, 429)


def test_the_address_of_a_sender_is_not_kept(client, article):
    reply(client)
    assert "127.0.0.1" not in str(Comment.objects.values().get())


def test_a_reply_can_answer_an_approved_one(client, article):
    first = make_comment(article, "The first word.")
    page = client.get(f"{ADDRESS}?to={first.pk}").content.decode()
    assert str(first.pk) in page
    reply(client, parent=str(first.pk))
    assert Comment.objects.get(name="Ada").parent == first


@pytest.mark.parametrize("parent", ["x", "6f2f3a52-4dd0-4c3b-9a0c-0d5f2b6f8f10"])
def test_a_reply_to_nothing_is_refused(client, article, parent):
    assert reply(client, parent=parent).status_code == 404


def test_waiting_replies_and_those_of_other_articles_cannot_be_answered(client, article):
    waiting = make_comment(article, status=Comment.Status.WAITING)
    other = make_article("Another")
    elsewhere = make_comment(other)
    second_level = make_comment(article, parent=make_comment(article))
    for comment in (waiting, elsewhere, second_level):
        assert reply(client, parent=str(comment.pk)).status_code == 404


def test_replies_can_be_closed(client, article, settings):
    settings.COMMENTS_OPEN = False
    assert reply(client).status_code == 404
    assert 'name="website"' not in client.get(ADDRESS.removesuffix("replies/")).content.decode()


def test_a_reply_from_another_site_is_refused(client, article):
    response = client.post(ADDRESS, {"name": "A", "text": "B"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not Comment.objects.exists()


def test_taking_in_a_reply_costs_few_queries(client, article):
    with queries() as found:
        reply(client)
    assert len(found) <= 4
