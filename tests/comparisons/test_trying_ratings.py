"""A reader who sees a path elsewhere on a scale can try it; nothing of that is stored."""

import pytest

from tests.base import queries
from tests.comparisons.test_decision_pages import plain, post
from tests.makers import golden, golden_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(client):
    return post(client, golden_answers(golden()))["Location"]


def test_a_tried_rating_changes_this_result_only(client, link):
    tried = plain(client.get(f"{link}?rating-8-0=85&rating-9-0=85"))
    assert "the result with 2 ratings of your own" in tried
    assert "With our editors’ ratings: Leans towards Microtask gig work, 14.5 points ahead" in tried
    assert "82.5" not in tried.split("Keep or share")[0].split("With our editors’ ratings")[0]
    assert "82.5" in plain(client.get(link))


def test_the_numbers_are_those_of_such_ratings(client, link):
    # Question 9, near, answered 25: a rating of 10 fits 85, one of 25 fits 100; its weight is 1/10.
    assert "84.0" in plain(client.get(f"{link}?rating-8-0=25"))


def test_ratings_left_as_they_are_change_nothing(client, link):
    assert "of your own" not in plain(client.get(f"{link}?rating-0-0=5&rating-1-0="))


@pytest.mark.parametrize("value", ["101", "-1", "x", "1.5", "9" * 400, "\0"])
def test_what_is_no_rating_is_named_and_the_others_are_kept(client, link, value):
    response = client.get(link, {"rating-0-0": value, "rating-8-0": "25"})
    assert response.status_code == 422
    shown = plain(response)
    assert "Microtask gig work, “How much experience?”: give a whole number from 0 to 100." in shown
    assert "84.0" in shown


def test_ratings_of_no_question_are_passed_over(client, link):
    assert client.get(f"{link}?rating-99-0=5&rating-0-9=5&rating-x=1").status_code == 200


def test_trying_stores_nothing(client, link):
    with queries() as ran:
        client.get(f"{link}?rating-8-0=25")
    assert not [sql for sql in ran if not sql.lstrip("(").startswith("SELECT")]
