"""The moderators' queue."""

import pytest
from django.urls import reverse

from articles.models import Comment
from tests.makers import make_article, make_comment, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

Status = Comment.Status
QUEUE = reverse("admin:articles_comment_changelist")


@pytest.fixture
def moderator(client):
    user = make_user("mona", group="Moderator")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("action", "status"),
    [("approve", Status.APPROVED), ("reject", Status.REJECTED), ("mark_as_spam", Status.SPAM)],
)
def test_moderators_decide_about_several_replies_at_once(client, moderator, action, status):
    article = make_article()
    chosen = [make_comment(article, status=Status.WAITING) for _ in range(2)]
    other = make_comment(article, status=Status.WAITING)
    client.post(QUEUE, {"action": action, "_selected_action": [comment.pk for comment in chosen]})
    assert {comment.status for comment in Comment.objects.exclude(pk=other.pk)} == {status}
    assert Comment.objects.get(pk=other.pk).status == Status.WAITING


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


def test_a_reply_stays_on_the_article_it_was_written_for(client, moderator):
    article, other = make_article(), make_article("Another")
    comment = make_comment(article)
    form = reverse("admin:articles_comment_change", args=[comment.pk])
    client.post(form, {"article": other.pk, "status": "spam", "name": "Reader", "email": "", "text": "Buy!"})
    comment.refresh_from_db()
    assert (comment.article_id, comment.status, comment.text) == (article.pk, "spam", "Buy!")
