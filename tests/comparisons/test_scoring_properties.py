"""What holds for every form and all answers."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.answers import POSITIONS, Answers, Form, Question, Rating, Shape, fit
from comparisons.scoring import Result, Verdict, score

# A busy machine is no defect of the scoring.
patient = settings(deadline=None)

ratings = st.builds(Rating, st.integers(0, 100), st.sampled_from((5, 10, 20)), st.booleans())
Case = tuple[Form, Answers]


@st.composite
def forms(draw: st.DrawFn, most_paths: int = 4) -> Form:
    homes = draw(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=10))
    questions = tuple(Question(f"q{i}", home, draw(st.sampled_from(Shape))) for i, home in enumerate(homes))
    paths = ("w", "x", "y", "z")[: draw(st.integers(2, most_paths))]
    return Form(questions, paths, {path: {q.id: draw(ratings) for q in questions} for path in paths})


@st.composite
def cases(draw: st.DrawFn, most_paths: int = 4) -> Case:
    form = draw(forms(most_paths))
    options = st.none() | st.integers(0, 4)
    return form, Answers(
        {question.id: draw(options) for question in form.questions},
        {criterion: draw(st.integers(0, 4)) for criterion in form.criteria},
    )


def outcome(result: Result) -> tuple[object, ...]:
    """What must not depend on any order, nor on which of two equal paths is named first."""
    return (dict(result.scores), result.verdict, result.margin, result.missing, result.answered)


def repeat_criterion(form: Form, answers: Answers, criterion: str) -> Case:
    """The form with every question of a criterion asked, and answered, twice."""
    copies = {q.id: f"{q.id} again" for q in form.questions if q.criterion == criterion}
    again = tuple(replace(q, id=copies[q.id]) for q in form.questions if q.id in copies)
    rated = {path: {**row, **{copies[key]: row[key] for key in copies}} for path, row in form.ratings.items()}
    options = {**answers.options, **{copies[key]: answers.options[key] for key in copies}}
    return Form(form.questions + again, form.paths, rated), replace(answers, options=options)


@given(cases(), st.data())
@patient
def test_asking_a_criterions_questions_twice_leaves_all_scores(case: Case, data: st.DataObject) -> None:
    form, answers = case
    criterion = data.draw(st.sampled_from(form.criteria))
    once, twice = score(form, answers), score(*repeat_criterion(form, answers, criterion))
    assert twice.scores == once.scores
    assert [(part.weight, part.fits) for part in twice.criteria] == [
        (part.weight, part.fits) for part in once.criteria
    ]


@given(cases(), st.data())
@patient
def test_the_order_of_the_paths_changes_nothing(case: Case, data: st.DataObject) -> None:
    form, answers = case
    paths = tuple(data.draw(st.permutations(form.paths)))
    assert outcome(score(replace_paths(form, paths), answers)) == outcome(score(form, answers))


@given(cases(), st.data())
@patient
def test_the_order_of_the_paths_changes_no_leader_and_no_band_of_one(case: Case, data: st.DataObject) -> None:
    form, answers = case
    result = score(form, answers)
    other = score(replace_paths(form, tuple(data.draw(st.permutations(form.paths)))), answers)
    if result.margin:
        assert (other.leader, other.band_squared) == (result.leader, result.band_squared)


def replace_paths(form: Form, paths: tuple[str, ...]) -> Form:
    return Form(form.questions, paths, form.ratings)


@given(cases(), st.data())
@patient
def test_the_order_of_the_questions_changes_nothing(case: Case, data: st.DataObject) -> None:
    form, answers = case
    shuffled = Form(tuple(data.draw(st.permutations(form.questions))), form.paths, form.ratings)
    one, other = score(form, answers), score(shuffled, answers)
    assert outcome(one) == outcome(other)
    assert (one.ranking, one.band_squared) == (other.ranking, other.band_squared)
    assert contributions(one) == contributions(other)


def contributions(result: Result) -> dict[str, Fraction]:
    return {part.question: part.contribution for whole in result.criteria for part in whole.questions}


@given(cases(most_paths=3), st.data())
@patient
def test_another_path_leaves_the_scores_of_the_others(case: Case, data: st.DataObject) -> None:
    form, answers = case
    rated = {**form.ratings, "new": {question.id: data.draw(ratings) for question in form.questions}}
    before = score(form, answers)
    after = score(Form(form.questions, (*form.paths, "new"), rated), answers)
    assert {path: points for path, points in after.scores.items() if path != "new"} == before.scores


@given(cases())
@patient
def test_contributions_sum_to_the_margin_exactly(case: Case) -> None:
    result = score(*case)
    for part in result.criteria:
        assert sum(question.contribution for question in part.questions) == part.contribution
    assert sum(part.contribution for part in result.criteria) == (result.margin or 0)


@given(cases())
@patient
def test_weights_sum_to_one_where_anything_counts(case: Case) -> None:
    result = score(*case)
    for part in result.criteria:
        assert sum(question.weight for question in part.questions) == part.weight
    assert sum(part.weight for part in result.criteria) == (1 if result.scores else 0)


@given(cases())
@patient
def test_every_score_lies_on_the_scale(case: Case) -> None:
    form, answers = case
    result = score(form, answers)
    assert set(result.scores) in (set(form.paths), set())
    assert all(0 <= points <= 100 for points in result.scores.values())


@given(cases())
@patient
def test_the_ranking_follows_the_scores_and_the_margin_its_first_two(case: Case) -> None:
    result = score(*case)
    points = [result.scores[path] for path in result.ranking]
    assert points == sorted(points, reverse=True)
    if points:
        assert (result.leader, result.runner_up) == result.ranking[:2]
        assert result.margin == points[0] - points[1]


@given(cases())
@patient
def test_a_verdict_is_missing_exactly_when_something_is(case: Case) -> None:
    result = score(*case)
    assert (result.verdict is Verdict.NOT_ENOUGH) == (result.missing is not None)


def by_hand(form: Form, answers: Answers) -> tuple[dict[str, Fraction], Callable[[str, str], Fraction]]:
    """The formulas of DECISION.md, one after another in fractions: the scores, and τ² of two paths."""
    answered = {
        criterion: [
            q for q in form.questions if q.criterion == criterion and answers.options[q.id] is not None
        ]
        for criterion in form.criteria
    }
    importance = {c: answers.importances[c] for c in form.criteria if answered[c] and answers.importances[c]}
    weight = {c: Fraction(importance[c], sum(importance.values())) for c in importance}

    def points(path: str, question: Question) -> Fraction:
        option = answers.options[question.id]
        assert option is not None
        return fit(question.shape, POSITIONS[option], form.ratings[path][question.id])

    def band_squared(first: str, second: str) -> Fraction:
        parts = [
            (weight[c] / len(answered[c])) ** 2
            * (form.ratings[first][q.id].band ** 2 + form.ratings[second][q.id].band ** 2)
            for c in weight
            for q in answered[c]
        ]
        return max(Fraction(25), sum(parts, Fraction(0)))

    scores = {
        path: sum(
            (weight[c] * sum(points(path, q) for q in answered[c]) / len(answered[c]) for c in weight),
            Fraction(0),
        )
        for path in form.paths
    }
    return (scores if weight else {}), band_squared


@given(cases())
@patient
def test_scores_band_and_verdict_are_those_of_the_formulas(case: Case) -> None:
    form, answers = case
    result = score(form, answers)
    scores, band_squared = by_hand(form, answers)
    assert result.scores == scores
    if result.leader and result.runner_up and result.margin is not None:
        assert result.band_squared == band_squared(result.leader, result.runner_up)
        assert result.missing or (result.verdict is Verdict.LEANS) == (
            result.margin**2 >= result.band_squared
        )
