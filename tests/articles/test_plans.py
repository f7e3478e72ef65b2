"""What readers ask for most comes from an index, in its order: SQLite says beforehand how it goes."""

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Publication
from articles.search.facets import Chosen
from articles.search.searching import search
from tests.base import queries
from tests.makers import embedded, make_article, make_tag, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def plan(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize("kind", [None, "article", "career-path", "comparison"])
def test_the_newest_come_from_an_index_and_are_not_sorted(kind):
    moment = timezone.now()
    found = Publication.objects.at(moment)
    found = found.of_kind(kind) if kind else found.listed()
    (how,) = found.newest_first(moment)[:20].explain().splitlines()
    assert "USING INDEX publication_newest" in how


def test_texts_with_a_topic_are_weighed_in_one_go():
    """A table of texts that is asked for one number after another takes stock of all texts for each."""
    publish(make_article("Pay", tags=[embedded(make_tag())]))
    with queries() as ran:
        found = search("pay", timezone.now(), chosen=Chosen(tag="remote-work"))
    assert found.count == 1
    (weighing,) = (statement for statement in ran if "bm25" in statement)
    (texts,) = (step for step in plan(weighing) if "VIRTUAL TABLE" in step)
    assert "=" not in texts
