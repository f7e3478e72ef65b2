"""In which share of all weightings each path leads."""

import random
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.answers import Answers, Form, fill
from comparisons.sampling import Sample
from comparisons.weightings import Weightings, share_above_zero, weightings
from tests.comparisons.forms import make_form
from tests.comparisons.test_scoring_golden import ANSWERS, FORM, GIG, PROJECT


def weightings_of(form: Form, options: dict[str, int | None], **importances: int) -> Weightings:
    found = weightings(form, fill(form, Answers(options, importances)))
    assert found is not None
    return found


def middle(form: Form, **importances: int) -> Weightings:
    return weightings_of(form, {question.id: 2 for question in form.questions}, **importances)


# Two paths: exact.


def test_gig_work_leads_in_most_weightings_of_the_example() -> None:
    found = weightings_of(FORM, ANSWERS)
    assert round(found.leads[GIG] * 100, 2) == Fraction("93.73")
    assert found.leads[PROJECT] == 1 - found.leads[GIG]
    assert (found.shared, found.sample, found.errors) == (0, None, None)


def test_the_readers_importances_do_not_matter() -> None:
    assert weightings_of(FORM, ANSWERS, Skills=4, Structure=0) == weightings_of(FORM, ANSWERS)


def test_a_criterion_without_answers_is_not_weighed() -> None:
    form = make_form({"q1": (50, 40), "q2": (0, 50)}, criteria="AB")
    assert weightings_of(form, {"q1": 2}).leads == {"a": 1, "b": 0}
    assert weightings_of(form, {"q1": 2, "q2": 2}).leads == {"a": Fraction(1, 6), "b": Fraction(5, 6)}


def test_a_criterion_counts_with_the_mean_of_its_answered_questions() -> None:
    form = make_form({"q1": (50, 40), "q2": (50, 40), "q3": (50, 0), "q4": (0, 50)}, criteria="AAAB")
    found = weightings_of(form, {"q1": 2, "q2": 2, "q4": 2})
    assert found.leads["a"] == Fraction(1, 6)


def test_without_answers_there_are_no_weightings() -> None:
    assert weightings(FORM, fill(FORM, Answers())) is None


def test_equal_paths_share_the_lead() -> None:
    assert middle(make_form({"q1": (50, 50), "q2": (10, 90)}, criteria="AB")) == Weightings(
        {"a": 0, "b": 0}, 1
    )


def test_a_path_that_is_never_behind_leads_everywhere() -> None:
    assert middle(make_form({"q1": (50, 50), "q2": (50, 40)}, criteria="AB")).leads == {"a": 1, "b": 0}
    assert middle(make_form({"q": (40, 50)})).leads == {"a": 0, "b": 1}


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([3], "1"),
        ([-3], "0"),
        ([0], "0"),
        ([0, 0, 0], "0"),
        ([1, 0, 0], "1"),
        ([-1, 0, 0], "0"),
        ([1, -1], "1/2"),
        ([1, 1, -1], "3/4"),
        ([1, -1, -1], "1/4"),
        ([1, 1, -1, -1], "1/2"),
        ([1, 0, -1], "1/2"),
        ([2, 0, 0, -1], "2/3"),
        ([5] * 12, "1"),
        ([5] * 11 + [-5], str(1 - Fraction(1, 2**11))),
    ],
)
def test_shares_that_can_be_seen(differences: list[int], expected: str) -> None:
    assert share_above_zero(differences) == Fraction(expected)


numbers = st.lists(st.integers(-5, 5), min_size=1, max_size=6)


@given(st.sets(st.integers(-50, 50), min_size=1, max_size=8))
def test_distinct_differences_follow_the_closed_formula(differences: set[int]) -> None:
    expected = sum(
        Fraction(d ** (len(differences) - 1), prod(d - other for other in differences - {d}))
        for d in differences
        if d > 0
    )
    assert share_above_zero(list(differences)) == expected


