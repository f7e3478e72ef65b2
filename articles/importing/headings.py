"""A heading's words, without what marks it as one: #, numbers, emoji, bold, a colon at the end."""

import re
from dataclasses import dataclass

from articles.importing.lines import Decoration, Line, symbol, without_symbols
from articles.importing.prose import plain

MAX_LENGTH = 200
HASHES = re.compile(r"\s*(?P<hashes>#{2,6}\s*|#\s+)(?P<text>.*?)(?:\s+#+)?\s*\Z")
BOLD = re.compile(r"(\*\*|__|\*|_)(?P<text>(?:(?!\1).)+)\1")
NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+(?=\s)|\d\ufe0f?\u20e3)")


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts the #; it is 0 where nothing but the words say that it is a heading."""

    line: int
    text: str
    level: int
    decoration: tuple[Decoration, ...] = ()

    @property
    def key(self) -> str:
        return key(self.text)


def key(text: str) -> str:
    """Equal for headings that differ in case, spacing and punctuation only."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def heading(line: Line) -> Heading:
    """The line, taken as a heading."""
    found = HASHES.match(line.text)
    text, taken = _bare(found["text"] if found else line.text)
    decoration = tuple(Decoration(line.number, piece, "ornament of a heading") for piece in taken)
    return Heading(line.number, plain(text), len(found["hashes"].strip()) if found else 0, decoration)


def _bare(text: str) -> tuple[str, list[str]]:
    """The text without its marks, and those of them that a reader would see."""
    taken: list[str] = []
    while True:
        before = text
        text = text.strip()
        if found := BOLD.fullmatch(text):
            text = found["text"]
        if found := NUMBER.match(text):
            text = _taken(text[found.end() :], found[0], taken)
        rest, ornaments = without_symbols(text)
        text = _taken(rest, ornaments, taken)
        rest = text.rstrip(":").rstrip()
        text = _taken(*_without_symbols_behind(rest), taken)
        if text == before:
            return text, taken


def _without_symbols_behind(text: str) -> tuple[str, str]:
    end = len(text)
    while end and (symbol(text[end - 1]) or (end < len(text) and text[end - 1].isspace())):
        end -= 1
    return text[:end].rstrip(), text[end:].strip()


def _taken(rest: str, piece: str, taken: list[str]) -> str:
    if piece:
        taken.append(piece)
    return rest
