"""Decision forms for tests, from the values of their ratings."""

from collections.abc import Mapping

from comparisons.answers import Answers, Form, Question, Rating, Shape
from comparisons.scoring import Result, score


def make_form(
    values: Mapping[str, tuple[int, ...]],
    *,
    criteria: str | None = None,
    uncertainty: tuple[int, ...] = (10, 10, 10, 10),
    expired: tuple[bool, ...] = (False,) * 4,
    shape: Shape = Shape.NEAR,
) -> Form:
    """Values by question for the paths a, b, …; one letter of `criteria` for each question."""
    names = criteria or "A" * len(values)
    paths = tuple("abcd"[: len(next(iter(values.values())))])
    return Form(
        questions=tuple(Question(key, name, shape) for key, name in zip(values, names, strict=True)),
        paths=paths,
        ratings={
            path: {key: Rating(row[i], uncertainty[i], expired[i]) for key, row in values.items()}
            for i, path in enumerate(paths)
        },
    )


def middle(form: Form, **options: int | None) -> Result:
    """The result of answering every question with its middle option, apart from some."""
    return score(form, Answers({**{question.id: 2 for question in form.questions}, **options}))


def one_question(
    b: int, *, uncertainty: tuple[int, int], expired: tuple[bool, bool] = (False, False)
) -> Result:
    """Path a fits perfectly and path b sits at `b`; the only question has all the weight."""
    return middle(make_form({"q": (50, b)}, uncertainty=uncertainty, expired=expired))


FIVE_CRITERIA = make_form({f"q{i}": (80, 20) for i in range(1, 11)}, criteria="AABBCCDDEE")


def answer_first(form: Form, count: int, **importances: int) -> Result:
    return score(form, Answers({question.id: 4 for question in form.questions[:count]}, importances))
