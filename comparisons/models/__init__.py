from .bank import Criterion, Question, QuestionBank
from .comparison import (
    FEWEST_CONTENDERS,
    MOST_CONTENDERS,
    Comparison,
    Contender,
    Difference,
    FormQuestion,
    ReaderExample,
)
from .counts import LeanCounter, QuestionCounter
from .path import CareerPath, Fact, Platform, Point, Rating

__all__ = [
    "FEWEST_CONTENDERS",
    "MOST_CONTENDERS",
    "CareerPath",
    "Comparison",
    "Contender",
    "Criterion",
    "Difference",
    "Fact",
    "FormQuestion",
    "LeanCounter",
    "Platform",
    "Point",
    "Question",
    "QuestionBank",
    "QuestionCounter",
    "Rating",
    "ReaderExample",
]
