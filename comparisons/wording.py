"""What is doubtful in the wording of a question, by a few rules for English. Pure.

The rules are those of questionnaire design (F. G. Fowler, "Improving Survey Questions", 1995; J. A. Krosnick
and S. Presser, "Question and Questionnaire Design", 2010). They look only for forms that are rarely
meant well, so that an editor can trust a warning; a question that passes may still be a poor one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_LENGTH_RATIO = 2

DEGREE = (
    r"(?:(?:strongly|mostly|mainly|largely|somewhat|slightly|partly|rather|fully|completely|totally)\s+)?"
)
AGREEMENT_STEM = re.compile(
    rf"\b(?:do|if|whether|would)\s+you\s+{DEGREE}(?:dis)?agree\b|\bagree\s+or\s+disagree\b", re.IGNORECASE
)
AGREEMENT_OPTION = re.compile(rf"\W*(?:I\s+)?{DEGREE}(?:dis)?agree(?:\s+\w+)?\W*", re.IGNORECASE)
SECOND_QUESTION = re.compile(
    r"\?.*\?"
    r"|\band\s+(?:how|what|when|where|which|who|why)\b"
    r"|\band\s+(?:are|can|could|did|do|does|have|is|should|will|would)\s+(?:you|it|they|this|that|the)\b",
    re.IGNORECASE | re.DOTALL,
)
ABSOLUTE = re.compile(
    r"\b(?:always|never|everyone|everybody|no\s+one|nobody|absolutely|at\s+all\s+times|no\s+matter\s+what"
    r"|under\s+no\s+circumstances|without\s+exception)\b",
    re.IGNORECASE,
)


class Doubt(StrEnum):
    """What may be wrong with a question's words."""

    AGREEMENT = "agreement"
    TWO_QUESTIONS = "two_questions"
    ABSOLUTE = "absolute"
    LENGTHS = "label_lengths"


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """How a question reads: its prompt, its options from position 0 to 100, and which of them comes first."""

    prompt: str
    options: tuple[str, ...]
    reversed: bool = False


def doubts(words: QuestionWords) -> Iterator[tuple[Doubt, str, str]]:
    """What is doubtful: each doubt, what the question does, and what to do about it."""
    if AGREEMENT_STEM.search(words.prompt) or any(map(AGREEMENT_OPTION.fullmatch, words.options)):
        yield (
            Doubt.AGREEMENT,
            "asks whether the reader agrees, which draws a yes",
            "Ask how much, or how often.",
        )
    if SECOND_QUESTION.search(words.prompt):
        yield Doubt.TWO_QUESTIONS, "seems to ask two things at once", "Ask one, or make two questions of it."
    if absolute := ABSOLUTE.search(words.prompt):
        yield Doubt.ABSOLUTE, f"says “{absolute[0]}”, to which few can say yes", "Ask for a degree instead."
    longest, shortest = max(words.options, key=_length), min(words.options, key=_length)
    if _length(longest) > MOST_LENGTH_RATIO * _length(shortest):
        says = f"has “{longest}” beside “{shortest}”, more than twice as long"
        yield Doubt.LENGTHS, says, "Make the options alike in length: a longer one draws the eye."


def _length(label: str) -> int:
    return len(label.strip())
