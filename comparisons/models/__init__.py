from .bank import Criterion, Question, QuestionBank
from .comparison import (
    FEWEST_CONTENDERS,
    MOST_CONTENDERS,
    Comparison,
    Contender,
    Difference,
    FormQuestion,
)
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
    "Platform",
    "Point",
    "Question",
    "QuestionBank",
    "Rating",
]