@given(numbers.filter(any))
def test_equal_differences_are_the_limit_of_close_ones(differences: list[int]) -> None:
    close = [d * 2**40 + place for place, d in enumerate(differences)]
    assert abs(share_above_zero(close) - share_above_zero(differences)) < Fraction(1, 2**30)


@given(numbers, st.integers(1, 9), st.randoms())
def test_order_and_scale_do_not_matter(differences: list[int], factor: int, shuffling: random.Random) -> None:
    shuffled = [d * factor for d in differences]
    shuffling.shuffle(shuffled)
    assert share_above_zero(shuffled) == share_above_zero(differences)


@given(numbers)
def test_one_of_two_paths_leads_unless_they_are_equal(differences: list[int]) -> None:
    shares = share_above_zero(differences), share_above_zero([-d for d in differences])
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) == (1 if any(differences) else 0)


@given(st.lists(st.integers(-4, 4), min_size=2, max_size=5).filter(any), st.integers(0, 2**32))
@settings(max_examples=8)
def test_drawn_weightings_agree(differences: list[int], seed: int) -> None:
    exponential = random.Random(seed).expovariate
    draws = 4000
    # Exponentials over their sum are uniform on the simplex; the sign does not need the sum.
    above = sum(sum(d * exponential(1) for d in differences) > 0 for _ in range(draws))
    share = float(share_above_zero(differences))
    assert abs(above / draws - share) <= 5 * (share * (1 - share) / draws) ** 0.5 + 1e-9


# More paths: sampled.


def with_third(value: int) -> Form:
    values = {"q1": (50, 40, value), "q2": (0, 50, value), "q3": (45, 50, value)}
    return make_form(values, criteria="ABC")


def test_a_third_path_that_never_leads_leaves_the_shares_near_the_exact_ones() -> None:
    exact = middle(make_form({"q1": (50, 40), "q2": (0, 50), "q3": (45, 50)}, criteria="ABC"))
    found = middle(with_third(100))
    assert found.sample == Sample(10_000)
    assert found.errors is not None
    assert found.leads["c"] == 0
    for path in "ab":
        assert found.errors[path] == found.sample.standard_error(found.leads[path]) > 0
        assert abs(found.leads[path] - exact.leads[path]) < 4 * found.errors[path]


def test_two_of_three_that_are_equal_share_the_lead() -> None:
    found = middle(make_form({"q1": (50, 50, 0), "q2": (40, 40, 50)}, criteria="AB"))
    assert found.leads["a"] == found.leads["b"] == 0
    assert abs(found.leads["c"] - Fraction(1, 6)) < Fraction(2, 100)
    assert found.shared == 1 - found.leads["c"]


def test_a_single_criterion_has_a_single_weighting() -> None:
    assert middle(make_form({"q": (10, 50, 20, 90)})).leads == {"a": 0, "b": 1, "c": 0, "d": 0}


def test_paths_that_nothing_fits_share_the_lead() -> None:
    form = make_form({"q": (0, 0, 0)})
    assert weightings_of(form, {"q": 4}).shared == 1


def test_the_lead_of_four_paths_is_symmetric_in_the_criteria() -> None:
    values = {f"q{i}": tuple(50 if path == i else 0 for path in range(4)) for i in range(4)}
    found = middle(make_form(values, criteria="ABCD"))
    assert all(abs(share - Fraction(1, 4)) < Fraction(2, 100) for share in found.leads.values())


def test_the_order_of_three_paths_does_not_matter() -> None:
    form = with_third(60)
    turned = Form(form.questions, form.paths[::-1], form.ratings)
    assert middle(form).leads == middle(turned).leads


def test_the_drawn_weightings_are_the_same_for_every_process_and_python() -> None:
    values = {"q1": (50, 0, 30), "q2": (30, 50, 20), "q3": (10, 60, 45)}
    leads = middle(make_form(values, criteria="ABC")).leads
    assert leads == {"a": Fraction("0.351"), "b": Fraction("0.3645"), "c": Fraction("0.2845")}
