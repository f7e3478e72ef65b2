"""A decision form, its ratings, and a reader's answers to it.

Positions, ratings and fits are points on a scale of 0 to 100 (DECISION.md). All of it is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

POSITIONS = (0, 25, 50, 75, 100)
DEFAULT_IMPORTANCE = 2
MAX_IMPORTANCE = 4
MIN_PATHS, MAX_PATHS = 2, 4

# A fit of one question is always a whole number of points; making a Fraction is what costs.
POINTS = tuple(Fraction(points) for points in range(101))


class Shape(StrEnum):
    """How a wish meets a rating."""

    NEAR = "near"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Problem(StrEnum):
    """What is wrong with an answer."""

    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_CRITERION = "unknown_criterion"
    BAD_OPTION = "bad_option"
    BAD_IMPORTANCE = "bad_importance"


ADVICE = {
    Problem.UNKNOWN_QUESTION: "is not a question of this form; answer only the questions it asks",
    Problem.UNKNOWN_CRITERION: "is not a criterion of this form; weigh only the criteria it has",
    Problem.BAD_OPTION: "needs the number of an option, 0 to 4, or nothing to skip the question",
    Problem.BAD_IMPORTANCE: "needs a whole number, 0 to 4, for its importance",
}


class AnswerError(ValueError):
    """An answer that does not fit the form: what is wrong, the id of the question or criterion, the value."""

    def __init__(self, problem: Problem, subject: str, value: object) -> None:
        super().__init__(problem, subject, value)
        self.problem = problem
        self.subject = subject
        self.value = value

    def __str__(self) -> str:
        return f"“{self.subject}” {ADVICE[self.problem]}; got {self.value!r}."


def is_whole(value: object, lowest: int, highest: int) -> bool:
    """Whether the value is an integer, not a truth value, within the two limits."""
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    criterion: str
    shape: Shape

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", Shape(self.shape))


@dataclass(frozen=True, slots=True)
class Rating:
    """A path's place on a question's scale: value 0 to 100, give or take the uncertainty (above 0).

    Raises ValueError for anything else.
    """

    value: int
    uncertainty: int
    expired: bool = False

    def __post_init__(self) -> None:
        if not is_whole(self.value, 0, 100):
            raise ValueError(f"A rating is a whole number from 0 to 100, not {self.value!r}.")
        if not is_whole(self.uncertainty, 1, 100):
            raise ValueError(f"An uncertainty is a whole number from 1 to 100, not {self.uncertainty!r}.")

    @property
    def band(self) -> int:
        """The uncertainty in points, doubled when the source has expired."""
        return self.uncertainty * 2 if self.expired else self.uncertainty


def _points(shape: Shape, answer: int, value: int) -> int:
    match shape:
        case Shape.NEAR:
            return 100 - abs(answer - value)
        case Shape.AT_LEAST:
            return 100 - max(0, answer - value)
        case Shape.AT_MOST:
            return 100 - max(0, value - answer)


def fit(shape: Shape, answer: int, rating: Rating) -> Fraction:
    """How well a rating meets the answer at a position of 0 to 100, in points of 0 to 100.

    near: 100 − |a − r|; at_least: 100 − max(0, a − r); at_most: 100 − max(0, r − a) (DECISION.md).
    Raises ValueError for an unknown shape or an answer outside the scale.
    """
    if not is_whole(answer, 0, 100):
        raise ValueError(f"An answer's position is a whole number from 0 to 100, not {answer!r}.")
    return POINTS[_points(Shape(shape), answer, rating.value)]


@dataclass(frozen=True, slots=True)
class Form:
    """The questions put to a reader and the ratings, by path and question, that answer for the paths.

    Takes 2 to 4 paths and at least one question, with distinct ids, and a rating of every path on every
    question; further ratings are left out. Raises ValueError otherwise. To score with other
    ratings, make another form. The fields that are not arguments are tables by position in the form.
    """

    questions: tuple[Question, ...]
    paths: tuple[str, ...]
    ratings: Mapping[str, Mapping[str, Rating]]
    # The criteria in order of first appearance, and each question's place among them.
    criteria: tuple[str, ...] = field(init=False, repr=False, compare=False)
    homes: tuple[int, ...] = field(init=False, repr=False, compare=False)
    # Points by question, option and path; squared uncertainties by question and path.
    fits: tuple[tuple[tuple[int, ...], ...], ...] = field(init=False, repr=False, compare=False)
    squared_bands: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not MIN_PATHS <= len(self.paths) <= MAX_PATHS:
            raise ValueError(f"A form compares {MIN_PATHS} to {MAX_PATHS} paths, not {len(self.paths)}.")
        if not self.questions:
            raise ValueError("A form asks at least one question; add one.")
        asked = tuple(question.id for question in self.questions)
        _check_distinct("path", self.paths)
        _check_distinct("question", asked)
        # A copy, so that the tables stay true to the ratings.
        ratings = {path: {key: _rating(self.ratings, path, key) for key in asked} for path in self.paths}
        columns = tuple(tuple(ratings[path][key] for path in self.paths) for key in asked)
        criteria = tuple(dict.fromkeys(question.criterion for question in self.questions))
        for name, value in (
            ("ratings", ratings),
            ("criteria", criteria),
            ("homes", tuple(criteria.index(question.criterion) for question in self.questions)),
            ("fits", tuple(map(_fits, self.questions, columns))),
            ("squared_bands", tuple(tuple(rating.band**2 for rating in column) for column in columns)),
        ):
            object.__setattr__(self, name, value)


def _check_distinct(what: str, keys: tuple[str, ...]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"The form names {what} “{key}” more than once; name it once.")


def _rating(ratings: Mapping[str, Mapping[str, Rating]], path: str, question: str) -> Rating:
    try:
        return ratings[path][question]
    except KeyError:
        raise ValueError(f"Path “{path}” has no rating on question “{question}”; add one.") from None


def _fits(question: Question, column: tuple[Rating, ...]) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(_points(question.shape, answer, rating.value) for rating in column) for answer in POSITIONS
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reader said: an option of 0 to 4 by question, an importance of 0 to 4 by criterion.

    A question that is None or absent is skipped; a criterion that is absent has importance 2.
    """

    options: Mapping[str, int | None] = field(default_factory=dict)
    importances: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Answers in the form's order, one for each of its questions and criteria."""

    options: tuple[int | None, ...]
    importances: tuple[int, ...]


def fill(form: Form, answers: Answers) -> AnswerSheet:
    """The answers in the form's order. Raises AnswerError for what the form does not know or allow."""
    asked = tuple(question.id for question in form.questions)
    for question, option in answers.options.items():
        if question not in asked:
            raise AnswerError(Problem.UNKNOWN_QUESTION, question, option)
        if option is not None and not is_whole(option, 0, len(POSITIONS) - 1):
            raise AnswerError(Problem.BAD_OPTION, question, option)
    for criterion, importance in answers.importances.items():
        if criterion not in form.criteria:
            raise AnswerError(Problem.UNKNOWN_CRITERION, criterion, importance)
        if not is_whole(importance, 0, MAX_IMPORTANCE):
            raise AnswerError(Problem.BAD_IMPORTANCE, criterion, importance)
    return AnswerSheet(
        options=tuple(answers.options.get(question) for question in asked),
        importances=tuple(answers.importances.get(name, DEFAULT_IMPORTANCE) for name in form.criteria),
    )
