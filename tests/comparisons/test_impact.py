"""What an edit changes, against comparing all answer sets one by one."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.answers import Form, Question, Rating
from comparisons.distribution import mean_scores
from comparisons.impact import Impact, MeanMargin, OtherForm, impact
from comparisons.sampling import ANSWER_SETS
from tests.comparisons.forms import make_form
from tests.comparisons.small_forms import RATINGS, answer_sets, lean, small_forms
from tests.comparisons.test_scoring_golden import FORM, GIG, PROJECT

NAMES = {GIG: "gig work", PROJECT: "project management"}


def with_ratings(form: Form, path: str, **ratings: Rating) -> Form:
    return replace(form, ratings={**form.ratings, path: {**form.ratings[path], **ratings}})


def impact_of(before: Form, after: Form) -> Impact:
    found = impact(before, after)
    assert isinstance(found, Impact)
    return found


def test_no_edit_changes_nothing() -> None:
    found = impact_of(FORM, FORM)
    assert found == Impact((MeanMargin(GIG, PROJECT, Fraction(-2), Fraction(-2)),), Fraction(0))
    assert found.sentence(NAMES) == (
        "This leaves the mean margin as it is and changes the verdict in 0.0% of answer sets."
    )


def test_a_changed_rating_of_the_example_is_told_exactly() -> None:
    found = impact_of(FORM, with_ratings(FORM, GIG, q2=Rating(85, 10)))
    assert (found.sample, found.standard_error) == (None, None)
    assert found.means[0].change == Fraction("3.5")
    assert found.sentence(NAMES) == (
        "This moves the mean margin by 3.5 points towards gig work "
        "and changes the verdict in 22.9% of answer sets."
    )


def test_a_wider_uncertainty_changes_verdicts_without_moving_the_mean() -> None:
    found = impact_of(FORM, with_ratings(FORM, GIG, q9=Rating(10, 20, expired=True)))
    assert found.means[0].change == 0
    assert found.changed > 0


def test_many_changed_ratings_are_sampled_and_say_so() -> None:
    values = {f"q{i}": (i, 97 - 3 * i) for i in range(12)}
    before = make_form(values, criteria="AAABBBBCCCCC")
    after = with_ratings(
        before, "a", **{key: Rating(90 - row[0] ** 2 % 89, 10) for key, row in values.items()}
    )
    found = impact_of(before, after)
    assert found.sample == ANSWER_SETS
    assert found.standard_error == ANSWER_SETS.standard_error(found.changed)
    assert "verdict in about " in found.sentence({"a": "a", "b": "b"})


def test_three_paths_are_sampled_and_each_pair_is_told() -> None:
    before = make_form({"q1": (10, 50, 90), "q2": (90, 10, 50)})
    found = impact_of(before, with_ratings(before, "c", q1=Rating(40, 10)))
    assert found.sample == ANSWER_SETS
    assert [(mean.first, mean.second) for mean in found.means] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.means[0].change == 0
    assert "mean margin of " in found.sentence({"a": "a", "b": "b", "c": "c"})


def test_the_order_of_questions_and_paths_is_no_edit() -> None:
    turned = Form(FORM.questions[::-1], FORM.paths[::-1], FORM.ratings)
    assert impact_of(FORM, turned) == impact_of(FORM, FORM)


def test_forms_that_ask_different_questions_are_not_compared() -> None:
    fewer = Form(FORM.questions[1:], FORM.paths, FORM.ratings)
    assert impact(FORM, fewer) == OtherForm((), ("q1",), (), ())
    assert impact(fewer, FORM) == OtherForm(("q1",), (), (), ())


def test_forms_of_different_paths_are_not_compared() -> None:
    two, three = make_form({"q": (10, 90)}), make_form({"q": (10, 90, 50)})
    found = impact(two, three)
    assert found == OtherForm((), (), ("c",), ())
    assert found.sentence() == (
        "This makes another form (1 path added), and its verdicts cannot be compared one by one."
    )


@st.composite
def edits(draw: st.DrawFn, paths: int) -> tuple[Form, Form]:
    before = draw(small_forms(paths=(paths, paths)))
    after = with_ratings(
        before, "a", **{q.id: draw(RATINGS) for q in before.questions if draw(st.booleans())}
    )
    if draw(st.booleans()):
        moved = Question(before.questions[0].id, draw(st.sampled_from("ABC")), before.questions[0].shape)
        after = replace(after, questions=(moved, *after.questions[1:]))
    return before, after


@given(edits(paths=2))
@settings(max_examples=40)
def test_the_impact_is_that_of_all_answer_sets(forms: tuple[Form, Form]) -> None:
    before, after = forms
    # The criteria may have changed with the question that moved, and with them the length of a sheet.
    changed = [
        lean(before, one) != lean(after, other)
        for one, other in zip(answer_sets(before), answer_sets(after), strict=True)
    ]
    found = impact_of(before, after)
    assert found.changed == Fraction(sum(changed), len(changed))
    old, new = mean_scores(before), mean_scores(after)
    assert found.means[0].change == (new[0] - new[1]) - (old[0] - old[1])


@given(edits(paths=3))
@settings(max_examples=6)
def test_a_sampled_impact_is_near_that_of_all_answer_sets(forms: tuple[Form, Form]) -> None:
    before, after = forms
    changed = [
        lean(before, one) != lean(after, other)
        for one, other in zip(answer_sets(before), answer_sets(after), strict=True)
    ]
    found = impact_of(before, after)
    share = Fraction(sum(changed), len(changed))
    assert abs(found.changed - share) <= 5 * ANSWER_SETS.standard_error(share)


@given(edits(paths=2))
@settings(max_examples=20)
def test_undoing_an_edit_moves_everything_back(forms: tuple[Form, Form]) -> None:
    one, other = impact_of(*forms), impact_of(*forms[::-1])
    assert one.changed == other.changed
    assert one.means[0].change == -other.means[0].change
