"""Pros and cons: lines such as “- Flexibility: Work anytime.”"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.importing.lines import Decoration, Item, Line, continues, item, without_symbols
from articles.importing.prose import plain
from articles.importing.words import cut
from comparisons.importing.parsed import Point

LONGEST_LABEL = 120
LABELLED = (
    re.compile(r"(?P<mark>\*\*|__)(?P<label>(?:(?!(?P=mark)).)+):(?P=mark)\s*(?P<text>.*)"),
    re.compile(r"(?P<mark>\*\*|__)(?P<label>(?:(?!(?P=mark)).)+)(?P=mark)\s*[:–—-]\s*(?P<text>.*)"),
    re.compile(r"(?P<label>(?:(?!\. )[^:\[\]]){1,120}):(?:\s+(?P<text>.*)|\Z)"),
    re.compile(r"(?P<label>[^\[\]]{1,80}?)\s+[–—-]\s+(?P<text>.+)"),
)


@dataclass
class _Open:
    """A point that further lines may continue."""

    line: int
    indent: int
    parts: list[str]


@dataclass
class Points:
    """What a part about one side holds: its points, and the lines that belong to none."""

    points: list[Point] = field(default_factory=list)
    remarks: list[Line] = field(default_factory=list)
    decoration: list[Decoration] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read(lines: Sequence[Line], side: str) -> Points:
    reader = _Reader(bulleted=any(line.bulleted for line in lines))
    for line in lines:
        reader.take(line)
    found = Points(remarks=reader.remarks, decoration=reader.decoration)
    for each in reader.items:
        label, text = labelled(" ".join(each.parts))
        if label:
            found.points.append(Point(each.line, side, label, text))
        if text and not any(pattern.fullmatch(" ".join(each.parts)) for pattern in LABELLED):
            found.warnings.append(f"line {each.line}: the point has no label, so its first words are one.")
    return found


def labelled(text: str) -> tuple[str, str]:
    """A point's label and text; where nothing parts them, as much as fits is the label."""
    for pattern in LABELLED:
        if found := pattern.fullmatch(text):
            label = plain(found["label"])
            if label and len(label) <= LONGEST_LABEL:
                return label, plain(found["text"] or "")
    return cut(plain(text), LONGEST_LABEL)


@dataclass
class _Reader:
    """Sorts lines into points, what continues them, and remarks."""

    bulleted: bool
    items: list[_Open] = field(default_factory=list)
    remarks: list[Line] = field(default_factory=list)
    decoration: list[Decoration] = field(default_factory=list)
    current: _Open | None = None
    above: Line | None = None  # unless it is blank

    def take(self, line: Line) -> None:
        listed = item(line)
        self._drop(listed.decoration if listed else ())
        if line.blank:
            self.remarks += [line] if self.remarks else []
        elif self.current and self._continues(self.current, line, listed):
            self.current.parts.append(listed.text if listed else line.text.strip())
        elif listed or self._is_bare_point(line):
            self._begin(line, listed)
        else:
            self.remarks.append(line)
            self.current = None
        self.above = None if line.blank else line

    def _continues(self, current: _Open, line: Line, listed: Item | None) -> bool:
        if listed:
            return listed.indent > current.indent + 1
        if not self.bulleted or line.text.startswith("#"):
            return False
        return line.indented or bool(self.above and continues(self.above, line))

    def _is_bare_point(self, line: Line) -> bool:
        """Where no line has a bullet, each that is short or has a label is a point."""
        if self.bulleted or line.text.startswith("#"):
            return False
        return len(line.text) <= LONGEST_LABEL or bool(LABELLED[2].fullmatch(line.text))

    def _begin(self, line: Line, listed: Item | None) -> None:
        text, ornament = (listed.text, "") if listed else without_symbols(line.text)
        self._drop([Decoration(line.number, ornament, "emoji")] if ornament else ())
        self.current = _Open(line.number, listed.indent if listed else 0, [text.strip()])
        self.items.append(self.current)

    def _drop(self, decoration: Iterable[Decoration]) -> None:
        self.decoration += decoration
