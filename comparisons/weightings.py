"""How much a result hangs on the weights: in which share of all weightings each path leads. Pure.

A weighting gives each criterion that has answers a share of 1, all of them equally likely (uniform on the
simplex). A path leads where its score is highest, whether or not that is clear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import pairwise
from math import comb, lcm
from operator import and_, mul

from comparisons.answers import AnswerSheet, Form
from comparisons.sampling import Lanes, Sample
from comparisons.scoring import ZERO

WEIGHTINGS = Sample(10_000)
WEIGHT_BITS = 24  # a drawn weight is a whole number of 2^-24

Rows = Sequence[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Weightings:
    """The share of weightings, of 1, in which each path leads alone, and in which the lead is shared.

    Exact where `sample` is None; otherwise `errors` are the standard errors of the shares.
    """

    leads: Mapping[str, Fraction]
    shared: Fraction
    sample: Sample | None = None
    errors: Mapping[str, Fraction] | None = None


def weightings(form: Form, sheet: AnswerSheet) -> Weightings | None:
    """The shares for a reader's answers, whatever importances they gave; None where nothing is answered."""
    rows = _criterion_points(form, sheet)
    if not rows:
        return None
    if len(form.paths) == 2:
        differences = [first - second for first, second in rows]
        shares = [share_above_zero(differences), share_above_zero([-value for value in differences])]
        return Weightings(dict(zip(form.paths, shares, strict=True)), shared=1 - sum(shares, ZERO))
    shares = _sampled_shares(rows)
    return Weightings(
        leads=dict(zip(form.paths, shares, strict=True)),
        shared=1 - sum(shares, ZERO),
        sample=WEIGHTINGS,
        errors=dict(zip(form.paths, map(WEIGHTINGS.standard_error, shares), strict=True)),
    )


def share_above_zero(differences: Sequence[int]) -> Fraction:
    """The share of the weightings w, uniform on the simplex, for which Σ w·d is above 0. At least one d.

    By the Hermite–Genocchi formula this is the divided difference of max(x, 0)^(n−1) at the n values d,
    which for distinct ones is Σ over d_i>0 of d_i^(n−1) / Π_{j≠i}(d_i − d_j) (DECISION.md). Where values
    are equal, their divided difference is a derivative, so that no value needs to be moved: the share is
    exact for all of them. (C. de Boor, "Divided differences", Surveys in Approximation Theory 1, 2005.)
    """
    nodes = sorted(differences)
    degree = len(nodes) - 1
    column = [_power(node, degree) for node in nodes]
    for order in range(1, len(nodes)):
        column = [
            (above - below) / (high - low)
            if high > low
            else comb(degree, order) * _power(low, degree - order)
            for below, above, low, high in zip(column, column[1:], nodes, nodes[order:], strict=False)
        ]
    return column[0]


def _power(base: int, exponent: int) -> Fraction:
    return Fraction(base**exponent if base > 0 else 0)


def _criterion_points(form: Form, sheet: AnswerSheet) -> Rows:
    """The paths' mean fits for each criterion that has answers, as whole numbers over one denominator."""
    fits: dict[int, list[tuple[int, ...]]] = {}
    for question, (home, option) in enumerate(zip(form.homes, sheet.options, strict=True)):
        if option is not None:
            fits.setdefault(home, []).append(form.fits[question][option])
    scale = lcm(*map(len, fits.values()))
    return [
        tuple(sum(column) * scale // len(rows) for column in zip(*rows, strict=True))
        for rows in fits.values()
    ]


def _sampled_shares(rows: Rows) -> list[Fraction]:
    largest = max(1, *map(max, rows)) << WEIGHT_BITS
    lanes = _lanes(largest.bit_length() // 8 + 1)
    weights = _weights(len(rows), lanes)
    scores = [sum(map(mul, weights, column)) for column in zip(*rows, strict=True)]
    leads = [
        reduce(and_, (lanes.at_least(score - other, 1) for other in scores[:path] + scores[path + 1 :]))
        for path, score in enumerate(scores)
    ]
    return [Fraction(mask.bit_count(), WEIGHTINGS.size) for mask in leads]


@lru_cache(maxsize=4)
def _lanes(size: int) -> Lanes:
    return Lanes(WEIGHTINGS.size, size)


@lru_cache(maxsize=8)
def _weights(criteria: int, lanes: Lanes) -> tuple[int, ...]:
    """The drawn weights of each criterion as lanes: the spacings of sorted uniform numbers.

    (L. Devroye, "Non-Uniform Random Variate Generation", 1986, chapter V.) The same in every process and
    version of Python. Kept, at up to 100 kB for each criterion: to draw them takes longer than to use them.
    """
    uniform = WEIGHTINGS.generator().random
    whole = 1 << WEIGHT_BITS
    cuts = [sorted([int(uniform() * whole) for _ in range(criteria - 1)]) for _ in range(WEIGHTINGS.size)]
    bounds = [0, *map(lanes.pack, zip(*cuts, strict=True)), whole * lanes.ones]
    return tuple(above - below for below, above in pairwise(bounds))
