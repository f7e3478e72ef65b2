"""The worked example made unfair in one way at a time; its bank and paths are live, and it is not."""

from collections.abc import Callable
from typing import Any

from articles import documents
from articles.records import JSON
from comparisons.models import CareerPath, Comparison, QuestionBank
from tests.makers import golden, golden_answers, publish, questions
from tests.stored import made_once

REASON = "The pilot needs it; better ratings come next week."


def changed(article: Any, change: Callable[[JSON], None]) -> Any:
    """The working copy with its document changed."""
    document = documents.compose(article)
    change(document)
    return documents.restore(document)


@made_once
def ready(change: Callable[[Comparison], Any]) -> Comparison:
    """The example, changed, with all that it needs live."""
    comparison = golden(published=False)
    change(comparison)
    for each in (QuestionBank.objects.get(), *CareerPath.objects.order_by("title")):
        publish(each)
    return comparison


def gig_work() -> CareerPath:
    return CareerPath.objects.get(title="Microtask gig work")


def rate(**values: Any) -> Callable[[Comparison], Any]:
    """Other values for ratings of gig work, by place: `q1=(5, "why")`; a value alone keeps its rationale."""

    def change(document: JSON) -> None:
        for name, value in values.items():
            document["ratings"][int(name.removeprefix("q")) - 1].update(value)

    return lambda comparison: changed(gig_work(), change)


def without_a_rationale(comparison: Comparison) -> Any:
    return rate(q1={"rationale": ""})(comparison)


def with_a_dead_question(comparison: Comparison) -> Any:
    return rate(q5={"value": 80})(comparison)


def out_of_reach(comparison: Comparison) -> Any:
    values = (75, 20, 20, 75, 80, 85, 75, 15, 85, 85)
    return rate(**{f"q{place}": {"value": value} for place, value in enumerate(values, start=1)})(comparison)


def with_a_verdict_in_the_middle(comparison: Comparison) -> Any:
    return rate(q2={"value": 5})(comparison)


def with_a_dominant_question(comparison: Comparison) -> Any:
    ids = [str(pk) for pk in questions(QuestionBank.objects.get()).values()]
    return changed(comparison, lambda document: document.update(questions=[ids[4], ids[0]]))


def example(comparison: Comparison, *, expected: CareerPath | None, **more: Any) -> JSON:
    """The worked example's answers, which lead to gig work."""
    return {
        "description": "wants side income on Sundays",
        "answers": golden_answers(comparison),
        "expected": str(expected.pk) if expected else None,
        **more,
    }


def with_examples(comparison: Comparison, *examples: JSON) -> Any:
    return changed(comparison, lambda document: document.update(examples=list(examples)))


def with_an_example_that_leads_elsewhere(comparison: Comparison) -> Any:
    other = CareerPath.objects.get(title="Remote project management")
    return with_examples(comparison, example(comparison, expected=other))


STOPS = {
    "no rationale": (without_a_rationale, "has no rationale"),
    "dead question": (with_a_dead_question, "changes nothing: every answer leaves the paths as far apart"),
    "reach": (out_of_reach, "it should in at least 15.0%"),
    "all middle": (with_a_verdict_in_the_middle, "The middle option everywhere gives a verdict"),
    "dominant question": (with_a_dominant_question, "all other questions together by up to"),
    "reader example": (with_an_example_that_leads_elsewhere, "should lean to Remote project management"),
}
