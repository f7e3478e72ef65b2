"""The gate: no decision form goes live that the fairness report stops, unless an editor says why.

A comparison answers for all that is found about it. A path or the question bank answers for what it newly
causes in the comparisons that are live with it: what was found there before is not its doing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from articles.obstacles import Objection
from articles.records import JSON
from comparisons import examination, examples
from comparisons.affected import Affected, affected, changed_since
from comparisons.decision import DecisionForm
from comparisons.fairness import Report
from comparisons.findings import Level

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops a form: the same key before and after an edit is the same thing found again."""

    key: Key
    message: str


def objections(document: JSON, moment: datetime) -> Iterator[Objection]:
    """What speaks against the document's being live from the moment on, beside what is live then."""
    for each in affected(document, moment):
        for stop in new_stops(each):
            yield Objection(each.comparison["title"], stop.message)


def late_objections(document: JSON, moment: datetime, decided: datetime) -> Iterator[Objection]:
    """What speaks against it at a moment to come, because of what was decided about others meanwhile."""
    for each in changed_since(document, moment, decided):
        for stop in new_stops(each):
            yield Objection(each.comparison["title"], stop.message)


def new_stops(case: Affected) -> list[Stop]:
    """What stops the form as it would be, and did not stop the form as it is."""
    if case.after is None or (case.before and judged(case.before) == judged(case.after)):
        return []
    found = stops(case.after, case.comparison)
    if not found or case.before is None:
        return found
    known = {stop.key for stop in stops(case.before, case.comparison)}
    return [stop for stop in found if stop.key not in known]


def stops(form: DecisionForm, comparison: JSON) -> list[Stop]:
    """All that stops a form: findings of its report, and reader examples that lead elsewhere."""
    report = examined(form)
    played = examples.play(form, comparison["examples"])
    return [
        *(Stop((each.check, each.question, each.path), each.message) for each in report.at(Level.STOPS)),
        *(Stop(("example", each.id), each.message) for each in played if not each.is_as_expected),
    ]


def examined(form: DecisionForm) -> Report:
    """The report of a form; the same again for one that is alike in all that reports look at."""
    return _report(_Case(repr((form.paths, judged(form))), form))


@dataclass(frozen=True, slots=True)
class _Case:
    key: str
    form: DecisionForm = field(compare=False)


@lru_cache(maxsize=64)
def _report(case: _Case) -> Report:
    return examination.examine(case.form)


def judged(form: DecisionForm) -> Any:
    """What reports look at: two forms that are alike in it have the same findings."""
    words = [(question.prompt, question.options, question.reversed) for question in form.questions]
    evidence = {
        path: [(bool(each.rationale.strip()), len(each.sources)) for each in grounds.values()]
        for path, grounds in form.grounds.items()
    }
    return form.table, words, evidence
