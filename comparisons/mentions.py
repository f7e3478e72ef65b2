"""Whether a text mentions a figure: its numbers however they are written, and what stands beside them. Pure.

A bare number says little: “2” is two ways of working as well as two dollars. So what speaks for a mention is
added up, and a number alone is none.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

ENOUGH = 2  # points: below that, a number is not taken for a mention
NEAR = 12  # words before and after a number in which the label's are looked for
AROUND = 150  # characters in which all that matters stands: a text may be of any length
MOST = 1000  # numbers of a text that are looked at
LARGEST = 5  # groups of three digits that are read as one number
SHORTEST_WORD = 3
EXCERPT = 60  # characters before and after

# Points and commas stand within a number, spaces perhaps: “1 200” is one number, or two.
RUN = re.compile(r"\d+(?:[.,'’]\d+)*")
GAP = re.compile(r"[ \u00a0\u2009\u202f]")
GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})*")
THREE = re.compile(r"\d{3}(?!\d)")
JOINING = re.compile(r"\s*(?:[-–—−]|to|and|or|bis|und|until|up to)\s*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CHF": "Fr", "BRL": "R$", "CAD": "C$"}
NAMES = {"USD": ("dollar", "buck"), "EUR": ("euro",), "GBP": ("pound",), "%": ("percent", "per cent")}
CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}\Z")
ORDINAL = ("st", "nd", "rd", "th")
THOUSAND = "k"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or a range from low to high, with its label, unit and period as a path's fact has them."""

    label: str
    low: Decimal
    high: Decimal
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: all that it may mean, and where it stands."""

    values: frozenset[Decimal]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text mentions a figure, and how much speaks for that."""

    start: int
    end: int
    points: int

    def excerpt(self, text: str) -> str:
        """The words around it."""
        first, last = max(0, self.start - EXCERPT), self.end + EXCERPT
        words = " ".join(text[first:last].split())
        return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"


def find(text: str, figure: Figure, values: Collection[Decimal] = ()) -> Mention | None:
    """The likeliest mention of the figure, by any of these values of it: by both its ends, if none are given.

    None where no number of the text is taken for one.
    """
    wanted = {abs(value) for value in values or (figure.low, figure.high)}
    looked_at = islice(_mentions(text, figure, wanted), MOST)
    found = [mention for mention in looked_at if mention.points >= ENOUGH]
    return max(found, key=lambda mention: (mention.points, -mention.start), default=None)


def _mentions(text: str, figure: Figure, wanted: set[Decimal]) -> Iterator[Mention]:
    every = sorted(numbers(text), key=lambda number: number.start)
    both = {abs(figure.low), abs(figure.high)}
    for at, number in enumerate(every):
        if met := number.values & wanted:
            start, end = _range(text, number, every[max(0, at - 4) : at + 5], both)
            span = 2 if (start, end) != (number.start, number.end) else 0
            beside = 2 if _has_unit(text, start, end, figure.unit) else 0
            exact = 2 if any(map(_is_distinctive, met)) else 0
            points = span + beside + exact + _words_near(text, start, end, figure)
            yield Mention(start, end, points)


# --- Numbers -----------------------------------------------------------------------------------------


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text; where spaces may part thousands, each reading is one."""
    runs = [run for run in RUN.finditer(text) if _stands_alone(text, run)]
    for run in runs:
        thousand = text[run.end() : run.end() + 1].casefold() == THOUSAND
        values = frozenset(value * (1000 if thousand else 1) for value in readings(run[0]))
        yield Number(values, run.start(), run.end() + thousand)
    yield from _parted(text, runs)


def readings(run: str) -> set[Decimal]:
    """What digits with points, commas or apostrophes between may mean: “1.200” is 1200 or 1.2."""
    signs = [sign for sign in run if not sign.isdigit()]
    if not signs:
        return {Decimal(run)}
    found = {_whole(run)} if len(set(signs)) == 1 and GROUPED.fullmatch(run) else set()
    before, sign, after = run.rpartition(signs[-1])
    if sign in ".," and sign not in before and (before.isdigit() or GROUPED.fullmatch(before)):
        found.add(_whole(before) + Decimal(f"0.{after}"))
    return found


def _whole(digits: str) -> Decimal:
    return Decimal("".join(filter(str.isdigit, digits)))


def _stands_alone(text: str, run: re.Match[str]) -> bool:
    """Not a part of a word, as in “B2B”; a currency may be written to it, a unit or a “k” for thousand."""
    before, behind = text[max(0, run.start() - 4) : run.start()], WORD.match(text, run.end())
    if before[-1:].isalpha() and not CODE.search(before):
        return False
    return behind is None or behind[0].casefold() not in ORDINAL


def _parted(text: str, runs: Sequence[re.Match[str]]) -> Iterator[Number]:
    """Runs of three digits after one another, with a space between, as one number."""
    chain: list[re.Match[str]] = []
    for run in runs:
        follows = chain and GAP.fullmatch(text[chain[-1].end() : run.start()])
        if follows and len(chain) < LARGEST and len(chain[0][0]) <= 3 and THREE.match(run[0]):
            chain.append(run)
            digits = "".join(each[0] for each in chain)
            yield Number(frozenset(readings(digits)), chain[0].start(), run.end())
        else:
            chain = [run]


def _is_distinctive(value: Decimal) -> bool:
    """Hardly anything else is called by such a number."""
    return value % 1 != 0 or value >= 1000 or len(value.normalize().as_tuple().digits) >= 3


# --- What stands beside ------------------------------------------------------------------------------


def _range(text: str, number: Number, every: Sequence[Number], both: set[Decimal]) -> tuple[int, int]:
    """From where to where the range reaches whose one end is the number; itself, where it is in none."""
    if len(both) < 2:
        return number.start, number.end
    for other in every:
        first, last = sorted((number, other), key=lambda each: each.start)
        ends = [value for each in (first, last) for value in each.values & both]
        if len(set(ends)) == 2 and _joins(text[first.end : last.start]):
            return first.start, last.end
    return number.start, number.end


def _joins(between: str) -> bool:
    """Whether the words between two numbers make them one range: “–”, “ to $”, “ USD to USD ”."""
    bare = re.sub(r"[A-Z]{3}\b|[$€£¥₹%]", " ", between)
    return bool(JOINING.fullmatch(bare))


def _has_unit(text: str, start: int, end: int, unit: str) -> bool:
    if not unit:
        return False
    before, after = _around(text, start, end)
    before, after = before.rstrip().casefold(), after.lstrip("- \u00a0\u2009\u202f").casefold()
    signs = [unit.casefold(), SYMBOLS.get(unit, unit).casefold(), *NAMES.get(unit, ())]
    stems = [sign[:-1] if len(sign) > SHORTEST_WORD and sign.endswith("s") else sign for sign in signs]
    return any(before.endswith(sign) for sign in signs) or any(after.startswith(stem) for stem in stems)


def _words_near(text: str, start: int, end: int, figure: Figure) -> int:
    """One point for a word of the label or the period nearby, two for more."""
    before, after = map(WORD.findall, _around(text, start, end))
    near = [word.casefold() for word in (*before[-NEAR:], *after[:NEAR])]
    wanted = {word.casefold() for word in WORD.findall(f"{figure.label} {figure.period}")}
    found = {word for word in wanted if any(_alike(word, other) for other in near)}
    return min(2, len(found))


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST_WORD and longer.startswith(shorter)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]
