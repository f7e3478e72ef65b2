"""What stands first among hits, and that very many cost no more: the same on both databases."""

import pytest
from django.db import connection
from django.utils import timezone

from articles.search import postgresql, searching, sqlite
from articles.search.facets import Chosen
from articles.search.searching import search
from tests.articles.test_search import article, titles
from tests.base import DAY, at
from tests.makers import make_path, publish

pytestmark = pytest.mark.django_db

FILLING = "and much else " * 20


def test_the_title_comes_before_the_summary_and_that_before_the_text():
    article("Of beds", "lantern lantern lantern lantern", summary="Of other things.")
    article("Of sheds", FILLING, summary="A lantern in it.")
    article("Lantern", FILLING, summary="Of other things.")
    assert titles("lantern") == ["Lantern", "Of sheds", "Of beds"]


def test_all_words_in_the_title_come_before_some_of_them():
    article("Lantern", "oil", summary="Of other things.")
    article("Of sheds", "lantern oil", summary="Of other things.")
    article("Oil for a lantern", FILLING, summary="Of other things.")
    assert titles("lantern oil") == ["Oil for a lantern", "Lantern", "Of sheds"]


def test_a_whole_word_comes_before_a_word_that_begins_with_it():
    article("Carpets", FILLING)
    article("A car", FILLING)
    article("Carpenters", FILLING)
    assert titles("car")[0] == "A car"
    assert set(titles("car")) == {"A car", "Carpets", "Carpenters"}


def test_a_text_that_has_more_of_it_comes_first():
    article("Much of it", f"lantern, lantern, lantern {FILLING}", summary="-")
    article("Little of it", f"lantern {FILLING}{FILLING}", summary="-")
    assert titles("lantern") == ["Much of it", "Little of it"]


def test_what_is_fresh_comes_before_what_is_stale():
    now = timezone.now()
    for days, title in ((30, "Lantern one"), (400, "Lantern two"), (2, "Lantern six")):
        with at(now - days * DAY):
            article(title, "The same.", summary="The same.")
    assert titles("lantern") == ["Lantern six", "Lantern one", "Lantern two"]


@pytest.fixture
def few(monkeypatch):
    """Three hits are many."""
    for module in (searching, postgresql, sqlite):
        monkeypatch.setattr(module, "MOST", 3)


def test_of_very_many_hits_the_best_are_told_apart(few):
    article("The lantern", FILLING)
    for number in range(5):
        article(f"Shed {number}", "lantern", summary="-")
    found = search("lantern", timezone.now())
    assert (found.count, found.more) == (3, True)
    assert [hit.publication.title for hit in found.hits] == ["The lantern", "Shed 4", "Shed 3"]
    assert sum(value.count for value in found.facets["kind"]) == 3


def test_as_many_as_are_told_apart_are_not_more(few):
    for number in range(3):
        article(f"Lantern {number}")
    assert (search("lantern", timezone.now()).count, search("lantern", timezone.now()).more) == (3, False)


def test_very_many_hits_can_be_narrowed(few):
    for number in range(5):
        article(f"Lantern {number}")
    publish(make_path("An old lantern"))
    found = search("lantern", timezone.now(), chosen=Chosen(kind="career-path"))
    assert (found.count, found.more) == (1, False)


@pytest.fixture
def numbers():
    """Gives rows numbers far away, and takes the former ones up again, as no rollback does."""

    def begin_at(number):
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('articles_publication_id_seq', %s)", [number])

    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM articles_publication_id_seq")
        (last,) = cursor.fetchone()
    yield begin_at
    begin_at(last)


@pytest.mark.postgres
def test_the_oldest_are_found_though_the_newest_blocks_have_none(numbers):
    article("Lantern")
    for number in range(1, 6):
        numbers(postgresql.BLOCK * number * 20)
        article(f"Shed {number}")
    assert titles("lantern") == ["Lantern"]
    assert len(titles("shed")) == 5


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("found", "blocks"),
    [(0, 1000), (1, 1000), (30, 1000), (500, 8), (1000, 4)],
)
def test_so_many_blocks_are_asked_for_as_should_have_enough(found, blocks):
    """Where few of the first have the words, all of them take less time than the many blocks would."""
    assert postgresql.blocks_with_enough(found, postgresql.FIRST, 1001, 1000) == blocks
