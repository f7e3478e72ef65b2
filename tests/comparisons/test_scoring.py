from fractions import Fraction

import pytest

from comparisons.answers import Answers, AnswerSheet, Question, Rating, Shape, fit
from comparisons.scoring import Shortfall, Verdict, score, weigh
from tests.comparisons.forms import FIVE_CRITERIA, answer_first, make_form, middle, one_question

# How a wish meets a rating.


@pytest.mark.parametrize(
    ("shape", "answer", "rating", "points"),
    [
        (Shape.NEAR, 25, 80, 45),
        (Shape.NEAR, 80, 25, 45),
        (Shape.AT_LEAST, 75, 20, 45),
        (Shape.AT_LEAST, 20, 75, 100),
        (Shape.AT_MOST, 25, 80, 45),
        (Shape.AT_MOST, 80, 25, 100),
        (Shape.NEAR, 0, 100, 0),
        (Shape.AT_LEAST, 100, 0, 0),
        (Shape.AT_MOST, 0, 100, 0),
    ],
)
def test_a_fit_loses_the_points_by_which_the_wish_is_missed(
    shape: Shape, answer: int, rating: int, points: int
) -> None:
    assert fit(shape, answer, Rating(rating, 10)) == points


@pytest.mark.parametrize("answer", [-1, 101, True, 50.0])
def test_a_fit_refuses_an_answer_outside_the_scale(answer: int) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        fit(Shape.NEAR, answer, Rating(50, 10))


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        Question("q", "A", "sideways")  # type: ignore[arg-type]


# Verdicts and their band.


@pytest.mark.parametrize(
    ("b", "uncertainty", "verdict"),
    [
        (55, (1, 1), Verdict.LEANS),  # the band is never narrower than 5
        (54, (1, 1), Verdict.TOO_CLOSE),
        (60, (6, 8), Verdict.LEANS),  # 6² + 8² = 10²
        (59, (6, 8), Verdict.TOO_CLOSE),
        (65, (10, 10), Verdict.LEANS),  # 14² < 10² + 10² < 15²
        (64, (10, 10), Verdict.TOO_CLOSE),
    ],
)
def test_a_margin_as_wide_as_the_band_leans_and_a_smaller_one_does_not(
    b: int, uncertainty: tuple[int, int], verdict: Verdict
) -> None:
    result = one_question(b, uncertainty=uncertainty)
    assert result.margin == b - 50
    assert result.verdict is verdict


def test_the_band_is_kept_as_an_exact_square() -> None:
    assert one_question(60, uncertainty=(10, 10)).band_squared == 200
    assert one_question(60, uncertainty=(1, 1)).band_squared == 25


def test_an_expired_rating_counts_with_twice_its_uncertainty() -> None:
    fresh = one_question(60, uncertainty=(6, 8))
    expired = one_question(60, uncertainty=(6, 8), expired=(False, True))
    assert (fresh.verdict, fresh.band_squared) == (Verdict.LEANS, 100)
    assert (expired.verdict, expired.band_squared) == (Verdict.TOO_CLOSE, 36 + 256)
    assert expired.scores == fresh.scores


def test_more_questions_narrow_the_band() -> None:
    result = middle(make_form({"q1": (50, 60), "q2": (50, 60)}, uncertainty=(20, 20)))
    assert result.band_squared == 2 * Fraction(1, 4) * 800


def test_an_unanswered_or_unimportant_question_does_not_widen_the_band() -> None:
    form = make_form({"q1": (50, 60), "q2": (50, 60), "q3": (50, 60)}, criteria="AAB", uncertainty=(6, 8))
    result = score(form, Answers({"q1": 2, "q3": 2}, {"B": 0}))
    assert result.band_squared == 100


def test_equal_paths_are_too_close_and_the_first_of_the_form_is_named_first() -> None:
    result = middle(make_form({"q": (30, 70)}))
    assert (result.verdict, result.ranking, result.margin) == (Verdict.TOO_CLOSE, ("a", "b"), 0)


def test_a_lead_of_the_second_path_is_as_good_as_one_of_the_first() -> None:
    result = middle(make_form({"q": (10, 50)}))
    assert (result.verdict, result.leader, result.runner_up) == (Verdict.LEANS, "b", "a")
    assert result.margin == 40


def test_four_paths_are_ranked_and_the_first_two_compared() -> None:
    result = middle(make_form({"q": (0, 40, 50, 90)}))
    assert result.ranking == ("c", "b", "d", "a")
    assert result.scores == {"a": 50, "b": 90, "c": 100, "d": 60}
    assert result.margin == 10


