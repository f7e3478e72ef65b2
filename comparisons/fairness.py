"""Whether a decision form gives every path a fair chance: the report for editors (DECISION.md). Pure.

It looks at all complete answer sets as if they were equally likely, with all importances equal. Those of two
paths are counted exactly. For more paths, shares of verdicts come from a seeded sample and have a standard
error; means, ranges and advantages are exact all the same, and are looked at for each pair of paths.

Margins, ranges and advantages are points; shares are of 1.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from comparisons import question_checks
from comparisons.answers import POSITIONS, Form
from comparisons.decision import percent
from comparisons.distribution import all_answer_sets, mean_scores, same_option
from comparisons.findings import Case, Check, Finding, Level, Words, points
from comparisons.sampling import Sample, sampled_answer_sets
from comparisons.scoring import ZERO, Result, Verdict, score_sheet

LEAST_REACH = Fraction(30, 100)  # shared out among the paths
MOST_MEAN_MARGIN = 5
LEAST_RATIO, MOST_RATIO = Fraction(4, 5), Fraction(5, 4)
LEAST_REVERSED, MOST_REVERSED = Fraction(1, 3), Fraction(2, 3)

LAST = len(POSITIONS) - 1
MIDDLE = LAST // 2
BIN_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Bin:
    """The share of answer sets with a margin of `centre`, an even number of points, give or take 1.

    A margin between two bins counts in the one further from 0: mirrored margins have mirrored bins, and the
    narrowest band, ±5, is made of whole ones.
    """

    centre: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class PairMargins:
    """The margin S[first] − S[second] over all answer sets: the mean, and a histogram without empty ends."""

    first: str
    second: str
    mean: Fraction
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, and the figures that a picture needs.

    `leaning` are the shares that lean to each path, `too_close` is that of the rest; both are exact where
    `sample` is None. `middle` is the result of choosing the middle option everywhere.
    """

    findings: tuple[Finding, ...]
    leaning: Mapping[str, Fraction]
    too_close: Fraction
    margins: tuple[PairMargins, ...]
    middle: Result
    sample: Sample | None

    def at(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)


def report(form: Form, words: Words) -> Report:
    """The fairness report of a form. Raises ValueError where words for something in it are missing."""
    words.check(form)
    case = Case(form, words, all_answer_sets(form) or sampled_answer_sets(form))
    leaning = case.sets.leaning()
    return Report(
        findings=tuple(finding for check in CHECKS for finding in check(case)),
        leaning=dict(zip(form.paths, leaning, strict=True)),
        too_close=1 - sum(leaning, ZERO),
        margins=tuple(_pair_margins(case, *pair) for pair in case.pairs),
        middle=_middle(case),
        sample=case.sets.sample,
    )


def _middle(case: Case) -> Result:
    return score_sheet(case.form, same_option(case.form, MIDDLE))


def _pair_margins(case: Case, first: int, second: int) -> PairMargins:
    means = mean_scores(case.form)
    level = 1 - case.sets.ahead(first, second, 1) - case.sets.ahead(second, first, 1)
    behind = [Bin(-each.centre, each.share) for each in reversed(_bins(case, second, first))]
    bins = [*behind, Bin(0, level), *_bins(case, first, second)]
    occupied = [place for place, each in enumerate(bins) if each.share]
    return PairMargins(
        first=case.form.paths[first],
        second=case.form.paths[second],
        mean=means[first] - means[second],
        bins=tuple(bins[occupied[0] : occupied[-1] + 1]),
    )


