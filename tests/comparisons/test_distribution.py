"""The margin over all answer sets, exactly and by sample, against listing them."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.answers import Form
from comparisons.distribution import AllAnswerSets, all_answer_sets, distribution, mean_scores
from comparisons.sampling import Lanes, Sample, SampledAnswerSets, draw_options, sampled_answer_sets
from comparisons.scoring import Verdict, score_sheet
from tests.comparisons.forms import make_form
from tests.comparisons.small_forms import answer_sets, complete, lean, small_forms
from tests.comparisons.test_scoring_golden import FORM

# Distributions.

rows = st.lists(st.tuples(*[st.integers(-60, 60)] * 5), max_size=4)


@given(rows, st.sampled_from((1, 5, 12)))
@settings(max_examples=20)
def test_a_distribution_counts_every_choice(table: list[tuple[int, ...]], factor: int) -> None:
    scaled = [tuple(value * factor for value in row) for row in table]
    counts = Counter(map(sum, product(*scaled)))
    found = distribution(scaled)
    assert dict(found.items()) == counts
    assert found.total == 5 ** len(table)


@given(rows, st.integers(-250, 250), st.integers(-250, 250))
@settings(max_examples=20)
def test_sums_in_an_interval_are_counted(table: list[tuple[int, ...]], low: int, high: int) -> None:
    sums = [sum(choice) for choice in product(*table)]
    found = distribution(table)
    assert found.below(low) == sum(value < low for value in sums)
    assert found.between(low, high) == sum(low <= value <= high for value in sums)


def test_the_largest_distribution_keeps_its_counts_apart() -> None:
    assert dict(distribution([(0, 0, 0, 0, 1)] * 27).items())[0] == 4**27
    assert dict(distribution([(3,) * 5] * 27).items()) == {81: 5**27}
    with pytest.raises(ValueError, match="Up to 27 questions"):
        distribution([(3,) * 5] * 28)


# Lanes.


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1), st.integers(-400, 400))
@settings(max_examples=20)
def test_lanes_are_compared_each_for_itself(pairs: list[tuple[int, int]], limit: int) -> None:
    lanes = Lanes(len(pairs), 2)
    one, other = (lanes.pack_bytes(bytes(column)) for column in zip(*pairs, strict=True))
    mask = lanes.at_least(3 * one - 2 * other, limit)
    reached = [3 * first - 2 * second >= limit for first, second in pairs]
    assert mask == lanes.pack([int(each) << 15 for each in reached])
    assert mask.bit_count() == sum(reached)


def test_lanes_hold_numbers_of_several_bytes() -> None:
    assert Lanes(3, 3).pack([1, 2**24 - 1, 2]) == 1 + ((2**24 - 1) << 24) + (2 << 48)


# All answer sets of two paths.


def share(found: Sequence[bool]) -> Fraction:
    return Fraction(sum(found), len(found))


@given(small_forms())
@settings(max_examples=20)
def test_shares_of_verdicts_and_leads_are_those_of_all_answer_sets(form: Form) -> None:
    sets = all_answer_sets(form)
    results = [score_sheet(form, sheet) for sheet in answer_sets(form)]
    assert sets is not None
    assert sets.leaning() == tuple(
        share([result.verdict is Verdict.LEANS and result.leader == path for result in results])
        for path in form.paths
    )
    for points in (-30, -1, 0, 1, 5, 40):
        assert sets.ahead(0, 1, points) == share([r.scores["a"] - r.scores["b"] >= points for r in results])
        assert sets.ahead(1, 0, points) == share([r.scores["b"] - r.scores["a"] >= points for r in results])


def turned(form: Form, question: int, options: tuple[int, ...]) -> bool:
    """Whether the paths that these answers lean to differ with the answer to one question."""
    leans = {
        lean(form, complete(form, (*options[:question], option, *options[question + 1 :])))
        for option in range(5)
    }
    return sum(verdict is Verdict.LEANS for verdict, _ in leans) > 1


def without(options: tuple[int, ...], question: int) -> tuple[int | None, ...]:
    return (*options[:question], None, *options[question + 1 :])


def loses_its_verdict(form: Form, question: int) -> bool:
    options = without((0,) * len(form.questions), question)
    return score_sheet(form, complete(form, options)).verdict is Verdict.NOT_ENOUGH


def check_question_by_question(
    form: Form, sets: AllAnswerSets | SampledAnswerSets, listed: list[tuple[int, ...]]
) -> None:
    for question in range(len(form.questions)):
        assert sets.turned_by(question) == share([turned(form, question, options) for options in listed])
        if not loses_its_verdict(form, question):
            assert sets.changed_without(question) == share(
                [
                    lean(form, complete(form, options))
                    != lean(form, complete(form, without(options, question)))
                    for options in listed
                ]
            )


@given(small_forms(questions=(2, 3)))
@settings(max_examples=20)
def test_what_single_questions_turn_and_change_is_that_of_all_answer_sets(form: Form) -> None:
    sets = all_answer_sets(form)
    assert sets is not None
    check_question_by_question(form, sets, list(product(range(5), repeat=len(form.questions))))


@given(small_forms(paths=(2, 4)))
@settings(max_examples=20)
def test_mean_scores_are_those_of_all_answer_sets(form: Form) -> None:
    results = [score_sheet(form, sheet).scores for sheet in answer_sets(form)]
    assert mean_scores(form) == tuple(
        sum(scores[path] for scores in results) / len(results) for path in form.paths
    )


def test_only_two_paths_and_not_too_many_questions_are_counted_exactly() -> None:
    assert all_answer_sets(make_form({"q": (0, 50, 100)})) is None
    assert all_answer_sets(make_form({f"q{i}": (10, 90) for i in range(27)})) is not None
    assert all_answer_sets(make_form({f"q{i}": (10, 90) for i in range(28)})) is None


def test_too_many_different_margins_are_not_listed() -> None:
    criteria = "A" + "B" * 5 + "C" * 7 + "D" * 8
    form = make_form({f"q{i}": (0, 95 + i % 5) for i in range(21)}, criteria=criteria)
    assert all_answer_sets(form) is None


# Sampled answer sets.

FEW = Sample(40)


@given(small_forms(paths=(2, 4), questions=(3, 5)))
@settings(max_examples=20)
def test_sampled_sets_have_the_verdicts_of_scoring(form: Form) -> None:
    sets = sampled_answer_sets(form, FEW)
    drawn = list(zip(*draw_options(FEW, len(form.questions)), strict=True))
    results = [score_sheet(form, complete(form, options)) for options in drawn]
    assert sets.leaning() == tuple(
        share([result.verdict is Verdict.LEANS and result.leader == path for result in results])
        for path in form.paths
    )
    for (first, one), (second, other) in combinations(enumerate(form.paths), 2):
        assert sets.ahead(first, second, 7) == share([r.scores[one] - r.scores[other] >= 7 for r in results])
    check_question_by_question(form, sets, drawn)


def test_a_sample_of_the_example_is_near_the_exact_shares() -> None:
    exact, sampled = all_answer_sets(FORM), sampled_answer_sets(FORM)
    assert exact is not None
    pairs = [
        *zip(exact.leaning(), sampled.leaning(), strict=True),
        (exact.turned_by(4), sampled.turned_by(4)),
        (exact.changed_without(4), sampled.changed_without(4)),
    ]
    for one, other in pairs:
        assert abs(one - other) < 4 * sampled.sample.standard_error(other)


def test_a_sample_is_the_same_for_every_process_and_python() -> None:
    first, second = draw_options(Sample(20_000), 2)
    assert list(first[:12]) == [2, 2, 2, 2, 0, 4, 3, 1, 4, 1, 3, 0]
    assert list(second[:12]) == [2, 1, 4, 3, 2, 0, 4, 3, 2, 0, 0, 4]


@pytest.mark.parametrize(
    ("estimate", "error"), [("0", "0"), ("1", "0"), ("0.5", "0.05"), ("0.2", "0.04"), ("0.3", "0.045825")]
)
def test_the_standard_error_is_that_of_a_share(estimate: str, error: str) -> None:
    assert Sample(100).standard_error(Fraction(estimate)) == Fraction(error)
