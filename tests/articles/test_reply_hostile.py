"""Replies that are sent to do harm: a clear answer, nothing executed, and the queue stays usable."""

import time

import pytest
from django.urls import reverse

from articles.comments.deciding import moderate
from articles.models import Comment
from tests.base import queries
from tests.makers import make_article, make_user, publish
from tests.replies import ADDRESS, TEXT, send, stamped

pytestmark = pytest.mark.django_db
PAGE = ADDRESS.removesuffix("replies/")
QUEUE = reverse("admin:articles_comment_changelist")


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def shown(client):
    moderate(Comment.objects.all(), Comment.Status.APPROVED, by=None)
    page = client.get(PAGE).content.decode()
    return page[page.index('id="replies"') :]


@pytest.mark.parametrize("text", ["x" * 1_000_000, "https://example.org/ " * 50_000, "é\u202e" * 300_000])
def test_a_megabyte_comes_back_with_what_is_wrong(client, article, text):
    began = time.process_time()
    response = send(client, text=text)
    assert time.process_time() - began < 5
    page = response.content.decode()
    assert response.status_code == 422
    assert "at most 5000 characters" in page
    assert f"{text}</textarea>" in page
    assert not Comment.objects.exists()


def test_thousands_of_links_are_counted_and_refused(client, article):
    text = "http://a.b " * 450
    response = send(client, text=text)
    assert "may have 3 links; this one has 450" in response.content.decode()
    assert f"{text}</textarea>" in response.content.decode()


def test_directions_and_what_nobody_sees_are_left_out(client, article):
    send(client, name="\u202eadA\u200b", text="pay\u202etxt.exe \u2066x\u2069 \ufeffend of it")
    page = shown(client)
    assert "paytxt.exe x end of it" in page
    assert "<bdi>adA</bdi>" in page
    assert not any(sign in page for sign in "\u202e\u200b\u2066\u2069\ufeff")


def test_nothing_but_what_nobody_sees_is_nothing(client, article):
    response = send(client, name="\u200b\u2060", text="\u202e\u200b\ufeff\u2063")
    assert response.status_code == 422
    assert "Write your reply first." in response.content.decode()
    assert "Give a name" in response.content.decode()


def test_markup_stays_text(client, article):
    text = '<script>alert(1)</script> <img src=x onerror=alert(1)> https://a.b/"onmouseover="alert(1)'
    send(client, name="<b>Eve</b>", text=text)
    page = shown(client)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert '"onmouseover' not in page
    assert "<b>Eve" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_two_hundred_in_a_minute_from_one_sender_are_ten(client, article):
    statuses = [send(client, text=f"Reply number {n}").status_code for n in range(200)]
    assert (statuses.count(303), statuses.count(429)) == (10, 190)
    assert Comment.objects.count() == 10


def test_two_hundred_in_a_minute_from_many_leave_the_queue_usable(client, article):
    answers = [send(client, text=f"Reply number {n}", sender=f"10.1.{n}.1") for n in range(200)]
    statuses = [each.status_code for each in answers]
    assert (statuses.count(303), statuses.count(429)) == (60, 140)
    assert "Reply number 199</textarea>" in answers[199].content.decode()
    client.force_login(make_user("mona", group="Moderator"))
    page = client.get(QUEUE, {"status__exact": "waiting"})
    keys = [row.pk for row in page.context["cl"].result_list]
    data = {"action": "mark_as_spam", "_selected_action": keys[:1], "select_across": "1", "index": "0"}
    with queries() as found:
        client.post(f"{QUEUE}?status__exact=waiting", data)
    assert len(found) < 25
    assert Comment.objects.filter(status="spam").count() == 60


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe=\x00&name=%ff%fe&text=%c3%28",
        b"name=A&text=B&parent=%00",
        b"name=A&opened=" + b"x" * 100_000,
    ],
)
def test_bytes_that_are_no_form_are_answered(client, article, body):
    response = client.post(ADDRESS, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 404, 422)
    assert not Comment.objects.exists()


def test_a_stamp_of_another_site_is_none(client, article, settings):
    stamp = stamped()
    settings.SECRET_KEY = "another-secret-that-is-long-enough-to-be-one"
    response = send(client, opened=stamp)
    assert response.status_code == 422
    assert f"{TEXT}</textarea>" in response.content.decode()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_five_megabytes_are_refused_in_the_site_s_design_with_what_to_do(client, article, kind):
    head = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' if "multipart" in kind else b"text="
    response = client.post(ADDRESS, head + b"x" * 5_300_000, content_type=kind)
    assert response.status_code == 413
    assert "<main" in response.text
    assert "Go back: what you typed is still there" in response.text
    assert not Comment.objects.exists()
