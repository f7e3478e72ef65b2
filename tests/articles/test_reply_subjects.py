"""What replies are about: to readers it is called as it was published, whatever the draft says by now."""

import json

import pytest
from django.core import mail

from articles import publishing
from articles.comments import own_links
from articles.comments.deciding import moderate
from articles.models import Comment, Follower
from tests.makers import make_article, make_comment, publish
from tests.replies import confirming, link_in, mails, send

pytestmark = pytest.mark.django_db
ADA, PUBLISHED, DRAFT = "ada@example.org", "How to read a pay figure", "Nobody is to read this yet"


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    article.title, article.language = DRAFT, "de"
    article.save()
    return article


def test_pages_of_a_reply_name_what_is_published(client, article):
    own = send(client, email=ADA, follow="1")["Location"]
    reply, follower = Comment.objects.get(), Follower.objects.get()
    confirm, unsubscribe = confirming(reply), own_links.UNSUBSCRIBE.path(follower.pk)
    for address in (own, confirm, unsubscribe):
        page = client.get(address).content.decode()
        assert PUBLISHED in page
        assert DRAFT not in page
        assert '<html lang="en"' in page


def test_mails_to_readers_name_what_is_published(client, article):
    send(client, email=ADA, follow="1")
    client.post(link_in(mails(ADA)[0], "confirm"))
    ben = make_comment(article, "I agree.", name="Ben", status="waiting")
    moderate(Comment.objects.filter(pk=ben.pk), Comment.Status.APPROVED, by=None)
    asked, told = mails(ADA)
    assert (asked.subject, told.subject) == (
        f"Is this your address? {PUBLISHED}",
        f"Another reply: {PUBLISHED}",
    )
    assert DRAFT not in "".join(each.body for each in mail.outbox)


def test_what_is_kept_about_an_address_names_what_is_published(client, article):
    make_comment(article, email=ADA)
    Follower.objects.create(article=article, email=ADA)
    found = json.loads(client.get(f"{own_links.DATA.path(ADA)}?download").content)
    assert [each["article"] for each in found["replies"] + found["follows"]] == [PUBLISHED, PUBLISHED]


def test_what_was_withdrawn_is_called_as_it_was_and_led_to_no_more(client, article):
    own = send(client)["Location"]
    publishing.withdraw(article, by=None)
    page = client.get(own).content.decode()
    assert PUBLISHED in page
    assert DRAFT not in page
    assert f"Back to {PUBLISHED}" not in page


def test_the_own_link_does_not_say_that_a_reply_stands_below_what_is_withdrawn(client, article):
    own = send(client)["Location"]
    Comment.objects.update(status="approved")
    assert "It stands below" in client.get(own).content.decode()
    publishing.withdraw(article, by=None)
    page = client.get(own).content.decode()
    assert "is not here at the moment" in page
    assert "It stands below" not in page
