"""The distribution of the margin between two paths as a picture: where everything in it stands. Pure.

The first path's side is the left one, as it is named first. Lengths are units of a picture that is WIDTH
wide; its bars stand on a line at HEIGHT.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from comparisons.fairness import BIN_WIDTH, Bin

WIDTH, HEIGHT = 640, 200
STEP = 10  # points from one mark of the axis to the next


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the axis, and how far from 0 it is in points."""

    x: float
    points: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """One bar for each bin, the band in which it is too close to call, and the axis."""

    bars: tuple[Box, ...]
    band: Box
    marks: tuple[Mark, ...]


def histogram(bins: Sequence[Bin], band: Fraction) -> Histogram:
    """The picture of a distribution whose verdicts are clear from a margin of `band` points on."""
    widest = max(abs(each.centre) for each in bins) + Fraction(BIN_WIDTH, 2)
    reach = STEP * ceil(max(widest, band) / STEP)
    highest = max(each.share for each in bins)

    def place(margin: Fraction | int) -> float:
        return round(float((reach - margin) * WIDTH / Fraction(2 * reach)), 2)

    def box(margin: Fraction, across: Fraction, height: float) -> Box:
        left, right = place(margin + across), place(margin - across)
        return Box(left, round(HEIGHT - height, 2), round(right - left, 2), round(height, 2))

    half = Fraction(BIN_WIDTH, 2)
    return Histogram(
        bars=tuple(box(Fraction(each.centre), half, float(each.share / highest) * HEIGHT) for each in bins),
        band=box(Fraction(0), band, HEIGHT),
        marks=tuple(Mark(place(points), abs(points)) for points in range(reach, -reach - 1, -STEP)),
    )
