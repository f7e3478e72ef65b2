"""What the fairness report says: its findings, and the case that they are found in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType

from articles.checks.found import Level
from comparisons.answers import POSITIONS, Form
from comparisons.decision import rounded
from comparisons.distribution import AllAnswerSets, equal_weights, margin_table
from comparisons.sampling import SampledAnswerSets
from comparisons.wording import QuestionWords


class Check(StrEnum):
    """What was looked at. The ids are kept with reports and stay as they are."""

    REACH = "reach"
    MEAN_MARGIN = "mean_margin"
    ALL_MIDDLE = "all_middle"
    POTENTIAL = "one_sided_potential"
    DEAD = "dead_question"
    SAME_EFFECT = "same_effect"
    DOMINANT = "dominant_question"
    TURNING = "turning_question"
    STRAIGHT_LINING = "straight_lining"
    REVERSED = "displayed_reversed"
    SKIPPING = "skip_sensitivity"
    RATIONALE = "no_rationale"
    SOURCE = "no_source"
    EXPIRED = "expired_source"
    # Those of the wording have the ids of its doubts.
    AGREEMENT = "agreement"
    TWO_QUESTIONS = "two_questions"
    ABSOLUTE = "absolute"
    LENGTHS = "label_lengths"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rating rests on: a rationale, a number of sources, and whether one of them has expired."""

    rationale: str
    sources: int
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The paths' names, the questions' words, and the ratings' evidence by path and question; all by id."""

    paths: Mapping[str, str]
    questions: Mapping[str, QuestionWords]
    evidence: Mapping[str, Mapping[str, Evidence]]

    def check(self, form: Form) -> None:
        """Raises ValueError where something of the form is missing, or a question has not five options."""
        for question in (question.id for question in form.questions):
            if question not in self.questions:
                raise ValueError(f"Question “{question}” has no words; give its prompt and its options.")
            if len(self.questions[question].options) != len(POSITIONS):
                raise ValueError(f"Question “{question}” needs {len(POSITIONS)} options; label each of them.")
            for path in form.paths:
                if question not in self.evidence.get(path, {}):
                    raise ValueError(f"The rating of path “{path}” on question “{question}” has no evidence.")
        for path in form.paths:
            if path not in self.paths:
                raise ValueError(f"Path “{path}” has no name; give one.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: how grave it is, and in words what is wrong and what to do about it.

    `question` and `path` are the ids of what it is about, where it is about one. Of the figures, shares
    are of 1 and the rest are points; an estimated share has its `standard_error` beside it.
    """

    check: Check
    level: Level
    message: str
    question: str | None = None
    path: str | None = None
    figures: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """The form that is examined, the words for it, and its answer sets."""

    form: Form
    words: Words
    sets: AllAnswerSets | SampledAnswerSets

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs of paths, by their place in the form."""
        return list(combinations(range(len(self.form.paths)), 2))

    def name(self, path: int) -> str:
        return self.words.paths[self.form.paths[path]]

    def asked(self, question: int) -> QuestionWords:
        return self.words.questions[self.form.questions[question].id]

    def evidence(self, path: int, question: int) -> Evidence:
        return self.words.evidence[self.form.paths[path]][self.form.questions[question].id]

    def advantages(self, first: int, second: int) -> list[tuple[Fraction, ...]]:
        """The points that each question's options add to the margin of two paths."""
        weights = equal_weights(self.form)
        table = margin_table(self.form, weights, first, second)
        return [tuple(map(weights.share, row)) for row in table.rows]

    def judge(
        self,
        check: Check,
        fails: bool,
        says: str,
        advice: str,
        *,
        level: Level = Level.WARNS,
        question: int | None = None,
        path: int | None = None,
        figures: Mapping[str, Fraction] = MappingProxyType({}),
    ) -> Finding:
        """A finding of that level, with the advice, where the check fails; otherwise that it passes."""
        if self.sets.sample and "share" in figures:
            figures = {**figures, "standard_error": self.sets.sample.standard_error(figures["share"])}
        return Finding(
            check=check,
            level=level if fails else Level.PASSES,
            message=f"{says} {advice}" if fails else says,
            question=None if question is None else self.form.questions[question].id,
            path=None if path is None else self.form.paths[path],
            figures=dict(figures),
        )


def points(value: Fraction) -> str:
    return f"{rounded(value)} points"
