"""A seeded sample of complete answer sets, for forms that have too many to count. Pure.

All sets of a sample are scored at once: a path's scores are lanes of one large whole number, so that adding
up the questions, or comparing two paths, takes a few operations on such numbers.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import combinations, permutations
from math import isqrt
from operator import mul, or_, xor

from comparisons.answers import POSITIONS, Form
from comparisons.distribution import equal_weights, threshold
from comparisons.scoring import Weights

SEED = 1977
MILLION = 10**6

Numbers = tuple[int, ...]  # one for each path, with one lane for each answer set


@dataclass(frozen=True, slots=True)
class Sample:
    """How a share was estimated: from so many independent draws of a generator with this seed."""

    size: int
    seed: int = SEED

    def standard_error(self, share: Fraction) -> Fraction:
        """√(p·(1 − p)/n) of an estimated share of 1, rounded down to a millionth."""
        variance = share * (1 - share) / self.size
        return Fraction(isqrt(variance.numerator * MILLION**2 // variance.denominator), MILLION)

    def generator(self) -> random.Random:
        """Of its methods, only random() is promised to give the same in every version of Python."""
        return random.Random(self.seed)  # noqa: S311 -- to be repeated, not to be secret


ANSWER_SETS = Sample(20_000)


@dataclass(frozen=True, slots=True)
class Lanes:
    """Whole numbers side by side in one: `count` lanes of `size` bytes, the first one lowest.

    A sum, difference or multiple of such numbers is that of all lanes at once. Lanes may be negative, as
    long as what is compared stays within half of what a lane can hold.
    """

    count: int
    size: int
    ones: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ones", self.pack_bytes(b"\x01" * self.count))

    def pack_bytes(self, values: bytes) -> int:
        """Lanes with these values of one byte each."""
        lanes = bytearray(self.count * self.size)
        lanes[:: self.size] = values
        return int.from_bytes(lanes, "little")

    def pack(self, values: Iterable[int]) -> int:
        """Lanes with these values, none of them negative."""
        return int.from_bytes(b"".join(value.to_bytes(self.size, "little") for value in values), "little")

    def at_least(self, numbers: int, limit: int) -> int:
        """A mask with one bit set, the highest of its lane, for every lane that reaches the limit."""
        half = 1 << (8 * self.size - 1)
        return (numbers + (half - limit) * self.ones) & (half * self.ones)


@dataclass(frozen=True, slots=True)
class SampledAnswerSets:
    """Complete answer sets of a form, drawn at random. Shares are of 1; `sample` has their standard error."""

    form: Form
    sample: Sample
    lanes: Lanes
    fits: tuple[Numbers, ...]  # points by question
    scores: Numbers = field(init=False)
    lean: Numbers = field(init=False)  # masks of the sets that lean to each path

    def __post_init__(self) -> None:
        weights = equal_weights(self.form)
        object.__setattr__(self, "scores", self._score(weights))
        object.__setattr__(self, "lean", self._lean(weights, self.scores))

    def leaning(self) -> tuple[Fraction, ...]:
        """The share that leans to each path, in the form's order."""
        return tuple(map(self._share, self.lean))

    def ahead(self, first: int, second: int, points: int) -> Fraction:
        """The share in which the first of these paths is at least this many points ahead of the second."""
        lead = points * equal_weights(self.form).denominator
        return self._share(self.lanes.at_least(self.scores[first] - self.scores[second], lead))

    def turned_by(self, question: int) -> Fraction:
        """The share in which the answer to this question alone decides which of two paths it leans to."""
        weights = equal_weights(self.form)
        weight = weights.questions[question]
        rest = [score - weight * fit for score, fit in zip(self.scores, self.fits[question], strict=True)]
        reached: Numbers = (0,) * len(rest)
        for fits in self.form.fits[question]:
            scores = tuple(
                score + weight * fit * self.lanes.ones for score, fit in zip(rest, fits, strict=True)
            )
            reached = tuple(map(or_, reached, self._lean(weights, scores)))
        return self._share(reduce(or_, (one & other for one, other in combinations(reached, 2))))

    def changed_without(self, question: int) -> Fraction:
        """The share whose verdict changes when this question is skipped; the form has another one."""
        weights = equal_weights(self.form, skipped=question)
        return self._differing(self._lean(weights, self._score(weights)))

    def changed_to(self, other: "SampledAnswerSets") -> Fraction:
        """The share whose verdict is another in sets of another form, with lanes of the same size."""
        return self._differing(other.lean)

    def _differing(self, lean: Numbers) -> Fraction:
        return self._share(reduce(or_, map(xor, self.lean, lean)))

    def _share(self, mask: int) -> Fraction:
        return Fraction(mask.bit_count(), self.sample.size)

    def _score(self, weights: Weights) -> Numbers:
        return tuple(sum(map(mul, weights.questions, column)) for column in zip(*self.fits, strict=True))

    def _lean(self, weights: Weights, scores: Numbers) -> Numbers:
        order = _order_of_equals(self.form, weights)
        lean = [0] * len(scores)
        for first, second in permutations(range(len(scores)), 2):
            clear = threshold(self.form, weights, first, second)
            mask = self.lanes.at_least(scores[first] - scores[second], clear)
            for third in set(order) - {first, second}:
                behind = int(order.index(third) < order.index(second))
                mask &= self.lanes.at_least(scores[second] - scores[third], behind)
            lean[first] |= mask
        return tuple(lean)


def sampled_answer_sets(form: Form, sample: Sample = ANSWER_SETS, *, size: int = 0) -> SampledAnswerSets:
    """Complete answer sets of a form, the same ones for all forms with as many questions.

    `size` is that of the lanes, in bytes, where more are wanted than the form itself needs.
    """
    lanes = Lanes(sample.size, max(size, _lane_size(form)))
    fits = tuple(
        tuple(lanes.pack_bytes(options.translate(_table(points))) for points in zip(*rows, strict=True))
        for options, rows in zip(draw_options(sample, len(form.questions)), form.fits, strict=True)
    )
    return SampledAnswerSets(form, sample, lanes, fits)


def changed_in_sample(before: Form, after: Form, sample: Sample = ANSWER_SETS) -> Fraction:
    """The share of sampled answer sets whose verdict differs between forms with the same questions."""
    size = max(_lane_size(before), _lane_size(after))
    one, other = (sampled_answer_sets(form, sample, size=size) for form in (before, after))
    return one.changed_to(other)


def _lane_size(form: Form) -> int:
    # Scores reach 100 points and thresholds 283, all of them over the largest denominator in use.
    skips = (None, *range(len(form.questions)))
    largest = max(equal_weights(form, skipped=question).denominator for question in skips)
    return (largest * 512).bit_length() // 8 + 1


def _table(points: Sequence[int]) -> bytes:
    return bytes(points).ljust(256)


@lru_cache(maxsize=8)
def draw_options(sample: Sample, questions: int) -> tuple[bytes, ...]:
    uniform = sample.generator().random
    return tuple(bytes(int(uniform() * len(POSITIONS)) for _ in range(sample.size)) for _ in range(questions))


def _order_of_equals(form: Form, weights: Weights) -> list[int]:
    """The paths in the order of scoring behind a leader where their scores are equal: least certain first."""
    columns = zip(*form.squared_bands, strict=True)
    variances = [
        sum(weight**2 * band for weight, band in zip(weights.questions, column, strict=True))
        for column in columns
    ]
    return sorted(range(len(variances)), key=lambda path: -variances[path])
