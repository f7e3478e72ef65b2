"""What scoring refuses, and how forms and results travel."""

import copy
from collections.abc import Callable

import pytest

from comparisons.answers import AnswerError, Answers, AnswerSheet, Form, Problem, Question, Rating, Shape
from comparisons.scoring import score, score_sheet
from tests.comparisons.forms import FIVE_CRITERIA, answer_first, middle

OFF_THE_SCALE: tuple[object, ...] = (-1, 5, True, False, 2.0, "2")


@pytest.mark.parametrize(
    ("options", "importances", "problem", "subject"),
    [
        ({"q99": 1}, {}, Problem.UNKNOWN_QUESTION, "q99"),
        ({"q99": None}, {}, Problem.UNKNOWN_QUESTION, "q99"),
        ({}, {"Z": 1}, Problem.UNKNOWN_CRITERION, "Z"),
        *[({"q1": bad}, {}, Problem.BAD_OPTION, "q1") for bad in (*OFF_THE_SCALE, [])],
        *[({}, {"A": bad}, Problem.BAD_IMPORTANCE, "A") for bad in (*OFF_THE_SCALE, None)],
    ],
)
def test_an_answer_that_does_not_fit_the_form_is_refused_by_name(
    options: dict[str, int | None], importances: dict[str, int], problem: Problem, subject: str
) -> None:
    with pytest.raises(AnswerError) as refused:
        score(FIVE_CRITERIA, Answers(options, importances))
    assert (refused.value.problem, refused.value.subject) == (problem, subject)
    assert f"“{subject}”" in str(refused.value)


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(AnswerError) as refused:
        score(FIVE_CRITERIA, Answers({"q1": 7}))
    assert str(refused.value) == (
        "“q1” needs the number of an option, 0 to 4, or nothing to skip the question; got 7."
    )


def test_answers_in_order_give_the_same_result_as_answers_by_name() -> None:
    by_name = answer_first(FIVE_CRITERIA, 6, A=4)
    in_order = AnswerSheet((4,) * 6 + (None,) * 4, (4, 2, 2, 2, 2))
    assert score_sheet(FIVE_CRITERIA, in_order) == by_name


@pytest.mark.parametrize(("options", "importances"), [(9, 5), (11, 5), (10, 4), (10, 6)])
def test_answers_in_the_order_of_another_form_are_refused(options: int, importances: int) -> None:
    with pytest.raises(ValueError, match="another form"):
        score_sheet(FIVE_CRITERIA, AnswerSheet((2,) * options, (2,) * importances))


@pytest.mark.parametrize("value", [-1, 101, True, 50.0, "50", None])
def test_a_rating_lies_on_the_scale(value: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 100"):
        Rating(value, 10)


@pytest.mark.parametrize("uncertainty", [-5, 0, 101, True, 10.0, None])
def test_a_rating_is_never_certain(uncertainty: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 100"):
        Rating(50, uncertainty)


QUESTION = Question("q", "A", Shape.NEAR)
RATED = {"q": Rating(50, 10)}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Form((QUESTION,), ("a",), {"a": RATED}), "2 to 4 paths, not 1"),
        (lambda: Form((QUESTION,), tuple("abcde"), dict.fromkeys("abcde", RATED)), "2 to 4 paths, not 5"),
        (lambda: Form((), ("a", "b"), {}), "at least one question"),
        (lambda: Form((QUESTION,), ("a", "a"), {"a": RATED}), "path “a” more than once"),
        (lambda: Form((QUESTION,) * 2, ("a", "b"), {"a": RATED, "b": RATED}), "question “q” more than once"),
        (lambda: Form((QUESTION,), ("a", "b"), {"a": RATED}), "“b” has no rating on question “q”"),
        (lambda: Form((QUESTION,), ("a", "b"), {"a": RATED, "b": {}}), "“b” has no rating on question “q”"),
    ],
)
def test_a_form_that_could_not_be_scored_is_refused(make: Callable[[], Form], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_ratings_on_other_questions_and_of_other_paths_are_left_out() -> None:
    more = {**RATED, "other": Rating(1, 5)}
    assert Form((QUESTION,), ("a", "b"), {"a": more, "b": more, "c": more}) == Form(
        (QUESTION,), ("a", "b"), {"a": RATED, "b": RATED}
    )


def test_a_form_keeps_its_ratings_when_the_callers_change() -> None:
    ratings = {"a": {"q": Rating(50, 10)}, "b": {"q": Rating(10, 10)}}
    form = Form((QUESTION,), ("a", "b"), ratings)
    ratings["b"]["q"] = Rating(50, 10)
    assert form.ratings["b"]["q"].value == 10
    assert middle(form).margin == 40


def test_forms_results_and_refusals_can_be_copied_and_cached() -> None:
    result = answer_first(FIVE_CRITERIA, 10)
    refusal = AnswerError(Problem.BAD_OPTION, "q1", 7)
    assert score(copy.deepcopy(FIVE_CRITERIA), Answers({"q1": 4})).answered == 1
    assert copy.deepcopy(result) == result
    assert str(copy.deepcopy(refusal)) == str(refusal)
