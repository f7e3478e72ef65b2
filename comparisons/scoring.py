"""A reader's answers and the paths' ratings become a result.

The method is the weighted additive model of DECISION.md, in the tradition of SMART: W. Edwards,
"How to use multiattribute utility measurement for social decisionmaking", IEEE Transactions on
Systems, Man, and Cybernetics 7 (1977); W. Edwards and F. H. Barron, "SMARTS and SMARTER",
Organizational Behavior and Human Decision Processes 60 (1994).

Fits, scores, margins and contributions are points on a scale of 0 to 100; weights are shares of 1.
All of it is exact: integers over one common denominator inside, fractions in the result. What asks
the same form many times (what would change a result, the fairness report) uses `Form.fits` and
`stand`, which cost a fraction of the explained result of `score`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, lcm

from comparisons.answers import POINTS, POSITIONS, Answers, AnswerSheet, Form, fill

ENOUGH_ANSWERS = Fraction(3, 5)
ENOUGH_CRITERIA = 3
NARROWEST_BAND_SQUARED = Fraction(5**2)

ZERO = Fraction(0)


class Verdict(StrEnum):
    LEANS = "leans"
    TOO_CLOSE = "too_close_to_call"
    NOT_ENOUGH = "not_enough_answers"


@dataclass(frozen=True, slots=True)
class Weights:
    """Effective weights as whole numbers over one denominator, which is 0 when nothing counts.

    `counts` are the answered questions by criterion.
    """

    questions: tuple[int, ...]
    criteria: tuple[int, ...]
    counts: tuple[int, ...]
    denominator: int

    def share(self, numerator: int) -> Fraction:
        return Fraction(numerator, self.denominator) if self.denominator else ZERO


def weigh(form: Form, sheet: AnswerSheet) -> Weights:
    """w[c] = I[c] / ΣI over the answered criteria; W[q] = w[c] / answered questions of c (DECISION.md)."""
    answered = [option is not None for option in sheet.options]
    counts = [0] * len(form.criteria)
    for home, is_answered in zip(form.homes, answered, strict=True):
        counts[home] += is_answered
    scale = lcm(*filter(None, counts))
    criteria = [scale * i if count else 0 for i, count in zip(sheet.importances, counts, strict=True)]
    questions = [
        criteria[home] // counts[home] if is_answered else 0
        for home, is_answered in zip(form.homes, answered, strict=True)
    ]
    return Weights(tuple(questions), tuple(criteria), tuple(counts), sum(criteria))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the paths stand: their positions in the form, best first, and their scores in its order."""

    order: tuple[int, ...]
    scores: tuple[Fraction, ...]
    margin: Fraction
    band_squared: Fraction

    @property
    def is_clear(self) -> bool:
        """M ≥ τ, compared as squares because τ is rarely rational."""
        return self.margin**2 >= self.band_squared


def stand(form: Form, sheet: AnswerSheet, weights: Weights) -> Standing | None:
    """Scores, margin and band, without the explanation; None when nothing has weight.

    S[p] = Σ W[q]·fit; M = S[first] − S[second]; τ² = Σ W[q]²·(u[first,q]² + u[second,q]²), at least 5²
    (DECISION.md). The sheet is `fill`'s and is not checked again.
    """
    if not weights.denominator:
        return None
    totals, variances = _totals(form, sheet, weights)
    order = _order(totals, variances)
    first, second = order[:2]
    band_squared = Fraction(variances[first] + variances[second], weights.denominator**2)
    return Standing(
        order=order,
        scores=tuple(weights.share(total) for total in totals),
        margin=weights.share(totals[first] - totals[second]),
        band_squared=max(band_squared, NARROWEST_BAND_SQUARED),
    )


def _totals(form: Form, sheet: AnswerSheet, weights: Weights) -> tuple[list[int], list[int]]:
    totals = [0] * len(form.paths)
    variances = [0] * len(form.paths)
    for question, (option, weight) in enumerate(zip(sheet.options, weights.questions, strict=True)):
        if option is None:
            continue
        for path, points in enumerate(form.fits[question][option]):
            totals[path] += weight * points
            variances[path] += weight**2 * form.squared_bands[question][path]
    return totals, variances


