"""The worked example of DECISION.md: every number of it that scoring alone can show."""

from collections import Counter
from fractions import Fraction

from comparisons.answers import POSITIONS, Answers, Form, Question, Rating, Shape, fit
from comparisons.scoring import Result, Verdict, score

GIG, PROJECT = "microtask-gig-work", "remote-project-management"
TABLE = (
    ("q1", "Skills", Shape.AT_MOST, 5, 75),
    ("q2", "Skills", Shape.AT_LEAST, 15, 85),
    ("q3", "Earning", Shape.AT_LEAST, 20, 85),
    ("q4", "Earning", Shape.AT_MOST, 10, 75),
    ("q5", "Structure", Shape.NEAR, 10, 80),
    ("q6", "Structure", Shape.AT_MOST, 85, 30),
    ("q7", "Autonomy", Shape.AT_MOST, 5, 70),
    ("q8", "Autonomy", Shape.AT_LEAST, 15, 75),
    ("q9", "Relationships", Shape.NEAR, 10, 85),
    ("q10", "Relationships", Shape.AT_MOST, 10, 85),
)
FORM = Form(
    questions=tuple(Question(key, criterion, shape) for key, criterion, shape, *_ in TABLE),
    paths=(GIG, PROJECT),
    ratings={
        GIG: {key: Rating(gig, 10) for key, _, _, gig, _ in TABLE},
        PROJECT: {key: Rating(project, 10) for key, _, _, _, project in TABLE},
    },
)
ANSWERS = dict(zip([row[0] for row in TABLE], (2, 3, 1, 0, 1, 2, 1, 2, 1, 1), strict=True))


def result_with(**changed: int) -> Result:
    return score(FORM, Answers({**ANSWERS, **changed}))


def test_the_scores_and_the_margin() -> None:
    result = result_with()
    assert result.scores == {GIG: Fraction("82.5"), PROJECT: Fraction("68.0")}
    assert (result.leader, result.runner_up) == (GIG, PROJECT)
    assert result.ranking == (GIG, PROJECT)
    assert result.margin == Fraction("14.5")
    assert (result.answered, result.total, result.missing) == (10, 10, None)


def test_the_verdict_leans_outside_a_band_of_five_points() -> None:
    result = result_with()
    assert result.band_squared == 25
    assert result.verdict is Verdict.LEANS


def test_the_contributions_of_the_criteria() -> None:
    assert {part.criterion: part.contribution for part in result_with().criteria} == {
        "Skills": Fraction("-3.5"),
        "Earning": Fraction(6),
        "Structure": Fraction("0.5"),
        "Autonomy": Fraction(1),
        "Relationships": Fraction("10.5"),
    }


def test_every_criterion_weighs_a_fifth_and_every_question_a_tenth() -> None:
    criteria = result_with().criteria
    assert [part.weight for part in criteria] == [Fraction(1, 5)] * 5
    assert [part.weight for whole in criteria for part in whole.questions] == [Fraction(1, 10)] * 10


def test_skills_and_the_wish_to_build_them_speak_most_against_gig_work() -> None:
    objection = result_with().strongest_against
    assert objection is not None
    assert objection.criterion is not None
    assert objection.criterion.criterion == "Skills"
    assert (objection.question.question, objection.question.contribution) == ("q2", -6)


def test_no_single_answer_gives_it_to_the_other_path_and_two_questions_reach_a_tie() -> None:
    verdicts = {
        (key, option): result_with(**{key: option}) for key in ANSWERS for option in range(len(POSITIONS))
    }
    assert not [
        change
        for change, result in verdicts.items()
        if (result.verdict, result.leader) == (Verdict.LEANS, PROJECT)
    ]
    assert {change for change, result in verdicts.items() if result.verdict is Verdict.TOO_CLOSE} == {
        ("q5", 3),
        ("q5", 4),
        ("q9", 3),
        ("q9", 4),
    }


def test_both_of_these_at_the_last_option_turn_the_verdict() -> None:
    result = result_with(q5=4, q9=4)
    assert (result.verdict, result.leader, result.margin) == (Verdict.LEANS, PROJECT, Fraction("8.5"))


def test_all_middle_answers_stay_within_the_band() -> None:
    result = result_with(**dict.fromkeys(ANSWERS, 2))
    assert (result.leader, result.margin) == (PROJECT, Fraction("4.5"))
    assert result.verdict is Verdict.TOO_CLOSE


def margins() -> Counter[Fraction]:
    """How many of the 5^10 answer sets have which margin for gig work, by convolution."""
    sets = Counter({Fraction(0): 1})
    for question in FORM.questions:
        ratings = FORM.ratings[GIG][question.id], FORM.ratings[PROJECT][question.id]
        longer: Counter[Fraction] = Counter()
        for position in POSITIONS:
            gig, project = (fit(question.shape, position, rating) for rating in ratings)
            for margin, count in sets.items():
                longer[margin + (gig - project) / 10] += count
        sets = longer
    return sets


def test_over_all_answer_sets_the_shares_and_the_mean_margin() -> None:
    sets = margins()
    total = sets.total()
    assert total == 9_765_625
    gig = Fraction(sum(count for margin, count in sets.items() if margin >= 5), total)
    project = Fraction(sum(count for margin, count in sets.items() if margin <= -5), total)
    assert (round(gig * 100, 2), round(project * 100, 2)) == (Fraction("27.12"), Fraction("40.58"))
    assert sum(margin * count for margin, count in sets.items()) / total == -2
