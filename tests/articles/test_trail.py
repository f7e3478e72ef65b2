"""Who decided what, when and from where stays on record."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from articles import publishing, trail, trash
from articles.models import Event
from tests.base import soon
from tests.makers import make_article, make_user

pytestmark = pytest.mark.django_db


def told():
    return [(each.action, each.who, each.revision) for each in Event.objects.order_by("id")]


def test_every_transition_is_noted_with_who_and_what():
    article, editor = make_article(), make_user()
    publishing.publish(article, by=editor)
    publishing.withdraw(article, by=editor)
    planned = publishing.schedule(article, by=editor, at=soon())
    publishing.cancel(planned, by=editor)
    publishing.restore(article.revisions.first(), by=editor)
    trash.trash(article, by=editor)
    trash.put_back(article, by=editor)
    assert told() == [
        ("published", "editor", 1),
        ("withdrawn", "editor", None),
        ("scheduled", "editor", 1),
        ("cancelled", "editor", 1),
        ("restored", "editor", 1),
        ("trashed", "editor", None),
        ("put-back", "editor", None),
    ]


def test_what_is_repeated_or_refused_is_not_noted():
    article = make_article()
    publishing.publish(article, by=None)
    publishing.publish(article, by=None)
    with pytest.raises(publishing.PublishingError):
        publishing.schedule(article, by=None, at=soon(hours=-1))
    assert [action for action, *_ in told()] == ["published"]


def test_what_is_decided_at_the_desk_says_from_which_address(client):
    article = make_article()
    client.force_login(make_user(superuser=True))
    client.post(
        reverse("admin:articles_article_publish", args=[article.pk]), {"seen": publishing.standing(article)}
    )
    event = Event.objects.get()
    assert (event.channel, event.address) == (trail.Channel.DESK, "127.0.0.1")


@pytest.mark.parametrize(
    "statement", ["UPDATE articles_event SET who = 'nobody'", "DELETE FROM articles_event"]
)
def test_not_even_a_statement_of_the_database_changes_the_trail(statement):
    trail.note(trail.Action.PUBLISHED, make_article(), by=None)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().who == ""


def test_a_purged_article_leaves_its_trail(client):
    article = make_article()
    article.revisions.all().delete()
    trash.trash(article, by=None)
    trash.purge(before=soon())
    assert [action for action, *_ in told()] == ["trashed", "purged"]
