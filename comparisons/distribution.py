"""The margin between two paths over all complete answer sets, exactly. Pure.

With complete answers and equal importances the margin is a sum with one term for each question, so its
distribution is the convolution of the questions' advantages over their five options. It is computed by
Kronecker substitution (L. Kronecker, "Grundzüge einer arithmetischen Theorie der algebraischen Grössen",
1882): the counts are lanes of one large whole number, and a question adds five shifted copies of it.

Advantages and margins are whole numbers over a denominator; one over the other they are points.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import gcd, isqrt

from comparisons.answers import DEFAULT_IMPORTANCE, POSITIONS, AnswerSheet, Form
from comparisons.scoring import NARROWEST_BAND_SQUARED, Weights, weigh

# Beyond these, lanes of eight bytes overflow or a report takes seconds: sample instead.
MOST_QUESTIONS = 27
MOST_VALUES = 100_000
MOST_JOINT_SUMS = 20_000

LANE_BYTES = 8
Row = tuple[int, ...]
Pair = tuple[int, int]


def same_option(form: Form, option: int) -> AnswerSheet:
    """The complete answers that choose this option of 0 to 4 everywhere, all importances equal."""
    return AnswerSheet((option,) * len(form.questions), (DEFAULT_IMPORTANCE,) * len(form.criteria))


def equal_weights(form: Form, *, skipped: int | None = None) -> Weights:
    """The weights of complete answers of equal importances, or of those that skip one question."""
    options = tuple(None if question == skipped else 0 for question in range(len(form.questions)))
    return weigh(form, AnswerSheet(options, same_option(form, 0).importances))


def threshold(form: Form, weights: Weights, first: int, second: int) -> int:
    """The least lead, as a whole number over the weights' denominator, that is not too close to call.

    The least t with t² ≥ Σ W[q]²·(u[first,q]² + u[second,q]²) and t ≥ 5 points (DECISION.md).
    """
    variance = sum(
        weight**2 * (bands[first] + bands[second])
        for weight, bands in zip(weights.questions, form.squared_bands, strict=True)
    )
    narrowest = int(NARROWEST_BAND_SQUARED) * weights.denominator**2
    return isqrt(max(variance, narrowest) - 1) + 1


def mean_scores(form: Form) -> tuple[Fraction, ...]:
    """The paths' mean scores over all complete answer sets, in points, in the form's order; exact."""
    weights = equal_weights(form)
    totals = [
        sum(weight * sum(column) for weight, column in zip(weights.questions, columns, strict=True))
        for columns in zip(*(zip(*options, strict=True) for options in form.fits), strict=True)
    ]
    return tuple(weights.share(total) / len(POSITIONS) for total in totals)


@dataclass(frozen=True, slots=True)
class MarginTable:
    """What the margin S[first] − S[second] is made of.

    `rows` are the advantages of the first path by question and option, `threshold` the least lead that is
    clear; both over `denominator`.
    """

    rows: tuple[Row, ...]
    threshold: int
    denominator: int

    def times(self, factor: int) -> "MarginTable":
        """The same margins over a larger denominator; the factor is at least 1."""
        rows = tuple(tuple(value * factor for value in row) for row in self.rows)
        return MarginTable(rows, self.threshold * factor, self.denominator * factor)


def margin_table(form: Form, weights: Weights, first: int = 0, second: int = 1) -> MarginTable:
    """The table for two paths, by their place in the form. A skipped question has advantages of 0."""
    rows = tuple(
        tuple(weight * (fits[first] - fits[second]) for fits in options)
        for weight, options in zip(weights.questions, form.fits, strict=True)
    )
    return MarginTable(rows, threshold(form, weights, first, second), weights.denominator)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many answer sets have which sum.

    The sums are lowest, lowest + step, …; `cumulative[i]` answer sets have one below lowest + i·step.
    """

    lowest: int
    step: int
    cumulative: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.cumulative[-1]

    def below(self, limit: int) -> int:
        """The number of answer sets with a sum below the limit."""
        place = -((self.lowest - limit) // self.step)
        return self.cumulative[min(max(place, 0), len(self.cumulative) - 1)]

    def between(self, lowest: int, highest: int) -> int:
        """The number of answer sets with a sum from lowest to highest, both included."""
        return max(0, self.below(highest + 1) - self.below(lowest))

    def items(self) -> Iterator[tuple[int, int]]:
        """The sums that occur, ascending, each with its number of answer sets."""
        for place, (before, after) in enumerate(pairwise(self.cumulative)):
            if after > before:
                yield self.lowest + place * self.step, after - before


def distribution(rows: Sequence[Row]) -> Distribution:
    """The distribution of the sum of one value from each row of five, all choices counting equally.

    Raises ValueError for more than 27 rows, whose counts would not fit their lanes.
    """
    if len(rows) > MOST_QUESTIONS:
        raise ValueError(f"Up to {MOST_QUESTIONS} questions can be counted, not {len(rows)}; sample instead.")
    step = gcd(*(value - min(row) for row in rows for value in row)) or 1
    packed = 1
    for row in rows:
        shifts = Counter((value - min(row)) // step for value in row)
        packed = sum(times * packed << 8 * LANE_BYTES * shift for shift, times in shifts.items())
    lowest = sum(map(min, rows))
    length = (sum(map(max, rows)) - lowest) // step + 1
    counts = struct.unpack(f"<{length}Q", packed.to_bytes(LANE_BYTES * length, "little"))
    return Distribution(lowest, step, (0, *accumulate(counts)))


@dataclass(frozen=True, slots=True)
class AllAnswerSets:
    """Every complete answer set of a form with two paths. All shares are of 1 and exact."""

    form: Form
    table: MarginTable
    margins: Distribution
    sample: None = None

    def leaning(self) -> tuple[Fraction, ...]:
        """The shares that lean to the first and to the second path."""
        clear, total = self.table.threshold, self.margins.total
        return (
            Fraction(total - self.margins.below(clear), total),
            Fraction(self.margins.below(1 - clear), total),
        )

    def ahead(self, first: int, second: int, points: int) -> Fraction:
        """The share in which the first of these paths is at least this many points ahead of the second."""
        lead = points * self.table.denominator
        if first > second:
            return Fraction(self.margins.below(1 - lead), self.margins.total)
        return Fraction(self.margins.total - self.margins.below(lead), self.margins.total)

    def turned_by(self, question: int) -> Fraction:
        """The share in which the answer to this question alone decides which of two paths it leans to."""
        rows = self.table.rows
        rest = distribution(rows[:question] + rows[question + 1 :])
        worst, best = min(rows[question]), max(rows[question])
        clear = self.table.threshold
        return Fraction(rest.between(clear - best, -clear - worst), rest.total)

    def changed_without(self, question: int) -> Fraction:
        """The share whose verdict changes when this question is skipped; the form has another one."""
        with_it, without = equal_weights(self.form), equal_weights(self.form, skipped=question)
        home = self.form.homes[question]
        outside = [place for place, other in enumerate(self.form.homes) if other != home]
        beside = [place for place, other in enumerate(self.form.homes) if other == home and place != question]
        # Scaled so that what lies outside the criterion weighs the same with and without the question.
        scale = without.questions[outside[0]] if outside else 1
        other_scale = with_it.questions[outside[0]] if outside else 1
        before = self.table.times(scale)
        return _changed(
            distribution([before.rows[place] for place in outside]),
            self._sums_within(
                question,
                beside,
                scale * with_it.questions[question],
                other_scale * max((without.questions[place] for place in beside), default=0),
            ),
            (before.threshold, other_scale * threshold(self.form, without, 0, 1)),
        )

    def _sums_within(
        self, question: int, beside: Sequence[int], weight: int, other_weight: int
    ) -> Mapping[Pair, int]:
        """The sums within a criterion with the question and without it, and how often they occur."""
        points = [tuple(fits[0] - fits[1] for fits in options) for options in self.form.fits]
        sums: Counter[Pair] = Counter()
        for value, count in distribution([points[place] for place in beside]).items():
            for advantage in points[question]:
                sums[weight * (value + advantage), other_weight * value] += count
        return sums


def all_answer_sets(form: Form) -> AllAnswerSets | None:
    """All answer sets of a form; None for more than two paths or for too many margins."""
    if len(form.paths) != 2 or len(form.questions) > MOST_QUESTIONS:
        return None
    table = margin_table(form, equal_weights(form))
    if _values(table.rows) > MOST_VALUES:
        return None
    return AllAnswerSets(form, table, distribution(table.rows))


def changed_share(before: MarginTable, after: MarginTable) -> Fraction | None:
    """The share of answer sets whose verdict differs between two tables for the same questions and paths.

    Exact; None where too many questions differ for that (up to six never do).
    """
    common = gcd(before.denominator, after.denominator)
    before, after = before.times(after.denominator // common), after.times(before.denominator // common)
    pairs = list(zip(before.rows, after.rows, strict=True))
    rest = [one for one, other in pairs if one == other]
    sums = _joint_sums([pair for pair in pairs if pair[0] != pair[1]])
    if sums is None or len(pairs) > MOST_QUESTIONS or _values(rest) > MOST_VALUES:
        return None
    return _changed(distribution(rest), sums, (before.threshold, after.threshold))


def _values(rows: Sequence[Row]) -> int:
    step = gcd(*(value - min(row) for row in rows for value in row)) or 1
    return sum(max(row) - min(row) for row in rows) // step + 1


def _joint_sums(pairs: Sequence[tuple[Row, Row]]) -> Mapping[Pair, int] | None:
    sums = Counter({(0, 0): 1})
    for pair in pairs:
        longer: Counter[Pair] = Counter()
        for (before, after), count in sums.items():
            for one, other in zip(*pair, strict=True):
                longer[before + one, after + other] += count
        sums = longer
        if len(sums) > MOST_JOINT_SUMS:
            return None
    return sums


def _changed(rest: Distribution, sums: Mapping[Pair, int], thresholds: Pair) -> Fraction:
    """The share of answer sets with another verdict after than before.

    `sums` counts the pairs, before and after, that are added to the sums of the rest. For each pair the
    verdict is the same for the sums of the rest in three intervals, one for each verdict.
    """
    same = 0
    for pair, count in sums.items():
        second = [-clear - value for clear, value in zip(thresholds, pair, strict=True)]
        first = [clear - value for clear, value in zip(thresholds, pair, strict=True)]
        leaning = rest.below(min(second) + 1) + rest.total - rest.below(max(first))
        same += count * (leaning + rest.between(max(second) + 1, min(first) - 1))
    return 1 - Fraction(same, rest.total * sum(sums.values()))
