"""Empty rows for those without scripts, in every form that has rows."""

import re
from html import unescape

import pytest

from articles import documents
from tests.base import queries
from tests.forms import address, form_data
from tests.makers import golden, make_article, make_bank, make_path, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MAKERS = (make_article, make_path, golden, make_bank, lambda: make_bank().criteria.first())
NAMES = ("article", "path", "comparison", "bank", "criterion")
LINK = re.compile(r'<a href="([^"]*)">open this form with (an|another) empty row')


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_user("edith", group="Editor"))


@pytest.fixture(params=MAKERS, ids=NAMES)
def written(request):
    return request.param()


def rows(page):
    """How many rows each list has."""
    found = re.findall(r'name="([^"]*)-TOTAL_FORMS" value="(\d+)"', page.content.decode())
    return {name: int(count) for name, count in found}


def opened(client, article, query):
    return client.get(f"{address(article)}{query}")


def test_the_form_opens_with_empty_rows_of_each_kind(client, written):
    before = rows(client.get(address(written)))
    after = rows(opened(client, written, "?rows=2"))
    most = {"contenders": 4}
    assert before
    assert after == {name: min(most.get(name, 99), count + 2) for name, count in before.items()}


def test_empty_rows_are_not_stored(client, written):
    bank_or_article = getattr(written, "bank", written)
    data = form_data(opened(client, written, "?rows=3"))
    before = documents.compose(bank_or_article)
    response = client.post(f"{address(written)}?rows=3", data | {"_continue": "1"})
    assert response.status_code == 302
    assert documents.compose(type(bank_or_article).objects.get(pk=bank_or_article.pk)) == before


def test_each_link_asks_for_one_more_and_keeps_what_else_the_address_says(client):
    article = make_article()
    for query, words, expected in (
        ("?show=summary", "an", "?show=summary&rows=1"),
        ("?rows=1", "another", "?rows=2"),
        ("?rows=2&show=summary", "another", "?rows=3&show=summary"),
        *((f"?rows={strange}", "an", "?rows=1") for strange in ("", "0", "4", "-1", "x", "１")),
    ):
        ((found, said),) = LINK.findall(opened(client, article, query).content.decode())
        assert (unescape(found), said) == (expected, words), query
    html = opened(client, article, "?rows=3").content.decode()
    assert not LINK.search(html)
    assert "Here are 3 empty rows of each kind" in html


def test_a_form_asks_no_more_of_the_database_for_empty_rows(client):
    comparison = golden()
    with queries() as usual:
        client.get(address(comparison))
    with queries() as more:
        opened(client, comparison, "?rows=3")
    assert len(more) == len(usual)


def test_what_is_typed_into_empty_rows_is_stored(client):
    article = make_article()
    data = form_data(opened(client, article, "?rows=2"))
    rows = {"sources-0-publisher": "ILO", "sources-0-title": "Pay", "sources-0-url": "https://example.org/"}
    client.post(f"{address(article)}?rows=2", data | rows | {"_continue": "1"})
    assert [source.title for source in article.sources.all()] == ["Pay"]


def test_whoever_may_not_add_rows_is_offered_none(client):
    client.force_login(make_user("rita", group="Reviewer"))
    article = make_article()
    assert "empty row" not in client.get(address(article)).content.decode()
