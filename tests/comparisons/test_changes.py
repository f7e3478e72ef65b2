"""What would change a result, against scoring every changed sheet anew."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons import changes
from comparisons.answers import Answers, AnswerSheet, Form, fill
from comparisons.changes import AnswerChange, Changes, Fewest, ImportanceChange, Outcome, find_changes
from comparisons.scoring import Result, Verdict, score_sheet
from tests.comparisons.forms import FIVE_CRITERIA, make_form
from tests.comparisons.small_forms import lean, small_forms
from tests.comparisons.test_scoring_golden import ANSWERS, FORM, GIG, PROJECT

CERTAIN = (1, 1, 1, 1)


def changes_of(form: Form, options: dict[str, int], **importances: int) -> Changes:
    return find_changes(form, fill(form, Answers(options, importances)))


# The worked example.

EXAMPLE = changes_of(FORM, ANSWERS)


def test_two_questions_of_the_example_reach_a_tie_and_none_gives_it_to_the_other_path() -> None:
    found = {(change.question, change.option): change.outcome for change in EXAMPLE.answers}
    assert list(found) == [("q5", 3), ("q5", 4), ("q9", 3), ("q9", 4)]
    assert {outcome.verdict for outcome in found.values()} == {Verdict.TOO_CLOSE}
    assert [outcome.margin for outcome in found.values()] == [
        Fraction(margin) for margin in ("4.5", "3.5", "4.5", "2.5")
    ]


def test_no_step_of_importance_changes_the_example() -> None:
    assert EXAMPLE.importances == ()


def test_one_answer_of_the_example_reaches_a_tie_and_two_the_other_path() -> None:
    assert EXAMPLE.to_tie == Fewest(1, is_exact=True)
    assert EXAMPLE.to_lean == Fewest(2, is_exact=True)


def test_after_one_question_the_other_gives_the_example_to_the_other_path() -> None:
    found = changes_of(FORM, {**ANSWERS, "q5": 4})
    turned = Outcome(Verdict.LEANS, PROJECT, GIG, Fraction("8.5"))
    assert AnswerChange("q9", 1, 4, turned) in found.answers


# One behaviour after another.


def test_without_enough_answers_nothing_is_listed() -> None:
    assert changes_of(FIVE_CRITERIA, {"q1": 4}) == Changes()
    assert changes_of(FIVE_CRITERIA, {}) == Changes()


def test_a_tie_is_changed_by_what_leads_to_a_lean_to_either_path() -> None:
    form = make_form({"q1": (25, 75), "q2": (75, 25)}, uncertainty=CERTAIN)
    found = changes_of(form, {"q1": 2, "q2": 2})
    leaders = {(change.question, change.option): change.outcome.leader for change in found.answers}
    assert leaders == {
        ("q1", 0): "a",
        ("q1", 1): "a",
        ("q1", 3): "b",
        ("q1", 4): "b",
        ("q2", 0): "b",
        ("q2", 1): "b",
        ("q2", 3): "a",
        ("q2", 4): "a",
    }
    assert (found.to_tie, found.to_lean) == (None, Fewest(1, is_exact=True))


def test_a_step_of_importance_can_lead_to_a_tie_or_from_one() -> None:
    form = make_form({"q1": (50, 0), "q2": (0, 50)}, criteria="AB", uncertainty=CERTAIN)
    tie = Outcome(Verdict.TOO_CLOSE, "a", "b", Fraction(0))
    assert changes_of(form, {"q1": 2, "q2": 2}, A=2, B=1).importances == (
        ImportanceChange("A", 2, 1, tie),
        ImportanceChange("B", 1, 2, tie),
    )
    assert changes_of(form, {"q1": 2, "q2": 2}, A=0, B=0) == Changes()
    from_tie = changes_of(form, {"q1": 2, "q2": 2}, A=4, B=4).importances
    assert [(change.criterion, change.importance, change.outcome.leader) for change in from_tie] == [
        ("A", 3, "b"),
        ("B", 3, "a"),
    ]


def test_answering_a_skipped_question_counts_as_a_changed_answer() -> None:
    form = make_form({"q1": (50, 40), "q2": (50, 40), "q3": (0, 100)}, uncertainty=CERTAIN)
    found = changes_of(form, {"q1": 2, "q2": 2})
    assert [change for change in found.answers if change.was is None] == [
        AnswerChange("q3", None, 3, Outcome(Verdict.LEANS, "b", "a", Fraction(10))),
        AnswerChange("q3", None, 4, Outcome(Verdict.LEANS, "b", "a", Fraction(80, 3))),
    ]


def test_nothing_changes_a_result_that_every_answer_gives() -> None:
    form = make_form({"q1": (50, 0), "q2": (0, 0)}, criteria="AB", uncertainty=CERTAIN)
    certain = changes_of(form, {"q1": 4, "q2": 4}, A=0)
    assert (certain.to_tie, certain.to_lean) == (None, Fewest(None, is_exact=True))


def test_a_question_that_leaps_over_the_tie_reaches_none() -> None:
    form = make_form({"q1": (0, 75)}, uncertainty=CERTAIN)
    found = changes_of(form, {"q1": 0})
    assert (found.to_tie, found.to_lean) == (Fewest(None, is_exact=True), Fewest(1, is_exact=True))


def test_the_fewest_answers_to_a_tie_may_be_more_than_those_to_the_other_path() -> None:
    form = make_form({"q1": (0, 75), "q2": (37, 57)}, uncertainty=CERTAIN)
    found = changes_of(form, {"q1": 0, "q2": 2})
    assert found.to_lean == Fewest(1, is_exact=True)
    assert found.to_tie == Fewest(2, is_exact=True)


def test_where_the_sums_are_too_many_to_list_the_fewest_answers_to_a_tie_are_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "WIDEST_SPAN", 0)
    leaping = make_form({"q1": (0, 75)}, uncertainty=CERTAIN)
    assert changes_of(leaping, {"q1": 0}).to_tie == Fewest(2, is_exact=False)
    assert changes_of(FORM, ANSWERS).to_tie == Fewest(1, is_exact=True)


def test_a_bound_for_three_paths_says_that_it_is_one() -> None:
    values = {f"q{i}": (0, 50, 100) for i in range(4)}
    found = changes_of(make_form(values), dict.fromkeys(values, 0))
    assert found.to_tie == Fewest(2, is_exact=False)
    assert found.to_lean == Fewest(3, is_exact=False)


# Against scoring anew.


@st.composite
def answered(draw: st.DrawFn, paths: tuple[int, int]) -> tuple[Form, AnswerSheet]:
    form = draw(small_forms(paths=paths, questions=(1, 4)))
    options = tuple(draw(st.sampled_from((0, 1, 2, 3, 4, None))) for _ in form.questions)
    return form, AnswerSheet(options, tuple(draw(st.integers(0, 4)) for _ in form.criteria))


def outcome(result: Result) -> Outcome:
    assert result.leader is not None
    assert result.runner_up is not None
    assert result.margin is not None
    return Outcome(result.verdict, result.leader, result.runner_up, result.margin)


def other_options(form: Form, sheet: AnswerSheet) -> list[AnswerChange]:
    now = lean(form, sheet)
    found = []
    for place, was in enumerate(sheet.options):
        for option in {*range(5)} - {was}:
            changed = replace(sheet, options=(*sheet.options[:place], option, *sheet.options[place + 1 :]))
            if lean(form, changed) != now:
                result = outcome(score_sheet(form, changed))
                found.append(AnswerChange(form.questions[place].id, was, option, result))
    return found


def other_importances(form: Form, sheet: AnswerSheet) -> list[ImportanceChange]:
    now = lean(form, sheet)
    found = []
    for place, was in enumerate(sheet.importances):
        for step in {was - 1, was + 1} & {*range(5)}:
            importances = (*sheet.importances[:place], step, *sheet.importances[place + 1 :])
            changed = replace(sheet, importances=importances)
            if lean(form, changed) != now and score_sheet(form, changed).verdict is not Verdict.NOT_ENOUGH:
                result = outcome(score_sheet(form, changed))
                found.append(ImportanceChange(form.criteria[place], was, step, result))
    return found


@given(answered((2, 4)))
@settings(max_examples=100)
def test_single_changes_are_those_that_score_differently(case: tuple[Form, AnswerSheet]) -> None:
    form, sheet = case
    found = find_changes(form, sheet)
    if score_sheet(form, sheet).verdict is Verdict.NOT_ENOUGH:
        assert found == Changes()
    else:
        assert list(found.answers) == other_options(form, sheet)
        assert list(found.importances) == other_importances(form, sheet)


def fewest(form: Form, sheet: AnswerSheet) -> tuple[int | None, int | None]:
    """The least number of answers to a tie, and to a lean to another path, among all answer sets."""
    now = lean(form, sheet)
    numbers: dict[str, list[int]] = {"tie": [], "lean": []}
    choices = [range(5) if option is not None else (None,) for option in sheet.options]
    for options in product(*choices):
        verdict, path = lean(form, replace(sheet, options=options))
        changed = sum(one != other for one, other in zip(options, sheet.options, strict=True))
        if (verdict, path) != now:
            numbers["tie" if verdict is Verdict.TOO_CLOSE else "lean"].append(changed)
    return min(numbers["tie"], default=None), min(numbers["lean"], default=None)


@given(answered((2, 2)))
@settings(max_examples=40)
def test_the_fewest_answers_of_two_paths_are_exact(case: tuple[Form, AnswerSheet]) -> None:
    form, sheet = case
    verdict = score_sheet(form, sheet).verdict
    found, (to_tie, to_lean) = find_changes(form, sheet), fewest(form, sheet)
    if verdict is not Verdict.NOT_ENOUGH:
        assert found.to_lean == Fewest(to_lean, is_exact=True)
        assert found.to_tie == (Fewest(to_tie, is_exact=True) if verdict is Verdict.LEANS else None)


@given(answered((3, 4)))
@settings(max_examples=25)
def test_the_fewest_answers_of_more_paths_are_exact_or_no_more_than_needed(
    case: tuple[Form, AnswerSheet],
) -> None:
    form, sheet = case
    found = find_changes(form, sheet)
    for bound, number in zip((found.to_tie, found.to_lean), fewest(form, sheet), strict=True):
        if bound and bound.is_exact:
            assert bound.number == number
        elif bound:
            assert bound.number is not None
            assert bound.number >= 2
            assert number is None or bound.number <= number


@given(answered((2, 2)))
@settings(max_examples=40)
def test_swapping_two_paths_changes_nothing(case: tuple[Form, AnswerSheet]) -> None:
    form, sheet = case
    one = find_changes(form, sheet)
    other = find_changes(Form(form.questions, form.paths[::-1], form.ratings), sheet)
    assert (one.to_tie, one.to_lean) == (other.to_tie, other.to_lean)
    assert [(c.question, c.option, c.outcome.verdict) for c in one.answers] == [
        (c.question, c.option, c.outcome.verdict) for c in other.answers
    ]
