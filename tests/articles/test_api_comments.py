"""Replies over the API: the approved ones of what is live, and sending one in."""

from uuid import uuid4

import pytest

from articles import publishing
from articles.comments.deciding import moderate
from articles.models import Ban, Comment, DisallowedWord
from tests.articles.test_api_articles import instant
from tests.base import queries
from tests.makers import make_article, make_comment, make_path, publish

pytestmark = pytest.mark.django_db

COMMENTS = "/api/v1/comments/"


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def texts(client, **query):
    response = client.get(COMMENTS, query)
    assert response.status_code == 200, response.content
    return [comment["text"] for comment in response.json()["results"]]


def send(client, to, **fields):
    data = {"article": str(to.pk), "name": "Reader", "text": "Thank you."} | fields
    return client.post(COMMENTS, data, content_type="application/json")


def test_an_approved_reply_is_shown_without_its_address(client, article):
    first = make_comment(article, "First.", email="reader@example.org")
    second = make_comment(article, "Second.", parent=first)
    with queries() as ran:
        response = client.get(COMMENTS)
    assert len(ran) == 1
    assert response.json() == {
        "next": None,
        "previous": None,
        "results": [
            {
                "id": str(comment.pk),
                "article": str(article.pk),
                "parent": parent,
                "name": "Reader",
                "text": comment.text,
                "created_at": instant(comment.created_at),
            }
            for comment, parent in ((second, str(first.pk)), (first, None))
        ],
    }


@pytest.mark.parametrize("status", [Comment.Status.WAITING, Comment.Status.REJECTED, Comment.Status.SPAM])
def test_others_are_not_shown(client, article, status):
    make_comment(article, status=status)
    assert texts(client) == []


def test_replies_to_what_is_not_live_are_not_shown(client, article):
    make_comment(article)
    make_comment(make_article("A draft"))
    publishing.withdraw(article, by=None)
    assert texts(client) == []
    assert texts(client, article=str(article.pk)) == []


def test_replies_are_found_by_what_they_answer(client, article):
    path = make_path()
    publish(path)
    make_comment(article, "To the article.")
    make_comment(path, "To the path.")
    assert texts(client, article=str(article.pk)) == ["To the article."]
    assert texts(client, kind="career-path") == ["To the path."]
    assert texts(client, kind="article", slug=article.slug) == ["To the article."]
    assert texts(client, kind="article", slug=path.slug) == []
    assert texts(client, ordering="created") == ["To the article.", "To the path."]


@pytest.mark.parametrize("query", [{"article": "x"}, {"kind": "question-bank"}, {"slug": "a b"}])
def test_a_bad_filter_is_refused(client, query):
    assert client.get(COMMENTS, query).json()["errors"][0]["where"] == next(iter(query))


def test_a_reply_waits_for_approval(client, article):
    response = send(client, article, email="reader@example.org")
    assert response.status_code == 202
    comment = Comment.objects.get()
    answer = response.json()
    assert answer.keys() == {"message", "own"}
    assert answer["message"] == "Thank you. Your reply appears once it has been approved."
    own = client.get(answer["own"].removeprefix("http://127.0.0.1:8000")).content.decode()
    assert "waiting for approval" in own
    assert (comment.article_id, comment.status, comment.text) == (article.pk, "waiting", "Thank you.")
    assert (comment.name, comment.email, comment.parent) == ("Reader", "reader@example.org", None)
    assert texts(client) == []


def test_a_reply_may_answer_another(client, article):
    first = make_comment(article)
    assert send(client, article, parent=str(first.pk)).status_code == 202
    assert Comment.objects.get(text="Thank you.").parent == first


def test_a_reply_answers_only_what_is_shown_there(client, article):
    hidden = make_comment(article, status=Comment.Status.WAITING)
    for parent in (str(hidden.pk), str(uuid4())):
        response = send(client, article, parent=parent)
        assert response.json()["errors"] == [
            {"where": "parent", "message": "There is no such reply to answer."}
        ]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": ""}, "name"),
        ({"text": " "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"email": "nobody"}, "email"),
        ({"name": 5}, "name"),
        ({"article": "x"}, "article"),
        ({"article": None}, "article"),
        ({"article": str(uuid4())}, "article"),
        ({"parent": 1}, "parent"),
        ({"website": "https://example.org/"}, "website"),
    ],
)
def test_a_bad_reply_is_refused(client, article, fields, where):
    response = send(client, article, **fields)
    assert response.status_code == 400
    assert [error["where"] for error in response.json()["errors"]] == [where]
    assert not Comment.objects.exists()


def test_an_answer_outlasts_the_reply_it_answers(client, article):
    reply = make_comment(article)
    make_comment(article, "I agree.", parent=reply)
    moderate(Comment.objects.filter(pk=reply.pk), Comment.Status.REJECTED, by=None)
    assert texts(client) == ["I agree."]


def test_a_draft_takes_no_replies(client):
    assert send(client, make_article()).json()["errors"][0]["where"] == "article"


def test_too_many_replies_are_refused(client, article, settings):
    settings.COMMENTS_PER_HOUR = 1
    assert send(client, article).status_code == 202
    response = send(client, article)
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert response.json()["detail"].startswith("Too many replies came from your connection")


def test_no_reply_is_taken_where_they_are_closed(client, article, settings):
    settings.COMMENTS_OPEN = False
    response = send(client, article)
    assert (response.status_code, response.json()["detail"]) == (403, "Replies are closed.")


def test_a_form_from_another_site_is_not_json(client, article):
    response = client.post(COMMENTS, {"article": str(article.pk), "name": "x", "text": "x"})
    assert response.status_code == 415


def test_the_rules_are_those_of_the_page(client, article, settings):
    DisallowedWord.objects.create(words="casino", effect="refuse")
    many = " ".join(f"https://example.org/{number}" for number in range(4))
    for text, said in ((many, "may have 3 links"), ("A casino.", "do without")):
        error = send(client, article, text=text).json()["errors"][0]
        assert error["where"] == "text"
        assert said in error["message"]
    Ban.objects.create(email="rude@example.org", reason="Rude.")
    response = send(client, article, email="Rude@example.org")
    assert (response.status_code, response.json()["detail"]) == (403, "Replies from you are not taken here.")
    assert not Comment.objects.exists()
