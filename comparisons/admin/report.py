"""The fairness report in the words and figures of its page. Pure."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from comparisons import examination, examples
from comparisons.decision import DecisionForm, percent, rounded
from comparisons.distribution import equal_weights, threshold
from comparisons.fairness import PairMargins, Report
from comparisons.findings import Check, Finding, Level
from comparisons.histogram import histogram
from comparisons.scoring import Verdict

JSON = dict[str, Any]

LEVELS = {
    Level.STOPS: ("✖", "Stops publication"),
    Level.WARNS: ("⚠", "Worth a look"),
    Level.PASSES: ("✓", "As it should be"),
}
CHECKS = {
    Check.REACH: "Reach: each path can win",
    Check.MEAN_MARGIN: "Lean: the mean margin",
    Check.ALL_MIDDLE: "Lean: the middle everywhere",
    Check.POTENTIAL: "One-sided potential",
    Check.DEAD: "Dead question",
    Check.SAME_EFFECT: "Options with the same effect",
    Check.DOMINANT: "Dominant question",
    Check.TURNING: "Question that turns the verdict",
    Check.STRAIGHT_LINING: "Straight-lining",
    Check.REVERSED: "Displayed reversed",
    Check.SKIPPING: "Sensitivity to a skip",
    Check.RATIONALE: "Evidence: rationale",
    Check.SOURCE: "Evidence: source",
    Check.EXPIRED: "Evidence: expired source",
    Check.AGREEMENT: "Wording: agreement",
    Check.TWO_QUESTIONS: "Wording: two questions in one",
    Check.ABSOLUTE: "Wording: absolutes",
    Check.LENGTHS: "Wording: lengths of the options",
}
SHARES = {"share", "reversed"}


def page(form: DecisionForm, comparison: Mapping[str, Any]) -> JSON:
    """What the page shows of a form: its figures, pictures, checks and reader examples."""
    report = examination.examine(form)
    names = {path.id: path.name for path in form.paths}
    played = list(examples.play(form, comparison["examples"]))
    failed = [each for each in played if not each.is_as_expected]
    return {
        "stops": [*(each.message for each in report.at(Level.STOPS)), *(each.message for each in failed)],
        "leaning": [(names[path], _share(share, report)) for path, share in report.leaning.items()],
        "too_close": _share(report.too_close, report),
        "middle": _middle(report, names),
        "sample": report.sample,
        "pairs": list(_pairs(form, report, names)),
        "found": [_finding(each) for each in (*report.at(Level.STOPS), *report.at(Level.WARNS))],
        "passed": [_finding(each) for each in report.at(Level.PASSES)],
        "examples": played,
        "questions": len(form.questions),
    }


def _middle(report: Report, names: Mapping[str, str]) -> str:
    margin = toward(report.middle.margin or Fraction(0), *(names[path] for path in report.middle.ranking[:2]))
    verdict = "too close to call" if report.middle.verdict is Verdict.TOO_CLOSE else "a verdict"
    return f"{margin}: {verdict}"


def _pairs(form: DecisionForm, report: Report, names: Mapping[str, str]) -> Iterator[JSON]:
    weights = equal_weights(form.table)
    places = combinations(range(len(form.paths)), 2)
    for margins, (one, other) in zip(report.margins, places, strict=True):
        band = weights.share(threshold(form.table, weights, one, other))
        first, second = names[margins.first], names[margins.second]
        yield {
            "first": first,
            "second": second,
            "mean": toward(margins.mean, first, second),
            "band": rounded(band),
            "picture": histogram(margins.bins, band),
            "described": _described(margins, first, second),
            "rows": [
                (toward(Fraction(each.centre), first, second), percent(each.share, 2))
                for each in reversed(margins.bins)
            ],
        }


def _described(margins: PairMargins, first: str, second: str) -> str:
    """The picture in words: from where to where, where most of it lies, and the mean."""
    peak = max(margins.bins, key=lambda each: each.share)
    most, least = margins.bins[-1].centre, margins.bins[0].centre
    return (
        f"The margin reaches from about {abs(most)} points for {first} to about {abs(least)} points for "
        f"{second}. The highest bar stands at {toward(Fraction(peak.centre), first, second)}, "
        f"the mean at {toward(margins.mean, first, second)}."
    )


def _finding(finding: Finding) -> JSON:
    icon, level = LEVELS[finding.level]
    return {
        "icon": icon,
        "level": level,
        "name": finding.level.value,
        "check": CHECKS[finding.check],
        "message": finding.message,
        "figures": [_figure(name, value) for name, value in finding.figures.items()],
    }


def _figure(name: str, value: Fraction) -> str:
    if name in SHARES:
        return percent(value, 2)
    if name == "standard_error":
        return f"± {percent(value, 2)}"
    if name == "options":
        return f"{value} options"
    return f"ratio {rounded(value, 2)}" if name == "ratio" else f"{name} {rounded(value)}"


def _share(share: Fraction, report: Report) -> str:
    error = f" ± {percent(report.sample.standard_error(share), 2)}" if report.sample else ""
    return f"{percent(share, 2)}{error}"


def toward(margin: Fraction, first: str, second: str) -> str:
    """A margin in words, without a sign: which of the two paths it is for."""
    if not margin:
        return "0.0 points, towards neither"
    return f"{rounded(abs(margin))} points towards {first if margin > 0 else second}"
