"""How paths, comparisons and the question bank stand in documents."""

from articles.documents import ARTICLE, SOURCES
from articles.members import (
    Address,
    Children,
    OptionalReference,
    Reference,
    ReferenceList,
    RichText,
    Value,
    ValuesByRow,
)
from articles.records import JSON, Joined, Record
from articles.templatetags.figures import figure
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
    ReaderExample,
)
from comparisons.sensitivity import IMPORTANCES

LABEL = ("label",)
POINT = Record(Point, (*map(Value, ("side", "label", "text")), SOURCES), named_by=LABEL)
PLATFORM = Record(
    Platform, (*map(Value, ("name", "type")), Address("url"), Value("text")), named_by=("name",)
)
FACT = Record(
    Fact,
    (*map(Value, ("label", "low", "high", "unit", "period", "region", "is_pay", "note")), SOURCES),
    named_by=LABEL,
    joined=(Joined("figure", ("low", "high", "unit", "period"), figure),),
)
RATING = Record(
    Rating,
    (Reference("question", Question), *map(Value, ("value", "uncertainty", "rationale")), SOURCES),
    named_by=("question",),
    joined=(Joined("rating", ("value", "uncertainty"), "{value} ± {uncertainty}".format_map),),
)
CAREER_PATH = ARTICLE.extended(
    CareerPath,
    Children("points", POINT, "path", {"comparison__isnull": True}),
    Children("platforms", PLATFORM, "path"),
    Children("facts", FACT, "path"),
    Children("ratings", RATING, "path"),
)

CONTENDER = Record(Contender, (Reference("path", CareerPath), RichText("understanding")), named_by=("path",))
CONTRAST_POINT = Record(
    Point,
    (Reference("path", CareerPath), *map(Value, ("side", "label", "text")), SOURCES),
    named_by=("path", "label"),
)
DIFFERENCE = Record(
    Difference, (Value("aspect"), ValuesByRow("cells", CareerPath), SOURCES), named_by=("aspect",)
)
READER_EXAMPLE = Record(
    ReaderExample,
    (
        Value("description"),
        ValuesByRow("answers", Question, lambda position: f"option {position + 1}"),
        ValuesByRow("importances", Criterion, lambda index: str(IMPORTANCES[index])),
        OptionalReference("expected", CareerPath),
    ),
    named_by=("description",),
)
COMPARISON = ARTICLE.extended(
    Comparison,
    Children("contenders", CONTENDER, "comparison"),
    Children("points", CONTRAST_POINT, "comparison"),
    Children("differences", DIFFERENCE, "comparison"),
    ReferenceList("questions", Question),
    Children("examples", READER_EXAMPLE, "comparison"),
)


def with_pay(document: JSON) -> JSON:
    """A path of schema 4 in schema 5, whose facts say whether they are about pay."""
    facts = document.get("facts")
    if isinstance(facts, list):  # what comes from elsewhere is checked only once it is upgraded
        facts = [{"is_pay": False, **fact} if isinstance(fact, dict) else fact for fact in facts]
        document = document | {"facts": facts}
    return document | {"schema": 5}


def with_examples(document: JSON) -> JSON:
    """A comparison of schema 1 in schema 2, which has reader examples."""
    return document | {"schema": 2, "examples": []}


QUESTION = Record(
    Question,
    tuple(map(Value, ("slug", "prompt", "help", "shape", "options", "reversed"))),
    named_by=("prompt",),
)
CRITERION = Record(
    Criterion,
    (*map(Value, ("slug", "name", "swing")), Children("questions", QUESTION, "criterion")),
    named_by=("name",),
)
QUESTION_BANK = ARTICLE.extended(QuestionBank, Children("criteria", CRITERION, "bank"))
