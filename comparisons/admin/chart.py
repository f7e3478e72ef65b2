"""Stacked bars, one a day, as the shapes of an SVG picture. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from articles.formats import day as day_in_words

# In the units of the picture, which is scaled to the page.
HEIGHT, SLOT, BAR = 300, 20, 16
LEFT, ABOVE, BELOW = 60, 20, 40
LABELLED = 14  # days from one label to the next


@dataclass(frozen=True, slots=True)
class Segment:
    tone: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    words: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Line:
    y: int
    number: int


@dataclass(frozen=True, slots=True)
class Label:
    x: int
    day: date


@dataclass(frozen=True, slots=True)
class Chart:
    """The days of the highest bar and of both ends are there for the words beside the picture."""

    width: int
    height: int
    left: int
    bottom: int
    bar_width: int
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    first: date
    last: date
    highest: date
    most: int


def draw(
    days: Sequence[date], columns: Sequence[Sequence[int]], tones: Sequence[str], names: Sequence[str]
) -> Chart:
    """`columns` has for each day the numbers to stack, from below; `tones` and `names` are theirs."""
    totals = [sum(column) for column in columns]
    top = ceiling(max(totals))
    return Chart(
        width=LEFT + SLOT * len(days),
        height=ABOVE + HEIGHT + BELOW,
        left=LEFT,
        bottom=ABOVE + HEIGHT,
        bar_width=BAR,
        bars=tuple(
            Bar(LEFT + SLOT * place, _words(day, column, names), tuple(_stack(column, tones, top)))
            for place, (day, column) in enumerate(zip(days, columns, strict=True))
            if any(column)
        ),
        lines=tuple(Line(ABOVE + HEIGHT - HEIGHT * part // 2, top * part // 2) for part in range(3)),
        labels=tuple(Label(LEFT + SLOT * place, days[place]) for place in range(0, len(days), LABELLED)),
        first=days[0],
        last=days[-1],
        highest=days[totals.index(max(totals))],
        most=max(totals),
    )


def ceiling(most: int) -> int:
    """The end of the scale: the next even number of one digit and zeros, so that its half is whole too."""
    step = 2 * 10 ** (len(str(most)) - 1)
    return max(1, -(-most // step)) * step


def _stack(column: Sequence[int], tones: Sequence[str], top: int) -> Iterator[Segment]:
    """Edges are rounded and not heights, so that a bar is as high as its sum."""
    edges = [HEIGHT * number // top for number in accumulate(column, initial=0)]
    for tone, (low, high) in zip(tones, pairwise(edges), strict=True):
        if high > low:
            yield Segment(tone, ABOVE + HEIGHT - high, high - low)


def _words(day: date, column: Sequence[int], names: Sequence[str]) -> str:
    parts = (f"{name}: {number}" for name, number in zip(names, column, strict=True) if number)
    return f"{day_in_words(day)} – {', '.join(parts)}"
