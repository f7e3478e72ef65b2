"""Akismet is asked by a job: here a server on this machine, which speaks its protocol."""

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx
import pytest
from django.utils import timezone

from articles.comments import spam
from articles.models import Comment
from tests.base import DAY, at
from tests.jobs import work
from tests.makers import make_article, make_comment, publish
from tests.replies import ADDRESS, TEXT, confirming, send

pytestmark = pytest.mark.django_db


class Protocol(BaseHTTPRequestHandler):
    """Remembers what it was asked, and answers as it is told."""

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append((self.path, {name: values[0] for name, values in form.items()}))
        status, text = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments):
        pass


class Elsewhere(httpx.HTTPTransport):
    """Connects to the server of the test in place of Akismet's."""

    def __init__(self, port):
        super().__init__()
        self.port = port

    def handle_request(self, request):
        assert request.url.host == "rest.akismet.com"
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return super().handle_request(request)


@pytest.fixture
def akismet(settings, monkeypatch):
    settings.AKISMET_KEY = "a-key"
    with ThreadingHTTPServer(("127.0.0.1", 0), Protocol) as server:
        server.asked, server.answer = [], (200, "false")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        transport = partial(Elsewhere, server.server_port)
        monkeypatch.setattr(spam, "client", lambda: httpx.Client(transport=transport(), timeout=5))
        yield server
        server.shutdown()


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def test_what_it_takes_to_be_spam_is_put_aside(client, article, akismet):
    akismet.answer = (200, "true")
    assert send(client, email="ada@example.org", sender="203.0.113.77").status_code == 303
    assert akismet.asked == []  # nobody waited for it
    work()
    comment = Comment.objects.get()
    assert (comment.status, comment.verdict) == ("spam", "spam")
    path, form = akismet.asked[0]
    assert path == "/1.1/comment-check"
    assert form["api_key"] == "a-key"
    assert form["blog"] == "http://127.0.0.1:8000"
    assert form["user_ip"] == "203.0.113.0"
    assert (form["comment_author"], form["comment_content"]) == ("Ada", TEXT)


def test_it_overrules_no_moderator(client, article, akismet):
    akismet.answer = (200, "true")
    send(client)
    Comment.objects.update(status="approved")
    work()
    assert Comment.objects.get().status == "approved"


def test_a_known_writer_waits_for_its_word(client, article, akismet, settings):
    settings.COMMENTS_KNOWN_PASS = True
    make_comment(article, email="ada@example.org", confirmed_at=timezone.now())
    send(client, email="ada@example.org")
    comment = Comment.objects.get(text=TEXT)
    client.post(confirming(comment))
    comment.refresh_from_db()
    assert comment.status == "waiting"
    akismet.answer = (200, "false")
    work()
    comment.refresh_from_db()
    assert (comment.status, comment.verdict) == ("approved", "ham")


@pytest.mark.parametrize("answer", [(500, ""), (200, "perhaps")])
def test_what_it_does_not_answer_is_asked_again(client, article, akismet, answer):
    akismet.answer = answer
    send(client)
    work()
    assert Comment.objects.get().status == "waiting"
    akismet.answer = (200, "true")
    with at(timezone.now() + DAY):
        work()
    assert Comment.objects.get().status == "spam"


def test_a_wrong_key_is_told_to_the_operator(client, article, akismet, caplog):
    akismet.answer = (200, "invalid")
    send(client)
    work()
    assert "Akismet does not know AKISMET_KEY" in caplog.text
    assert Comment.objects.get().status == "waiting"


def test_what_was_changed_meanwhile_is_not_judged_by_what_it_was(client, article, akismet):
    akismet.answer = (200, "true")
    own = send(client)["Location"]
    comment = Comment.objects.get()
    client.post(own, {"name": "Ada", "text": "Better words."})
    spam.judge(comment, is_spam=True)
    assert Comment.objects.get().status == "waiting"
    work()
    assert Comment.objects.get().status == "spam"


def test_without_a_key_nobody_is_asked(client, article, akismet, settings):
    settings.AKISMET_KEY = ""
    send(client, ADDRESS)
    work()
    assert akismet.asked == []