def _order(totals: list[int], variances: list[int]) -> tuple[int, ...]:
    first = totals.index(max(totals))
    others = [path for path in range(len(totals)) if path != first]
    # Of those tied behind the leader, the least certain comes first: it has the widest band, and so the
    # verdict does not hang on the order of the form.
    others.sort(key=lambda path: (-totals[path], -variances[path]))
    return first, *others


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a verdict still needs: more answers, answers under more criteria, any importance at all."""

    answers_needed: int
    criteria_needed: int
    no_importance: bool


def shortfall(form: Form, weights: Weights) -> Shortfall | None:
    """What is missing of 60 % of the questions, three criteria (all, if fewer), and a weight above 0."""
    answered = sum(weights.counts)
    covered = sum(count > 0 for count in weights.counts)
    missing = Shortfall(
        answers_needed=max(0, ceil(ENOUGH_ANSWERS * len(form.questions)) - answered),
        criteria_needed=max(0, min(ENOUGH_CRITERIA, len(form.criteria)) - covered),
        no_importance=answered > 0 and not weights.denominator,
    )
    return None if missing == Shortfall(0, 0, False) else missing


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question's part in the result; a skipped one has no answer, no fits and no weight.

    `answer` is a position of 0 to 100; `contribution` is to the margin, negative where it favours the
    runner-up.
    """

    question: str
    answer: int | None
    weight: Fraction
    fits: Mapping[str, Fraction]
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion's part in the result; one without answers has no fits and no weight."""

    criterion: str
    importance: int
    weight: Fraction
    fits: Mapping[str, Fraction]
    contribution: Fraction
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks most for the runner-up: the criterion, if any does as a whole, and the question.

    The two are found separately: the question may belong to another criterion.
    """

    criterion: CriterionResult | None
    question: QuestionResult


@dataclass(frozen=True, slots=True)
class Result:
    """Who leads, by how much and why.

    `scores`, `ranking` and what follows from them are there even without a verdict, as far as anything
    has weight; otherwise they are empty or None. `missing` is None if and only if there is a verdict. Of
    paths with equal scores the form's first leads; behind the leader, the least certain comes first.
    Contributions of questions sum to those of criteria, and those to the margin.
    """

    verdict: Verdict
    scores: Mapping[str, Fraction]
    ranking: tuple[str, ...]
    leader: str | None
    runner_up: str | None
    margin: Fraction | None
    band_squared: Fraction | None
    criteria: tuple[CriterionResult, ...]
    answered: int
    total: int
    missing: Shortfall | None
    strongest_against: Objection | None


def score(form: Form, answers: Answers) -> Result:
    """The explained result of some answers. Raises AnswerError for what the form does not know or allow."""
    return score_sheet(form, fill(form, answers))


def score_sheet(form: Form, sheet: AnswerSheet) -> Result:
    """The explained result of answers that are already in the form's order.

    Raises ValueError when there are more or fewer of them than the form has questions and criteria.
    """
    if (len(sheet.options), len(sheet.importances)) != (len(form.questions), len(form.criteria)):
        raise ValueError("These answers were given to another form; answer this one anew.")
    weights = weigh(form, sheet)
    standing = stand(form, sheet, weights)
    missing = shortfall(form, weights)
    criteria = _explain(form, sheet, weights, standing)
    ranking = tuple(form.paths[path] for path in standing.order) if standing else ()
    return Result(
        verdict=_verdict(standing, missing),
        scores=dict(zip(form.paths, standing.scores, strict=True)) if standing else {},
        ranking=ranking,
        leader=ranking[0] if ranking else None,
        runner_up=ranking[1] if ranking else None,
        margin=standing.margin if standing else None,
        band_squared=standing.band_squared if standing else None,
        criteria=criteria,
        answered=sum(weights.counts),
        total=len(form.questions),
        missing=missing,
        strongest_against=_strongest_against(criteria),
    )


def _verdict(standing: Standing | None, missing: Shortfall | None) -> Verdict:
    if standing is None or missing is not None:
        return Verdict.NOT_ENOUGH
    return Verdict.LEANS if standing.is_clear else Verdict.TOO_CLOSE


def _explain(
    form: Form, sheet: AnswerSheet, weights: Weights, standing: Standing | None
) -> tuple[CriterionResult, ...]:
    # Without a standing nothing has weight, and whichever pair is compared contributes nothing.
    first, second = standing.order[:2] if standing else (0, 1)
    parts: list[list[QuestionResult]] = [[] for _ in form.criteria]
    for question, home in enumerate(form.homes):
        parts[home].append(_explain_question(form, sheet, weights, question, first, second))
    return tuple(
        CriterionResult(
            criterion=criterion,
            importance=sheet.importances[home],
            weight=weights.share(weights.criteria[home]),
            fits=_mean_fits(form, sheet, home),
            contribution=sum((part.contribution for part in parts[home]), ZERO),
            questions=tuple(parts[home]),
        )
        for home, criterion in enumerate(form.criteria)
    )


def _explain_question(
    form: Form, sheet: AnswerSheet, weights: Weights, question: int, first: int, second: int
) -> QuestionResult:
    key, option = form.questions[question].id, sheet.options[question]
    if option is None:
        return QuestionResult(key, answer=None, weight=ZERO, fits={}, contribution=ZERO)
    fits, weight = form.fits[question][option], weights.questions[question]
    return QuestionResult(
        question=key,
        answer=POSITIONS[option],
        weight=weights.share(weight),
        fits={path: POINTS[points] for path, points in zip(form.paths, fits, strict=True)},
        contribution=weights.share(weight * (fits[first] - fits[second])),
    )


def _mean_fits(form: Form, sheet: AnswerSheet, criterion: int) -> dict[str, Fraction]:
    rows = [
        form.fits[question][option]
        for question, option in enumerate(sheet.options)
        if option is not None and form.homes[question] == criterion
    ]
    if not rows:
        return {}
    columns = zip(*rows, strict=True)
    return {path: Fraction(sum(column), len(rows)) for path, column in zip(form.paths, columns, strict=True)}


def _strongest_against(criteria: tuple[CriterionResult, ...]) -> Objection | None:
    questions = [question for criterion in criteria for question in criterion.questions]
    question = min(questions, key=lambda part: part.contribution)
    if question.contribution >= 0:
        return None
    criterion = min(criteria, key=lambda part: part.contribution)
    return Objection(criterion if criterion.contribution < 0 else None, question)