@pytest.mark.parametrize("uncertainty", [(5, 5, 20), (5, 20, 5)])
def test_of_two_tied_behind_the_leader_the_least_certain_sets_the_band(uncertainty: tuple[int, ...]) -> None:
    result = middle(make_form({"q": (50, 60, 60)}, uncertainty=uncertainty))
    assert result.band_squared == 5**2 + 20**2
    assert result.verdict is Verdict.TOO_CLOSE


# Weights and skips.


def test_a_criterion_with_more_questions_weighs_no_more() -> None:
    form = make_form({"q1": (50, 0), "q2": (50, 0), "q3": (0, 50)}, criteria="AAB")
    result = middle(form)
    assert [part.weight for part in result.criteria] == [Fraction(1, 2)] * 2
    assert [part.weight for part in result.criteria[0].questions] == [Fraction(1, 4)] * 2
    assert result.margin == 0


def test_importance_is_two_where_it_is_left_alone() -> None:
    form = make_form({"q1": (50, 0), "q2": (50, 0), "q3": (50, 0)}, criteria="ABC")
    result = score(form, Answers({"q1": 2, "q2": 2, "q3": 2}, {"A": 4, "B": 1}))
    assert [part.weight for part in result.criteria] == [Fraction(4, 7), Fraction(1, 7), Fraction(2, 7)]
    assert [part.importance for part in result.criteria] == [4, 1, 2]


def test_a_criterion_without_importance_is_shown_and_does_not_count() -> None:
    form = make_form({"q1": (50, 0), "q2": (0, 50)}, criteria="AB")
    result = score(form, Answers({"q1": 2, "q2": 2}, {"B": 0}))
    ignored = result.criteria[1]
    assert result.scores == {"a": 100, "b": 50}
    assert (ignored.weight, ignored.contribution, ignored.fits) == (0, 0, {"a": 50, "b": 100})
    assert result.verdict is Verdict.LEANS


@pytest.mark.parametrize("options", [{"q1": 2, "q2": 2, "q3": None}, {"q1": 2, "q2": 2}])
def test_a_skipped_question_leaves_the_calculation(options: dict[str, int | None]) -> None:
    form = make_form({"q1": (50, 0), "q2": (0, 50), "q3": (0, 100)}, criteria="ABB")
    result = score(form, Answers(options))
    skipped = result.criteria[1].questions[1]
    assert (skipped.answer, skipped.weight, skipped.fits, skipped.contribution) == (None, 0, {}, 0)
    assert result.criteria[1].questions[0].weight == Fraction(1, 2)
    assert (result.answered, result.total, result.margin) == (2, 3, 0)


def test_a_criterion_without_answers_leaves_the_calculation() -> None:
    result = middle(FIVE_CRITERIA, q1=None, q2=None)
    empty = result.criteria[0]
    assert (empty.weight, empty.fits, empty.contribution) == (0, {}, 0)
    assert [part.weight for part in result.criteria[1:]] == [Fraction(1, 4)] * 4


def test_criteria_and_questions_keep_the_order_of_the_form() -> None:
    result = middle(make_form({"q3": (1, 2), "q1": (1, 2), "q2": (1, 2)}, criteria="ZAZ"))
    assert [part.criterion for part in result.criteria] == ["Z", "A"]
    assert [part.question for part in result.criteria[0].questions] == ["q3", "q2"]


def test_weights_are_whole_shares_of_their_denominator() -> None:
    weights = weigh(FIVE_CRITERIA, AnswerSheet((1, None, *(1,) * 8), (4, 2, 2, 0, 2)))
    assert weights.denominator == sum(weights.questions) == sum(weights.criteria)
    assert [weights.share(part) * 20 for part in weights.questions] == [8, 0, 2, 2, 2, 2, 0, 0, 2, 2]


def test_answers_are_reported_as_positions() -> None:
    result = score(make_form({"q": (0, 100)}), Answers({"q": 3}))
    assert result.criteria[0].questions[0].answer == 75


# Not enough answers.


def test_six_of_ten_questions_are_enough_and_five_are_not() -> None:
    enough, short = answer_first(FIVE_CRITERIA, 6), answer_first(FIVE_CRITERIA, 5)
    assert (enough.verdict, enough.missing) == (Verdict.LEANS, None)
    assert short.verdict is Verdict.NOT_ENOUGH
    assert short.missing == Shortfall(answers_needed=1, criteria_needed=0, no_importance=False)


