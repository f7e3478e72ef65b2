"""What was erased is nowhere else either: not in the admin's own log, nor in a ban that has ended."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.comments import personal
from articles.models import Ban, Comment
from tests.makers import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db
ADA, NAME, WORDS = "ada@example.org", "Ada Lovelace", "Words of hers."
QUEUE = reverse("admin:articles_comment_changelist")


@pytest.fixture
def moderator(client):
    user = make_user("mona", group="Moderator")
    client.force_login(user)
    return user


@pytest.fixture
def reply():
    return make_comment(make_article(), WORDS, name=NAME, email=ADA, status="waiting")


def logged():
    return list(LogEntry.objects.order_by("id").values_list("object_repr", flat=True))


def change(client, reply, **fields):
    sent = {"status": "approved", "name": NAME, "email": ADA, "text": WORDS, "seen": "0"} | fields
    address = reverse("admin:articles_comment_change", args=[reply.pk])
    assert client.post(address, sent).status_code == 302


def test_the_log_says_which_reply_was_changed_and_not_what_it_says(client, moderator, reply):
    change(client, reply, text=f"{WORDS} Better.")
    assert logged() == [f"comment {reply.pk}"]


@pytest.mark.parametrize("from_the_list", [False, True])
def test_nor_what_one_said_that_was_deleted(client, moderator, reply, from_the_list):
    other = make_comment(reply.article, "Another.", status="waiting")
    chosen = [reply.pk, other.pk] if from_the_list else [reply.pk]
    if from_the_list:
        sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        client.post(QUEUE, sent)
    else:
        client.post(reverse("admin:articles_comment_delete", args=[reply.pk]), {"post": "yes"})
    assert not Comment.objects.filter(pk__in=chosen).exists()
    assert sorted(logged()) == sorted(f"comment {pk}" for pk in chosen)


def test_nor_who_was_banned(client, moderator):
    client.post(reverse("admin:articles_ban_add"), {"email": ADA, "reason": "Insults."})
    ban = Ban.objects.get()
    client.post(reverse("admin:articles_ban_delete", args=[ban.pk]), {"post": "yes"})
    assert logged() == [f"ban {ban.pk}"] * 2


def test_what_was_logged_before_is_erased_with_the_reply(client, moderator, reply):
    change(client, reply)
    LogEntry.objects.update(object_repr=f"{NAME}: {WORDS}")
    personal.erase(ADA, by=None)
    assert logged() == ["(erased)"]


def test_a_ban_is_kept_until_it_ends_and_erased_from_then_on(reply):
    day, now = timedelta(days=1), timezone.now()
    for ends_at in (now - day, now + day, None):
        Ban.objects.create(email=ADA, reason="Insults.", ends_at=ends_at)
    personal.erase(ADA, by=None)
    assert set(Ban.objects.values_list("ends_at", flat=True)) == {now + day, None}
