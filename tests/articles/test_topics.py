"""Lists can be narrowed to a topic."""

import pytest
from django.core.cache import cache

from articles import publishing
from tests.base import queries
from tests.makers import embedded, make_article, make_path, make_tag, publish

pytestmark = pytest.mark.django_db


def write(title, *topics, make=make_article):
    article = make(title, tags=[embedded(make_tag(topic)) for topic in topics])
    publish(article)
    return article


def titles(page):
    return [part.partition("</a>")[0].rpartition(">")[2] for part in page.text.split("card-title")[1:]]


def offered(page):
    row = page.text.partition('aria-label="Topics"')[2].partition("</nav>")[0]
    return [part.partition("</a>")[0].rpartition(">")[2] for part in row.split("<li>")[1:]]


def test_a_list_offers_the_topics_of_its_own_kind(client):
    write("One", "Pay", "Remote work")
    write("Two", "Pay")
    write("A path", "Teaching", make=make_path)
    assert offered(client.get("/articles/")) == ["All", "Pay", "Remote work"]
    assert offered(client.get("/careers/")) == ["All", "Teaching"]


def test_a_topic_narrows_the_list_to_what_is_live(client):
    write("One", "Pay")
    write("Two", "Remote work")
    withdrawn = write("Three", "Pay")
    publishing.withdraw(withdrawn, by=None)
    page = client.get("/articles/?tag=pay")
    assert titles(page) == ["One"]
    assert 'href="?tag=pay" aria-current="true"' in page.text


def test_a_topic_without_articles_says_so(client):
    make_tag("Pay")
    page = client.get("/articles/?tag=pay")
    assert (page.status_code, titles(page)) == (200, [])


@pytest.mark.parametrize("slug", ["nothing", "' OR 1=1 --", "x" * 9000, "%00"])
def test_what_is_no_topic_is_not_found(client, slug):
    assert client.get("/articles/", {"tag": slug}).status_code == 404


def test_the_topics_are_counted_once_in_ten_minutes(client):
    write("One", "Pay")
    client.get("/articles/")
    with queries() as found:
        client.get("/articles/")
    assert len(found) == 1
    cache.clear()
    with queries() as found:
        client.get("/articles/")
    assert len(found) == 3