@pytest.mark.parametrize(("questions", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (12, 8)])
def test_sixty_percent_is_never_rounded_down(questions: int, needed: int) -> None:
    form = make_form({f"q{i}": (80, 20) for i in range(questions)})
    assert answer_first(form, needed).missing is None
    short = answer_first(form, needed - 1).missing
    assert short is not None
    assert short.answers_needed == 1


def test_three_criteria_are_needed_however_many_questions_are_answered() -> None:
    form = make_form({f"q{i}": (80, 20) for i in range(8)}, criteria="AAABBBCD")
    result = answer_first(form, 6)
    assert result.verdict is Verdict.NOT_ENOUGH
    assert result.missing == Shortfall(answers_needed=0, criteria_needed=1, no_importance=False)
    assert answer_first(form, 7).verdict is Verdict.LEANS


def test_a_form_of_two_criteria_needs_both() -> None:
    form = make_form({"q1": (80, 20), "q2": (80, 20), "q3": (80, 20)}, criteria="AAB")
    short = answer_first(form, 2).missing
    assert short == Shortfall(answers_needed=0, criteria_needed=1, no_importance=False)
    assert answer_first(form, 3).verdict is Verdict.LEANS


def test_a_criterion_without_importance_counts_as_answered() -> None:
    result = answer_first(FIVE_CRITERIA, 6, A=0, B=0)
    assert (result.verdict, result.missing) == (Verdict.LEANS, None)


def test_scores_are_known_before_there_are_enough_answers() -> None:
    result = answer_first(FIVE_CRITERIA, 1)
    assert result.verdict is Verdict.NOT_ENOUGH
    assert result.scores == {"a": 80, "b": 20}
    assert (result.leader, result.margin) == ("a", 60)


def test_no_answers_at_all_give_a_result_without_scores() -> None:
    result = score(FIVE_CRITERIA, Answers())
    assert result.verdict is Verdict.NOT_ENOUGH
    assert result.missing == Shortfall(answers_needed=6, criteria_needed=3, no_importance=False)
    assert (result.scores, result.ranking, result.strongest_against) == ({}, (), None)
    assert (result.leader, result.runner_up, result.margin, result.band_squared) == (None,) * 4
    assert (result.answered, result.total) == (0, 10)


def test_answers_of_no_importance_give_no_verdict_for_a_reason_of_its_own() -> None:
    result = answer_first(FIVE_CRITERIA, 10, A=0, B=0, C=0, D=0, E=0)
    assert result.verdict is Verdict.NOT_ENOUGH
    assert result.missing == Shortfall(answers_needed=0, criteria_needed=0, no_importance=True)
    assert (result.scores, result.leader, result.margin) == ({}, None, None)
    assert result.criteria[0].fits == {"a": 80, "b": 20}


def test_everything_that_is_missing_is_said_at_once() -> None:
    result = answer_first(FIVE_CRITERIA, 1, A=0)
    assert result.missing == Shortfall(answers_needed=5, criteria_needed=2, no_importance=True)


def test_importance_of_unanswered_criteria_gives_no_weight() -> None:
    result = answer_first(FIVE_CRITERIA, 6, A=0, B=0, C=0)
    assert result.missing == Shortfall(answers_needed=0, criteria_needed=0, no_importance=True)


# What speaks against the leader.


def test_nothing_speaks_against_a_path_that_is_better_everywhere() -> None:
    assert answer_first(FIVE_CRITERIA, 10).strongest_against is None


def test_a_question_can_speak_against_the_leader_where_no_criterion_does() -> None:
    values = {"q1": (50, 40), "q2": (40, 50), "q3": (50, 0)}
    objection = middle(make_form(values, criteria="AAB")).strongest_against
    assert objection is not None
    assert objection.criterion is None
    assert (objection.question.question, objection.question.contribution) == ("q2", Fraction(-5, 2))


def test_the_strongest_question_and_criterion_against_the_leader_may_lie_apart() -> None:
    values = {"q1": (50, 0), "q2": (10, 50), "q3": (40, 50), "q4": (50, 0)}
    objection = middle(make_form(values, criteria="AABC")).strongest_against
    assert objection is not None
    assert objection.criterion is not None
    assert (objection.criterion.criterion, objection.question.question) == ("B", "q2")


# What is refused.
