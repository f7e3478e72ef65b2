"""Nothing leaks: no read of the API touches a working table, or shows what is not live."""

import re

import pytest

from articles import documents, publishing
from tests.base import queries, soon
from tests.careersite.test_api_description import COMPARISON, READS, V1
from tests.makers import (
    embedded,
    golden,
    golden_answers,
    make_article,
    make_comment,
    make_comparison,
    make_path,
    make_tag,
    publish,
)
from tests.stored import made_once

pytestmark = pytest.mark.django_db

READABLE = {
    "articles_publication",
    "articles_publication_search",
    "articles_publication_lead",
    "articles_word",
    "articles_word_alike",
    "articles_revision",
    "articles_facet",
    "articles_author",
    "articles_tag",
    "articles_image",
    "articles_comment",
}
MORE = [
    f"{V1}articles/?tag=pay&author=ann-author&language=en&ordering=-title",
    f"{V1}comparisons/?path=microtask-gig-work",
    f"{V1}comparisons/remote-project-management-vs-microtask-gig-work/",
    f"{V1}comparisons/microtask-gig-work-vs-remote-project-management/fairness/",
    f"{V1}comments/?kind=article&slug=how-to-read-a-pay-figure",
    f"{V1}articles/old-address/",
    f"{V1}articles/withdrawn/",
    f"{V1}articles/nothing/",
    f"{V1}nothing/",
    f"{V1}schema/",
]
SECRET = "Unpublished"
READING = ("SELECT", "WITH", "SET LOCAL enable_seqscan = off; WITH")  # what statements begin with


@pytest.fixture
def site():
    return make_site()


@made_once
def make_site():
    """One of everything, and a secret in all that is not live."""
    comparison = golden()
    article = make_article(slug="old-address", tags=[embedded(make_tag("Pay"))])
    publish(article)
    publish(documents.restore(documents.compose(article) | {"slug": "how-to-read-a-pay-figure"}))
    make_comment(article)
    withdrawn = make_article("Withdrawn", summary=f"{SECRET}, once.")
    publish(withdrawn)
    publishing.withdraw(withdrawn, by=None)
    hide_secrets(comparison, article)
    return comparison


def hide_secrets(comparison, article):
    for working in (comparison, article, *(row.path for row in comparison.contenders.all())):
        documents.restore(documents.compose(working) | {"title": f"{SECRET} title", "summary": SECRET})
    paths = [make_path(f"{SECRET} path {number}") for number in range(2)]
    make_comparison(*paths)
    publishing.schedule(make_article(f"{SECRET} yet"), by=None, at=soon(hours=1))
    make_comment(article, f"{SECRET} reply", status="waiting")
    make_comment(make_article(f"{SECRET} draft"), f"{SECRET} reply to a draft")
    make_tag(f"{SECRET} tag")


def tables(ran):
    return {
        table
        for statement in ran
        for table in re.findall(r"\b((?:articles|comparisons|auth)_\w+)", statement)
    }


@pytest.mark.parametrize("address", [*READS, *MORE])
def test_a_read_touches_no_working_table_and_shows_no_secret(client, site, address):
    with queries() as ran:
        response = client.get(address)
    assert tables(ran) <= READABLE
    assert all(" ".join(statement.split()).lstrip("( ").startswith(READING) for statement in ran)
    assert not any(re.search(r"\b(INSERT|UPDATE|DELETE)\b", statement) for statement in ran)
    assert SECRET not in response.content.decode()


def test_a_decision_touches_no_working_table(client, site):
    answers = {"answers": golden_answers(site)}
    with queries() as ran:
        response = client.post(f"{COMPARISON}decision/", answers, content_type="application/json")
        again = client.get(f"{COMPARISON}decision/{response.json()['code']}/")
    assert (response.status_code, again.status_code) == (200, 200)
    assert tables(ran) <= READABLE
    assert SECRET not in response.content.decode() + again.content.decode()