def _bins(case: Case, ahead: int, behind: int) -> list[Bin]:
    edges = range(BIN_WIDTH // 2, 100 + 2 * BIN_WIDTH, BIN_WIDTH)
    reached = [case.sets.ahead(ahead, behind, edge) for edge in edges]
    return [
        Bin(BIN_WIDTH * place, share - beyond)
        for place, (share, beyond) in enumerate(pairwise(reached), start=1)
    ]


def _reach(case: Case) -> Iterator[Finding]:
    least = LEAST_REACH / len(case.form.paths)
    for path, share in enumerate(case.sets.leaning()):
        yield case.judge(
            Check.REACH,
            share < least,
            f"The verdict leans to {case.name(path)} in {percent(share)} of all answer sets; "
            f"it should in at least {percent(least)}.",
            "Ask about something that speaks for it, or look at its ratings again.",
            level=Level.STOPS,
            path=path,
            figures={"share": share},
        )


def _mean_margin(case: Case) -> Iterator[Finding]:
    means = mean_scores(case.form)
    for pair in case.pairs:
        behind, ahead = sorted(pair, key=lambda path: means[path])
        mean = means[ahead] - means[behind]
        yield case.judge(
            Check.MEAN_MARGIN,
            mean > MOST_MEAN_MARGIN,
            f"On average over all answer sets, {case.name(ahead)} is {points(mean)} ahead of "
            f"{case.name(behind)}; up to {MOST_MEAN_MARGIN} are fair.",
            f"Ask about something that speaks for {case.name(behind)}, or look at the ratings again.",
            path=ahead,
            figures={"mean": mean},
        )


def _all_middle(case: Case) -> Iterator[Finding]:
    result = _middle(case)
    leader = case.form.paths.index(result.ranking[0])
    margin = result.margin or ZERO
    leans = result.verdict is Verdict.LEANS
    verdict = "gives a verdict" if leans else "is too close to call, as it should be"
    yield case.judge(
        Check.ALL_MIDDLE,
        leans,
        f"The middle option everywhere {verdict}: {case.name(leader)} is {points(margin)} ahead.",
        "Word the scales so that their middle suits no path better, or look at the ratings again.",
        level=Level.STOPS,
        path=leader,
        figures={"margin": margin},
    )


def _potential(case: Case) -> Iterator[Finding]:
    for first, second in case.pairs:
        rows = case.advantages(first, second)
        one = sum((max(ZERO, *row) for row in rows), ZERO)
        other = sum((max(ZERO, *(-value for value in row)) for row in rows), ZERO)
        weak, strong = (first, second) if one < other else (second, first)
        yield case.judge(
            Check.POTENTIAL,
            not LEAST_RATIO * other <= one <= MOST_RATIO * other,
            f"Added up over the questions, the largest advantage of {case.name(first)} over "
            f"{case.name(second)} is {points(one)}, the other way round {points(other)}.",
            f"Ask about something on which {case.name(weak)} can win, or leave out something on which only "
            f"{case.name(strong)} can.",
            path=strong,
            figures={"first": one, "second": other, **({"ratio": one / other} if other else {})},
        )


def _straight_lining(case: Case) -> Iterator[Finding]:
    first, last = (_always(case, first_shown=first_shown) for first_shown in (True, False))
    leans = [result.leader for result in (first, last) if result.verdict is Verdict.LEANS]
    same = len(leans) == 2 and len(set(leans)) == 1
    leader = case.form.paths.index(first.ranking[0])
    says = f"both lean to {case.name(leader)}" if same else "do not both lean to the same path"
    yield case.judge(
        Check.STRAIGHT_LINING,
        same,
        f"Always choosing the first option shown and always choosing the last {says}.",
        "Display other questions reversed, so that a pattern of answers is not taken for a wish.",
        path=leader if same else None,
        figures={"first": first.margin or ZERO, "last": last.margin or ZERO},
    )


def _always(case: Case, *, first_shown: bool) -> Result:
    options = tuple(
        LAST if case.asked(question).reversed is first_shown else 0
        for question in range(len(case.form.questions))
    )
    return score_sheet(case.form, replace(same_option(case.form, 0), options=options))


def _displayed_reversed(case: Case) -> Iterator[Finding]:
    questions = len(case.form.questions)
    turned = sum(case.asked(question).reversed for question in range(questions))
    share = Fraction(turned, questions)
    yield case.judge(
        Check.REVERSED,
        questions > 1 and not LEAST_REVERSED <= share <= MOST_REVERSED,
        f"{turned} of {questions} questions {'is' if turned == 1 else 'are'} displayed reversed.",
        "Display about half of them reversed, so that no side of the page stands for one path.",
        figures={"reversed": share},
    )


CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    _reach,
    _mean_margin,
    _all_middle,
    _potential,
    _straight_lining,
    _displayed_reversed,
    *question_checks.CHECKS,
)
