"""The fairness report: its figures, and what sets off each of its checks."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from comparisons.answers import Form, Question, Rating, Shape
from comparisons.fairness import Report, report
from comparisons.findings import Check, Evidence, Finding, Level, Words
from comparisons.sampling import ANSWER_SETS
from comparisons.scoring import Verdict, score_sheet
from comparisons.wording import QuestionWords
from tests.comparisons.forms import make_form
from tests.comparisons.small_forms import answer_sets, small_forms
from tests.comparisons.test_scoring_golden import FORM, GIG, PROJECT

CITED = Evidence("Platforms publish it.", sources=1)
LABELS = ("None at all", "A little", "A fair amount", "A good deal", "Nearly all")


def words_for(form: Form, reversed_questions: set[str] | None = None) -> Words:
    """Sound words and evidence; every other question is displayed reversed unless it is said which."""
    turned = reversed_questions
    if turned is None:
        turned = {question.id for question in form.questions[1::2]}
    return Words(
        paths={path: f"Path {path}" for path in form.paths},
        questions={
            question.id: QuestionWords(f"How much {question.id}?", LABELS, question.id in turned)
            for question in form.questions
        },
        evidence={path: {question.id: CITED for question in form.questions} for path in form.paths},
    )


def report_on(form: Form) -> Report:
    return report(form, words_for(form))


def of(found: Report, check: Check) -> list[Finding]:
    return [finding for finding in found.findings if finding.check is check]


def levels(found: Report, check: Check) -> list[Level]:
    return [finding.level for finding in of(found, check)]


# The worked example.

EXAMPLE = report_on(FORM)


def test_the_figures_of_the_example() -> None:
    assert {path: round(share * 100, 2) for path, share in EXAMPLE.leaning.items()} == {
        GIG: Fraction("27.12"),
        PROJECT: Fraction("40.58"),
    }
    assert EXAMPLE.too_close == 1 - sum(EXAMPLE.leaning.values())
    assert EXAMPLE.margins[0].mean == -2
    assert (EXAMPLE.middle.verdict, EXAMPLE.middle.leader) == (Verdict.TOO_CLOSE, PROJECT)
    assert EXAMPLE.middle.margin == Fraction("4.5")
    assert EXAMPLE.sample is None


def test_the_example_may_be_published_and_five_questions_have_options_of_the_same_effect() -> None:
    assert EXAMPLE.at(Level.STOPS) == ()
    assert [(finding.check, finding.question) for finding in EXAMPLE.at(Level.WARNS)] == [
        (Check.SAME_EFFECT, question) for question in ("q1", "q4", "q6", "q7", "q8")
    ]


def test_every_check_of_the_example_is_reported() -> None:
    assert {finding.check for finding in EXAMPLE.findings} == set(Check)


def test_the_histogram_of_the_example_has_all_answer_sets() -> None:
    bins = EXAMPLE.margins[0].bins
    assert sum(each.share for each in bins) == 1
    assert sum(each.share for each in bins if each.centre >= 6) == EXAMPLE.leaning[GIG]
    assert sum(each.share for each in bins if each.centre <= -6) == EXAMPLE.leaning[PROJECT]
    assert (bins[0].share > 0, bins[-1].share > 0) == (True, True)
    assert [each.centre for each in bins] == list(range(bins[0].centre, bins[-1].centre + 2, 2))


def test_a_question_of_the_example_alone_turns_at_most_a_quarter_of_the_verdicts() -> None:
    shares = {finding.question: finding.figures["share"] for finding in of(EXAMPLE, Check.TURNING)}
    assert {key: round(share * 100, 1) for key, share in shares.items() if share} == {
        "q5": Fraction("18.0"),
        "q9": Fraction("22.1"),
    }


# Each check, set off and not. Path a of a pair is at the low end.

BALANCED = make_form(
    {"q1": (0, 100), "q2": (100, 0), "q3": (0, 100), "q4": (100, 0), "q5": (5, 95), "q6": (95, 5)},
    criteria="ABCABC",
)


def shaped(*rows: tuple[Shape, int, int]) -> Form:
    """One question, under a criterion of its own, for each row of a shape and the two ratings."""
    questions = tuple(Question(f"q{i}", f"c{i}", shape) for i, (shape, *_) in enumerate(rows))
    return Form(
        questions,
        ("a", "b"),
        {
            path: {f"q{i}": Rating(row[1 + j], 10) for i, row in enumerate(rows)}
            for j, path in enumerate("ab")
        },
    )


# Path a is good for whoever asks for little, so that it fits everybody on these.
ONE_SIDED = shaped(*[(Shape.AT_MOST, 0, 100)] * 3)


def test_a_balanced_form_passes_everything() -> None:
    found = report_on(BALANCED)
    assert {finding.level for finding in found.findings} == {Level.PASSES}


def test_a_path_that_hardly_ever_leads_stops_publication() -> None:
    found = of(report_on(ONE_SIDED), Check.REACH)
    assert [(finding.path, finding.level) for finding in found] == [("a", Level.PASSES), ("b", Level.STOPS)]
    assert found[1].figures == {"share": 0}
    assert found[1].message == (
        "The verdict leans to Path b in 0.0% of all answer sets; it should in at least 15.0%. "
        "Ask about something that speaks for it, or look at its ratings again."
    )


def test_a_mean_margin_beyond_five_points_is_warned_of() -> None:
    [finding] = of(report_on(ONE_SIDED), Check.MEAN_MARGIN)
    assert (finding.level, finding.path, finding.figures) == (Level.WARNS, "a", {"mean": 50})
    at_five = shaped((Shape.AT_MOST, 0, 10), *[(Shape.NEAR, 0, 100)] * 3)
    assert levels(report_on(at_five), Check.MEAN_MARGIN) == [Level.PASSES]


def test_a_verdict_for_the_middle_of_everything_stops_publication() -> None:
    [finding] = of(report_on(ONE_SIDED), Check.ALL_MIDDLE)
    assert (finding.level, finding.path, finding.figures) == (Level.STOPS, "a", {"margin": 50})
    assert levels(report_on(BALANCED), Check.ALL_MIDDLE) == [Level.PASSES]


@pytest.mark.parametrize(
    ("form", "level", "ratio"),
    [
        (BALANCED, Level.PASSES, Fraction(1)),
        (ONE_SIDED, Level.WARNS, None),
        (shaped((Shape.AT_MOST, 0, 80), (Shape.AT_LEAST, 0, 100)), Level.PASSES, Fraction(4, 5)),
        (shaped((Shape.AT_MOST, 0, 79), (Shape.AT_LEAST, 0, 100)), Level.WARNS, Fraction(79, 100)),
        (shaped((Shape.AT_MOST, 0, 100), (Shape.AT_LEAST, 0, 80)), Level.PASSES, Fraction(5, 4)),
        (shaped((Shape.AT_MOST, 0, 100), (Shape.AT_LEAST, 0, 79)), Level.WARNS, Fraction(100, 79)),
        (shaped((Shape.NEAR, 50, 50)), Level.PASSES, None),
    ],
)
def test_a_one_sided_potential_is_warned_of(form: Form, level: Level, ratio: Fraction | None) -> None:
    [finding] = of(report_on(form), Check.POTENTIAL)
    assert (finding.level, finding.figures.get("ratio")) == (level, ratio)


def test_a_dead_question_stops_publication() -> None:
    found = report_on(shaped((Shape.NEAR, 40, 40), (Shape.NEAR, 0, 100)))
    assert [(each.question, each.level) for each in of(found, Check.DEAD)] == [("q0", Level.STOPS)]
    assert [each.question for each in of(found, Check.SAME_EFFECT)] == [None]


def test_options_of_the_same_effect_are_named() -> None:
    [finding] = of(report_on(shaped((Shape.AT_MOST, 0, 60), (Shape.NEAR, 0, 100))), Check.SAME_EFFECT)
    assert (finding.question, finding.level) == ("q0", Level.WARNS)
    assert finding.message.startswith(
        "“How much q0?” makes no difference between “A good deal” and “Nearly all”."
    )


def test_options_that_differ_for_one_of_three_paths_do_not_have_the_same_effect() -> None:
    form = make_form({"q": (0, 0, 100), "r": (0, 50, 100)})
    assert levels(report_on(form), Check.SAME_EFFECT) == [Level.PASSES]


def test_a_question_as_wide_as_all_others_together_does_not_dominate_and_a_wider_one_does() -> None:
    narrow = [(Shape.AT_LEAST, 0, 50)] * 2
    even = of(report_on(shaped((Shape.AT_MOST, 0, 100), *narrow)), Check.DOMINANT)
    assert even[0].level is Level.PASSES
    assert even[0].figures == {"range": Fraction(100, 3), "others": Fraction(100, 3)}
    wide = report_on(shaped((Shape.NEAR, 49, 100), *narrow))
    assert levels(wide, Check.DOMINANT) == [Level.STOPS, Level.PASSES, Level.PASSES]


def test_a_question_that_alone_turns_many_verdicts_is_warned_of() -> None:
    found = of(report_on(shaped((Shape.NEAR, 0, 100), (Shape.NEAR, 45, 55))), Check.TURNING)
    assert [(each.level, each.figures["share"]) for each in found] == [
        (Level.WARNS, Fraction(1)),
        (Level.PASSES, Fraction(0)),
    ]


def test_the_same_verdict_for_both_ends_of_the_page_is_warned_of() -> None:
    [finding] = of(report_on(ONE_SIDED), Check.STRAIGHT_LINING)
    assert (finding.level, finding.path) == (Level.WARNS, "a")
    assert finding.figures == {"first": Fraction(200, 3), "last": Fraction(100, 3)}
    opposed = shaped(*[(Shape.NEAR, 0, 100)] * 4)
    found = report(opposed, words_for(opposed, {"q0"}))
    assert levels(found, Check.STRAIGHT_LINING) == [Level.PASSES]


@pytest.mark.parametrize(
    ("questions", "turned", "level"),
    [
        (1, 0, Level.PASSES),
        (2, 1, Level.PASSES),
        (2, 0, Level.WARNS),
        (6, 1, Level.WARNS),
        (6, 2, Level.PASSES),
        (6, 4, Level.PASSES),
        (6, 5, Level.WARNS),
    ],
)
def test_about_half_of_the_questions_should_be_displayed_reversed(
    questions: int, turned: int, level: Level
) -> None:
    form = shaped(*[(Shape.NEAR, 0, 100)] * questions)
    found = report(form, words_for(form, {f"q{i}" for i in range(turned)}))
    assert levels(found, Check.REVERSED) == [level]
    assert of(found, Check.REVERSED)[0].figures == {"reversed": Fraction(turned, questions)}


def test_a_form_that_hangs_on_every_answer_is_warned_of() -> None:
    found = of(report_on(shaped(*[(Shape.NEAR, 0, 100)] * 3)), Check.SKIPPING)
    assert [(each.level, each.figures["share"]) for each in found] == [(Level.WARNS, Fraction(1))] * 3
    assert "leaves no verdict at all" in found[0].message
    assert set(levels(EXAMPLE, Check.SKIPPING)) == {Level.PASSES}


@pytest.mark.parametrize(
    ("evidence", "check", "level"),
    [
        (Evidence(" ", 1), Check.RATIONALE, Level.STOPS),
        (Evidence("Because.", 0), Check.SOURCE, Level.WARNS),
        (Evidence("Because.", 2, expired=True), Check.EXPIRED, Level.WARNS),
    ],
)
def test_a_rating_without_good_evidence_is_named(evidence: Evidence, check: Check, level: Level) -> None:
    words = words_for(BALANCED)
    ratings: Mapping[str, Evidence] = {**words.evidence["b"], "q2": evidence}
    found = report(BALANCED, replace(words, evidence={**words.evidence, "b": ratings}))
    assert [each for each in found.findings if each.level is not Level.PASSES] == of(found, check)
    [finding] = of(found, check)
    assert (finding.level, finding.path, finding.question) == (level, "b", "q2")
    assert finding.message.startswith("The rating of Path b on “How much q2?” ")


def test_doubtful_wording_is_warned_of_by_question() -> None:
    words = words_for(BALANCED)
    doubtful = QuestionWords("Do you always plan?", LABELS)
    found = report(BALANCED, replace(words, questions={**words.questions, "q1": doubtful}))
    [finding] = of(found, Check.ABSOLUTE)
    assert (finding.level, finding.question) == (Level.WARNS, "q1")
    assert finding.message == (
        "“Do you always plan?” says “always”, to which few can say yes. Ask for a degree instead."
    )


# More than two paths.


def test_three_paths_are_sampled_with_their_error_and_compared_in_pairs() -> None:
    found = report_on(make_form({f"q{i}": (0, 50, 100) for i in range(4)}, criteria="ABCA"))
    assert found.sample == ANSWER_SETS
    assert [(each.first, each.second) for each in found.margins] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert sum(found.leaning.values()) + found.too_close == 1
    for finding in of(found, Check.REACH):
        share = finding.figures["share"]
        assert finding.figures["standard_error"] == ANSWER_SETS.standard_error(share)
    assert all(sum(each.share for each in margins.bins) == 1 for margins in found.margins)


def test_every_one_of_four_paths_needs_its_share() -> None:
    found = report_on(make_form({"q1": (0, 100, 50, 50), "q2": (0, 0, 100, 100)}, uncertainty=(1,) * 4))
    assert [(each.path, each.level) for each in of(found, Check.REACH)] == [
        ("a", Level.PASSES),
        ("b", Level.PASSES),
        ("c", Level.STOPS),
        ("d", Level.STOPS),
    ]


def test_a_form_of_too_many_questions_to_count_is_sampled() -> None:
    found = report_on(make_form({f"q{i}": (0, 100) for i in range(28)}, criteria="AB" * 14))
    assert found.sample == ANSWER_SETS
    assert abs(found.margins[0].mean) == 0


# What holds for all forms.


def figures(found: Report) -> list[tuple[object, ...]]:
    return sorted(
        (each.check, each.level, str(each.question), sorted(each.figures.items()))
        for each in found.findings
        if each.check not in {Check.POTENTIAL}
    )


@given(small_forms())
@settings(max_examples=30)
def test_swapping_two_paths_mirrors_everything(form: Form) -> None:
    one, other = report_on(form), report_on(Form(form.questions, form.paths[::-1], form.ratings))
    assert one.leaning == other.leaning
    assert one.margins[0].mean == -other.margins[0].mean
    assert [(each.centre, each.share) for each in one.margins[0].bins] == [
        (-each.centre, each.share) for each in reversed(other.margins[0].bins)
    ]
    assert figures(one) == figures(other)
    assert levels(one, Check.POTENTIAL) == levels(other, Check.POTENTIAL)


@given(small_forms(paths=(2, 3)))
@settings(max_examples=15)
def test_the_order_of_display_matters_to_straight_lining_alone(form: Form) -> None:
    every = {question.id for question in form.questions}
    one, other = report(form, words_for(form, set())), report(form, words_for(form, every))
    display = {Check.STRAIGHT_LINING, Check.REVERSED}
    assert [each for each in one.findings if each.check not in display] == [
        each for each in other.findings if each.check not in display
    ]
    assert levels(one, Check.STRAIGHT_LINING) == levels(other, Check.STRAIGHT_LINING)
    assert replace(one, findings=()) == replace(other, findings=())


@given(small_forms())
@settings(max_examples=15)
def test_the_report_counts_what_scoring_says(form: Form) -> None:
    results = [score_sheet(form, sheet) for sheet in answer_sets(form)]
    found = report_on(form)
    tied = sum(result.verdict is Verdict.TOO_CLOSE for result in results)
    assert found.too_close == Fraction(tied, len(results))
    near_zero = sum(abs(result.scores["a"] - result.scores["b"]) < 1 for result in results)
    shares = {each.centre: each.share for each in found.margins[0].bins}
    assert shares.get(0, 0) == Fraction(near_zero, len(results))


# Missing words.


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (replace(words_for(BALANCED), questions={}), "“q1” has no words"),
        (replace(words_for(BALANCED), paths={"a": "A"}), "Path “b” has no name"),
        (replace(words_for(BALANCED), evidence={}), "path “a” on question “q1” has no evidence"),
        (
            replace(words_for(BALANCED), questions={"q1": QuestionWords("How much?", ("No", "Yes"))}),
            "“q1” needs 5 options",
        ),
    ],
)
def test_a_report_needs_words_for_everything(words: Words, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        report(BALANCED, words)
