"""An “X vs Y” article as it was understood. Each piece knows the lines it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.calls import Call
from articles.importing.lines import Decoration, Line
from articles.importing.words import all_text_of, lost


@dataclass(frozen=True, slots=True)
class Section:
    first: int
    last: int
    role: str
    heading: str
    html: str


@dataclass(frozen=True, slots=True)
class Point:
    line: int
    side: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    title: str
    slug: str
    sections: tuple[Section, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """`said` where a line of the text is the title, and not merely made from the names."""

    text: str
    line: int = 0

    @property
    def said(self) -> bool:
        return self.line > 0


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    title: Title
    slug: str
    paths: tuple[Path, ...]
    sections: tuple[Section, ...]
    calls: tuple[Call, ...]
    decoration: tuple[Decoration, ...]
    warnings: tuple[str, ...]
    lines: tuple[Line, ...]

    def texts(self) -> Iterator[str]:
        """Every text that goes into a field."""
        yield self.title.text if self.title.said else ""
        for section in (*self.sections, *(each for path in self.paths for each in path.sections)):
            yield f"{section.heading} {all_text_of(section.html)}"
        yield from (f"{point.label} {point.text}" for path in self.paths for point in path.points)
        yield from (f"{call.label} {call.text} {call.url}" for call in self.calls)

    def lost_words(self) -> list[tuple[int, str]]:
        """The words of the text that went nowhere, with their lines: there must be none."""
        return lost(self.lines, self.texts(), self.decoration)
