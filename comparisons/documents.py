"""How paths, comparisons and the question bank stand in documents."""

from articles.documents import ARTICLE, SOURCES
from articles.members import Children, Reference, ReferenceList, Value
from articles.records import Record
from comparisons.models import (
    CareerPath,
    Comparison,
    Contender,
    Criterion,
    Difference,
    Fact,
    Platform,
    Point,
    Question,
    QuestionBank,
    Rating,
)

POINT = Record(Point, (*map(Value, ("side", "label", "text")), SOURCES))
PLATFORM = Record(Platform, tuple(map(Value, ("name", "type", "url", "text"))))
FACT = Record(Fact, (*map(Value, ("label", "low", "high", "unit", "period", "region", "note")), SOURCES))
RATING = Record(
    Rating, (Reference("question", Question), *map(Value, ("value", "uncertainty", "rationale")), SOURCES)
)
CAREER_PATH = ARTICLE.extended(
    CareerPath,
    Children("points", POINT, "path", {"comparison__isnull": True}),
    Children("platforms", PLATFORM, "path"),
    Children("facts", FACT, "path"),
    Children("ratings", RATING, "path"),
)

CONTENDER = Record(Contender, (Reference("path", CareerPath), Value("understanding")))
CONTRAST_POINT = Record(
    Point, (Reference("path", CareerPath), *map(Value, ("side", "label", "text")), SOURCES)
)
DIFFERENCE = Record(Difference, (Value("aspect"), Value("cells"), SOURCES))
COMPARISON = ARTICLE.extended(
    Comparison,
    Children("contenders", CONTENDER, "comparison"),
    Children("points", CONTRAST_POINT, "comparison"),
    Children("differences", DIFFERENCE, "comparison"),
    ReferenceList("questions", Question),
)

QUESTION = Record(Question, tuple(map(Value, ("slug", "prompt", "help", "shape", "options", "reversed"))))
CRITERION = Record(
    Criterion, (*map(Value, ("slug", "name", "swing")), Children("questions", QUESTION, "criterion"))
)
QUESTION_BANK = ARTICLE.extended(QuestionBank, Children("criteria", CRITERION, "bank"))
