"""Words in the site's font: which of them it can write, how wide they are, and where their lines end.

A size in pixels is that of the font; all lengths are pixels.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "careersite/static/careersite/fonts"
FILES = ("faustina.woff2", "faustina-ext.woff2")
UNKNOWN = "\U0010ffff"  # a font's own sign for what it lacks
ELLIPSIS = "…"
SPARE = {"So", "Sk", "Cf", "Cc", "Co", "Cn", "Cs", "Mn", "Me"}  # a title says as much without
GAP = "\0"  # where a sign was
LEFT_OPEN = re.compile(rf" *{GAP}[ {GAP}]*(?=[,.;:?!…)])")  # what it stood before follows the word before it
BREAKS = re.compile(r"(?<=\w[-–—/])(?=\w)| +(?![–—] )")  # behind a hyphen or at a space, not before a dash
MEASURED_AT = 128  # a file takes longer to open than a text to measure: one size is opened, others follow

Weight = Literal[400, 600, 700]


@dataclass(frozen=True, slots=True)
class Setting:
    """Words as they stand: a size, a weight, and lines."""

    size: int
    weight: Weight
    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        return max((length(line, self.size, self.weight) for line in self.lines), default=0)


# --- What can be written ---------------------------------------------------------------------------


def writable(text: str) -> str:
    """One line of text without the signs that the font lacks; nothing where it lacks a letter or a digit."""
    kept = []
    for char in " ".join(unicodedata.normalize("NFC", text).splitlines()):
        if _home(char) is None and unicodedata.category(char) not in SPARE:
            return ""
        kept.append(GAP if _home(char) is None else char)
    closed = LEFT_OPEN.sub("", "".join(kept)).replace(GAP, "")
    return re.sub(" +", " ", closed).strip()


@lru_cache(maxsize=4096)
def _home(char: str) -> int | None:
    """Which of the files has the character."""
    return next((place for place in range(len(FILES)) if _has(_font(place, 32, 400), char)), None)


def _has(font: ImageFont.FreeTypeFont, char: str) -> bool:
    if char in " \N{NO-BREAK SPACE}":
        return True
    mask, unknown = font.getmask(char), font.getmask(UNKNOWN)
    return mask.getbbox() is not None and (mask.size, bytes(mask)) != (unknown.size, bytes(unknown))


@lru_cache(maxsize=256)
def _font(place: int, size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / FILES[place], size)
    font.set_variation_by_axes([weight])
    return font


# --- Writing ---------------------------------------------------------------------------------------


def length(text: str, size: int, weight: Weight) -> float:
    return _measured(text, weight) * size / MEASURED_AT


@lru_cache(maxsize=1024)
def _measured(text: str, weight: Weight) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, MEASURED_AT, weight))


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, weight: Weight, colour: str
) -> None:
    """A line; `at` is where it begins on its baseline."""
    x, y = at
    for font, run in _runs(text, size, weight):
        draw.text((x, y), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)


def _runs(text: str, size: int, weight: Weight) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
    for place, chars in groupby(text, key=_home):
        yield _font(place or 0, size, weight), "".join(chars)


# --- Lines -----------------------------------------------------------------------------------------


def fitted(
    text: str, room: tuple[float, float], sizes: Iterable[int], weight: Weight, *, leading: float, most: int
) -> Setting:
    """The words as large as they fit into a room of that width and height, in even lines.

    `sizes` fall; `leading` is the height of a line, as a part of the size; there are at most `most` lines.
    What does not fit even at the last size ends with an ellipsis.
    """
    width, height = room
    pieces = _pieces(text)
    for size in sizes:
        lines = _wrapped(pieces, width, size, weight)
        whole = all(length(line, size, weight) <= width for line in lines)
        if whole and len(lines) <= min(most, int(height / (size * leading))):
            return Setting(size, weight, _even(pieces, lines, width, size, weight))
    kept = _wrapped([_shortened(piece, width, size, weight) for piece in pieces], width, size, weight)
    count = max(1, min(most, int(height / (size * leading))))
    return Setting(size, weight, _cut(kept, count, width, size, weight))


def _pieces(text: str) -> list[str]:
    """What is never divided, each with the space before it, if any."""
    places = [0, *(found.start() for found in BREAKS.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(places) if start < end]


def _wrapped(pieces: Sequence[str], width: float, size: int, weight: Weight) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and length(lines[-1] + piece, size, weight) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _even(
    pieces: Sequence[str], lines: list[str], width: float, size: int, weight: Weight
) -> tuple[str, ...]:
    """As many lines, in the narrowest width that does."""
    low, high, best = width / 2, width, lines
    while high - low > 8:
        middle = (low + high) / 2
        tried = _wrapped(pieces, middle, size, weight)
        fits = len(tried) <= len(lines) and all(length(line, size, weight) <= width for line in tried)
        best, low, high = (tried, low, middle) if fits else (best, middle, high)
    return tuple(best)


def _shortened(piece: str, width: float, size: int, weight: Weight) -> str:
    """A word that is wider than the room, as far as it fits."""
    if length(piece, size, weight) <= width:
        return piece
    while piece and length(piece + ELLIPSIS, size, weight) > width:
        piece = piece[:-1]
    return piece + ELLIPSIS


def _cut(lines: list[str], count: int, width: float, size: int, weight: Weight) -> tuple[str, ...]:
    if len(lines) <= count:
        return tuple(lines)
    words = lines[count - 1].rstrip(ELLIPSIS).split(" ")
    while len(words) > 1 and length(" ".join(words) + ELLIPSIS, size, weight) > width:
        words.pop()
    last = _shortened(" ".join(words).rstrip(",;:–-/ ") + ELLIPSIS, width, size, weight)
    return (*lines[: count - 1], last.rstrip(ELLIPSIS) + ELLIPSIS)
