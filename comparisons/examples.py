"""Reader examples: what an imagined reader's answers lead to, and what they should lead to. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comparisons.answers import Answers
from comparisons.decision import DecisionForm
from comparisons.findings import points
from comparisons.scoring import Result, Verdict

JSON = Mapping[str, Any]
ADVICE = "Look at the ratings and at the answers again, or at what it should lead to."


@dataclass(frozen=True, slots=True)
class Played:
    """An example with its expected and its actual result, both in words."""

    id: str
    description: str
    expected: str
    actual: str
    is_as_expected: bool

    @property
    def message(self) -> str:
        """What came out instead, and what to do."""
        return (
            f"The reader example “{self.description}” should {self.expected}; instead, its answers "
            f"{self.actual}. {ADVICE}"
        )


def play(form: DecisionForm, examples: Sequence[JSON]) -> Iterator[Played]:
    """Score each example, without its answers to what the form does not ask: no reader could give them."""
    names = {path.id: path.name for path in form.paths}
    for example in examples:
        result = form.score(_answers(form, example))
        yield Played(
            id=example["id"],
            description=example["description"],
            expected=_expectation(example["expected"], names),
            actual=_outcome(result, names),
            is_as_expected=_is_as_expected(result, example["expected"]),
        )


def _answers(form: DecisionForm, example: JSON) -> Answers:
    asked = {question.id for question in form.questions}
    weighed = {criterion.id for criterion in form.criteria}
    return Answers(
        {key: option for key, option in example["answers"].items() if key in asked},
        {key: importance for key, importance in example["importances"].items() if key in weighed},
    )


def _is_as_expected(result: Result, expected: str | None) -> bool:
    if expected is None:
        return result.verdict is Verdict.TOO_CLOSE
    return result.verdict is Verdict.LEANS and result.leader == expected


def _expectation(expected: str | None, names: Mapping[str, str]) -> str:
    if expected is None:
        return "be too close to call"
    return f"lean to {names.get(expected, 'a path that isn’t compared here')}"


def _outcome(result: Result, names: Mapping[str, str]) -> str:
    if result.verdict is Verdict.NOT_ENOUGH or result.leader is None or result.margin is None:
        return f"are not enough for a verdict: {result.answered} of {result.total}"
    ahead = f"{names[result.leader]} is {points(result.margin)} ahead"
    if result.verdict is Verdict.TOO_CLOSE:
        return f"are too close to call: {ahead}"
    return f"lean to {names[result.leader]}: it is {points(result.margin)} ahead"
