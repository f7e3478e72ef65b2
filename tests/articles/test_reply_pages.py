"""Long threads: an article's page shows the newest replies, and leads to all others."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.comments import paging
from articles.models import Comment
from tests.base import queries
from tests.makers import make_article, make_comment, publish
from tests.replies import ADDRESS

pytestmark = pytest.mark.django_db
PAGE = ADDRESS.removesuffix("replies/")
TWIN = f"{PAGE[:-1]}.md"
TEXTS = re.compile(r">((?:First|Answer) \d+)</p>")


@pytest.fixture
def article():
    article = make_article()
    publish(article)
    return article


def many(article, number, word="First", parent=None):
    """Replies that came one after another, all before now."""
    start = timezone.now() - timedelta(days=1 if parent else 2)
    made = Comment.objects.bulk_create(
        Comment(article=article, name="Ann", text=f"{word} {each}", status="approved", parent=parent)
        for each in range(number)
    )
    for each, comment in enumerate(made):
        comment.created_at = start + timedelta(seconds=each)
    Comment.objects.bulk_update(made, ["created_at"])
    return made


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return TEXTS.findall(response.text)


def led_to(client, reply):
    """The page that a reply's own address leads to, and whether the reply is there."""
    response = client.get(f"{ADDRESS}?reply={reply.pk}")
    assert response.status_code == 302
    address, _, anchor = response["Location"].partition("#")
    assert anchor == f"reply-{reply.pk}"
    assert f'id="{anchor}"' in client.get(address).text
    return address


def test_a_page_shows_all_replies_while_they_are_few(client, article):
    many(article, paging.THREADS)
    page = client.get(PAGE).text
    assert TEXTS.findall(page) == [f"First {n}" for n in range(paging.THREADS)]
    assert "Older replies" not in page


@pytest.mark.parametrize("number", [60, 130, 210])
def test_a_page_shows_the_newest_threads_in_their_order_and_leads_to_all_others(client, article, number):
    many(article, number)
    assert shown(client, PAGE) == [f"First {n}" for n in range(number - 50, number)]
    assert 'href="replies/?page=2"' in client.get(PAGE).text
    found, address = [], PAGE
    while address:
        page = client.get(address).text
        found = TEXTS.findall(page) + found
        later = re.search(r'rel="next[^"]*" href="([^"]+)"', page)
        address = f"{ADDRESS}{later[1][later[1].index('?') :]}" if later else None
    assert found == [f"First {n}" for n in range(number)]


def test_answers_to_an_old_reply_do_not_bring_it_to_the_front(client, article):
    replies = many(article, 51)
    make_comment(article, "Answer 1", parent=replies[0])
    assert "Answer 1" not in shown(client, PAGE)
    assert shown(client, f"{ADDRESS}?page=2") == ["First 0", "Answer 1"]


def test_one_that_was_taken_down_keeps_its_place_with_its_answers(client, article):
    replies = many(article, 250)
    for gone in (replies[30], replies[240]):
        make_comment(article, "Answer 1", parent=gone)
        Comment.objects.filter(pk=gone.pk).update(status="spam")
    page = client.get(PAGE).text
    assert (
        page.index("First 239<")
        < page.index("was removed")
        < page.index("Answer 1")
        < page.index("First 241<")
    )
    assert "was removed" in client.get(f"{ADDRESS}?page=5").text


@pytest.mark.parametrize("others", [0, 250])
def test_a_thread_shows_its_first_answers_and_leads_to_the_rest(client, article, others):
    many(article, others)
    first = make_comment(article, "First 0")
    answers = many(article, 130, "Answer", first)
    page = client.get(PAGE).text
    assert TEXTS.findall(page)[-21:] == ["First 0", *(f"Answer {n}" for n in range(20))]
    assert f'href="replies/?thread={first.pk}">More answers' in page
    address = f"{ADDRESS}?thread={first.pk}"
    assert shown(client, address) == ["First 0", *(f"Answer {n}" for n in range(100))]
    assert shown(client, f"{address}&page=2") == ["First 0", *(f"Answer {n}" for n in range(100, 130))]
    assert led_to(client, answers[19]) == PAGE
    assert led_to(client, answers[20]) == address
    assert led_to(client, answers[100]) == f"{address}&page=2"


def test_the_address_of_a_reply_leads_to_it_wherever_it_stands_by_now(client, article):
    replies = many(article, 120)
    gone, answer = replies[60], make_comment(article, "Answer 1", parent=replies[60])
    Comment.objects.filter(pk=gone.pk).update(status="rejected")
    assert led_to(client, replies[119]) == led_to(client, replies[70]) == PAGE
    assert (
        led_to(client, replies[69]) == led_to(client, answer) == led_to(client, gone) == f"{ADDRESS}?page=2"
    )
    assert led_to(client, replies[0]) == f"{ADDRESS}?page=3"
    assert f'href="replies/?reply={replies[119].pk}"' in client.get(PAGE).text
    assert f'href="?reply={replies[0].pk}"' in client.get(f"{ADDRESS}?page=3").text


def test_what_is_not_there_is_not_found(client, article):
    waiting = make_comment(article, status="waiting")
    elsewhere = make_comment(make_article("Another"))
    for asked in (
        f"reply={waiting.pk}",
        f"reply={elsewhere.pk}",
        "reply=x",
        "thread=x",
        f"thread={waiting.pk}",
    ):
        assert client.get(f"{ADDRESS}?{asked}").status_code == 404
    assert client.get(f"{ADDRESS}?page=2").status_code == 404
    assert client.get(f"{ADDRESS}?page=x").status_code == 404
    assert client.get(f"{ADDRESS}?page=1")["Location"] == f"{PAGE}#replies"


def test_older_replies_are_there_when_no_more_are_taken(client, article, settings):
    many(article, 60)
    settings.COMMENTS_OPEN = False
    assert len(shown(client, f"{ADDRESS}?page=2")) == 10


def test_the_twin_shows_what_the_page_shows(client, article):
    many(article, 60)
    twin = client.get(TWIN).text
    assert "First 10\n" in twin
    assert "First 9\n" not in twin
    assert f"{PAGE}replies/?page=2)" in twin


def test_pages_of_replies_cost_few_queries(client, article):
    replies = many(article, 210)
    costs = {PAGE: 3, f"{ADDRESS}?page=2": 2, f"{ADDRESS}?thread={replies[0].pk}": 3}
    costs[f"{ADDRESS}?reply={replies[0].pk}"] = 3
    for address, cost in costs.items():
        client.get(address)
        with queries() as found:
            client.get(address)
        assert len(found) == cost, address


def test_what_stands_further_back_can_be_answered_while_replies_are_open(client, article, settings):
    first, *_ = many(article, paging.THREADS + 1)
    page = client.get(f"{ADDRESS}?page=2").text
    assert "replies-open" in page
    assert f'href="?to={first.pk}"' in page
    assert f'name="parent" value="{first.pk}"' in client.get(f"{ADDRESS}?to={first.pk}").text
    settings.COMMENTS_OPEN = False
    assert "replies-open" not in client.get(f"{ADDRESS}?page=2").text
