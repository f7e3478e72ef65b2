"""The lines of a text, and what can be told of one by itself."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# \u2028 and the like stay inside a line: editors number lines by these three only.
LINE_END = re.compile(r"\r\n|\r|\n")
TICKS = "✓✔☑✅✗✘❌❎⭐★☆🔹🔸🔷🔶🟢🔴"
BULLET = re.compile(
    rf"(?P<indent>\s*)(?:[-*+–—·](?=\s|$)\s*|[•‣◦▪▫●○■□➤➢►▶→➔➜⁃∙]\s*|\d{{1,3}}[.)](?=\s)\s*|(?=[{TICKS}]))"
)
SENTENCE_END = re.compile(r"[.!?:;…][\"”’'»)\]*_]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def indented(self) -> bool:
        return self.text.startswith((" ", "\t"))

    @property
    def bulleted(self) -> bool:
        return bool(BULLET.match(self.text))

    @property
    def ends_a_sentence(self) -> bool:
        return bool(SENTENCE_END.search(self.text))


@dataclass(frozen=True, slots=True)
class Decoration:
    """What of a line is not kept in any field, and why that loses nothing."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list without its bullet; what the bullet was made of besides punctuation is decoration."""

    text: str
    indent: int
    decoration: tuple[Decoration, ...] = ()


def split(text: str) -> list[Line]:
    return [Line(number, found) for number, found in enumerate(LINE_END.split(text), start=1)]


def item(line: Line) -> Item | None:
    """The line as an item of a list; None where it is none."""
    if not (found := BULLET.match(line.text)):
        return None
    text, ticks = without_symbols(line.text[found.end() :])
    pieces = [(found[0].strip(), "number of a list")] if any(map(str.isdigit, found[0])) else []
    pieces += [(ticks, "emoji bullet")] if ticks else []
    decoration = tuple(Decoration(line.number, piece, reason) for piece, reason in pieces)
    return Item(text, len(found["indent"].expandtabs(4)), decoration)


def continues(before: Line, line: Line) -> bool:
    """Whether the line goes on with the item of a list directly above it, without being indented."""
    return not before.ends_a_sentence and not line.text[:1].isupper()


def without_symbols(text: str) -> tuple[str, str]:
    """The text without the emoji and ornaments it begins with, and these."""
    end = 0
    while end < len(text) and (symbol(text[end]) or (end and text[end].isspace())):
        end += 1
    return (text[end:].lstrip(), text[:end].strip()) if end else (text.lstrip(), "")


def symbol(character: str) -> bool:
    if character in "©®™°":
        return False
    category = unicodedata.category(character)
    return (
        category in ("So", "Me")
        or (category == "Sk" and ord(character) > 0xFF)
        or character in "\ufe0f\u200d"
    )


def blanked(line: Line) -> Line:
    return Line(line.number, "")


def trimmed(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without the blank ones at either end."""
    found = list(lines)
    while found and found[-1].blank:
        found.pop()
    start = next((index for index, line in enumerate(found) if not line.blank), len(found))
    return tuple(found[start:])


def runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in groups, as blank lines part them."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line.blank:
            found.append([])
        else:
            found[-1].append(line)
    return [run for run in found if run]
