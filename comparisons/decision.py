"""A comparison's decision form: documents in, questions and ratings out; answers in, a result out. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from articles import formats
from comparisons import answers, scoring
from comparisons.answers import Answers
from comparisons.scoring import Result

JSON = Mapping[str, Any]
UNRATED = _("There is no decision form yet: no question has a rating for every path.")


class NoForm(Exception):
    """The comparison has no question on which all its paths are rated."""


@dataclass(frozen=True, slots=True)
class Path:
    id: str
    name: str
    slug: str
    language: str


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    name: str
    swing: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its words; `options` stand at 0, 25, 50, 75 and 100."""

    id: str
    criterion: str
    prompt: str
    help: str
    shape: str
    options: tuple[str, ...]
    reversed: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a path stands where it does on a question."""

    rationale: str
    sources: tuple[JSON, ...]
    expired: str = ""  # the last day of the first of them that had expired


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """What is asked, in order, and what is known: the words around a form of `answers`."""

    paths: tuple[Path, ...]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    grounds: Mapping[str, Mapping[str, Grounds]]  # by path and question
    table: answers.Form
    language: str  # of what is asked

    def score(self, given: Answers) -> Result:
        return scoring.score(self.table, given)


def build(comparison: JSON, paths: Sequence[JSON], bank: JSON, today: date) -> DecisionForm:
    """The form of a comparison from the documents that are live together on a day.

    Asks the questions that the comparison chose, or else all, as far as every path has a rating on them.
    A rating counts as expired when one of its sources is valid only until before the day. Raises NoForm
    where nothing is left to ask.
    """
    rated = [{rating["question"]: rating for rating in path["ratings"]} for path in paths]
    questions = _asked(comparison, bank, rated)
    if not questions:
        raise NoForm(UNRATED)
    return DecisionForm(
        paths=tuple(Path(path["id"], path["title"], path["slug"], path["language"]) for path in paths),
        criteria=_criteria(bank, questions),
        questions=questions,
        grounds={
            path["id"]: {question.id: _grounds(path, ratings[question.id], today) for question in questions}
            for path, ratings in zip(paths, rated, strict=True)
        },
        table=answers.Form(
            questions=tuple(answers.Question(q.id, q.criterion, answers.Shape(q.shape)) for q in questions),
            paths=tuple(path["id"] for path in paths),
            ratings={
                path["id"]: {q.id: _rating(path, ratings[q.id], today) for q in questions}
                for path, ratings in zip(paths, rated, strict=True)
            },
        ),
        language=bank["language"],
    )


def asked(chosen: Sequence[str], known: Sequence[str], rated: Sequence[Collection[str]]) -> list[str]:
    """The ids of the questions: those chosen, or else all known, on which every path has a rating."""
    wanted = [question for question in chosen if question in known] or known
    return [question for question in wanted if all(question in ratings for ratings in rated)]


def _asked(comparison: JSON, bank: JSON, rated: Sequence[JSON]) -> tuple[Question, ...]:
    known = {
        question["id"]: _question(question, criterion)
        for criterion in bank["criteria"]
        for question in criterion["questions"]
    }
    return tuple(known[pk] for pk in asked(comparison["questions"], list(known), rated))


def _question(question: JSON, criterion: JSON) -> Question:
    return Question(
        id=question["id"],
        criterion=criterion["id"],
        prompt=question["prompt"],
        help=question["help"],
        shape=question["shape"],
        options=tuple(question["options"]),
        reversed=question["reversed"],
    )


def _criteria(bank: JSON, questions: Sequence[Question]) -> tuple[Criterion, ...]:
    known = {c["id"]: Criterion(c["id"], c["name"], c["swing"]) for c in bank["criteria"]}
    return tuple(known[pk] for pk in dict.fromkeys(question.criterion for question in questions))


def _cited(path: JSON, rating: JSON) -> tuple[JSON, ...]:
    return tuple(source for source in path["sources"] if source["id"] in rating["sources"])


def _grounds(path: JSON, rating: JSON, today: date) -> Grounds:
    cited = _cited(path, rating)
    ends = [source["valid_until"] for source in cited if source["valid_until"]]
    over = [end for end in ends if end < today.isoformat()]
    return Grounds(rating["rationale"], cited, min(over, default=""))


def _rating(path: JSON, rating: JSON, today: date) -> answers.Rating:
    expired = bool(_grounds(path, rating, today).expired)
    return answers.Rating(rating["value"], rating["uncertainty"], expired)


def number(value: Fraction) -> float:
    """A JSON number, to nine decimals; `exact` stands beside it where it matters."""
    return round(float(value), 9)


def rounded(value: Fraction, places: int = 1) -> str:
    """The number as the language of the page writes it: half rounds away from zero, minus is a minus sign."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    sign = get_format("DECIMAL_SEPARATOR")
    digits = f"{whole // 10**places}{sign}{whole % 10**places:0{places}d}"
    return f"−{digits}" if value < 0 and whole else digits


def percent(share: Fraction, places: int = 1) -> str:
    """A share of 1."""
    return formats.percent(rounded(share * 100, places))
