"""The fairness report of a comparison's decision form: from its words and ratings to plain data. Pure."""

from typing import Any

from comparisons import fairness
from comparisons.decision import DecisionForm, number
from comparisons.fairness import PairMargins, Report
from comparisons.findings import Evidence, Finding, Words
from comparisons.wording import QuestionWords

JSON = dict[str, Any]


def examine(form: DecisionForm) -> Report:
    """The report of a form, exact for two paths."""
    return fairness.report(form.table, _words(form))


def payload(report: Report) -> JSON:
    """The report as plain data: shares are of 1, margins and means are points, towards `first`."""
    return {
        "findings": [_finding(finding) for finding in report.findings],
        "leaning": {path: number(share) for path, share in report.leaning.items()},
        "too_close": number(report.too_close),
        "margins": [_margins(margins) for margins in report.margins],
        "middle": {
            "verdict": report.middle.verdict.value,
            "leader": report.middle.leader,
            "margin": None if report.middle.margin is None else number(report.middle.margin),
        },
        "draws": report.sample.size if report.sample else None,
        "seed": report.sample.seed if report.sample else None,
    }


def _words(form: DecisionForm) -> Words:
    return Words(
        paths={path.id: path.name for path in form.paths},
        questions={q.id: QuestionWords(q.prompt, q.options, q.reversed) for q in form.questions},
        evidence={
            path: {
                question: Evidence(
                    found.rationale, len(found.sources), form.table.ratings[path][question].expired
                )
                for question, found in grounds.items()
            }
            for path, grounds in form.grounds.items()
        },
    )


def _finding(finding: Finding) -> JSON:
    return {
        "check": finding.check.value,
        "level": finding.level.value,
        "message": finding.message,
        "question": finding.question,
        "path": finding.path,
        "figures": {name: number(value) for name, value in finding.figures.items()},
    }


def _margins(margins: PairMargins) -> JSON:
    return {
        "first": margins.first,
        "second": margins.second,
        "mean": number(margins.mean),
        "bins": [{"centre": each.centre, "share": number(each.share)} for each in margins.bins],
    }
