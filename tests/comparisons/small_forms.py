"""Forms small enough to list all their answer sets, and the verdicts of those."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from comparisons.answers import DEFAULT_IMPORTANCE, AnswerSheet, Form, Question, Rating, Shape
from comparisons.scoring import Verdict, score_sheet

# Few values and certain ratings, so that ties and margins on the edge of the band are common.
VALUES = st.sampled_from((0, 10, 25, 40, 50, 75, 80, 100)) | st.integers(0, 100)
RATINGS = st.builds(Rating, VALUES, st.sampled_from((1, 5, 10, 20)), st.booleans())
Lean = tuple[Verdict, str | None]


@st.composite
def small_forms(
    draw: st.DrawFn, *, paths: tuple[int, int] = (2, 2), questions: tuple[int, int] = (1, 3)
) -> Form:
    homes = draw(st.lists(st.sampled_from("ABC"), min_size=questions[0], max_size=questions[1]))
    asked = tuple(Question(f"q{i}", home, draw(st.sampled_from(Shape))) for i, home in enumerate(homes))
    contenders = tuple("abcd"[: draw(st.integers(*paths))])
    return Form(asked, contenders, {path: {q.id: draw(RATINGS) for q in asked} for path in contenders})


def complete(form: Form, options: tuple[int | None, ...]) -> AnswerSheet:
    return AnswerSheet(options, (DEFAULT_IMPORTANCE,) * len(form.criteria))


def answer_sets(form: Form) -> Iterator[AnswerSheet]:
    """All complete answer sets, of equal importances."""
    for options in product(range(5), repeat=len(form.questions)):
        yield complete(form, options)


def lean(form: Form, sheet: AnswerSheet) -> Lean:
    """The verdict, and the path it leans to."""
    result = score_sheet(form, sheet)
    return result.verdict, result.leader if result.verdict is Verdict.LEANS else None
