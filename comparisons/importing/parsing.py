"""From the text of an “X vs Y” article to what it says of each career and of their contrast. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from articles.importing import calls, outline, prose
from articles.importing.calls import Call
from articles.importing.headings import Heading
from articles.importing.lines import Decoration, Line, trimmed
from articles.importing.words import words
from comparisons.importing import contenders, points
from comparisons.importing.contenders import Contenders
from comparisons.importing.parsed import ParsedArticle, Path, Point, Section, Title
from comparisons.importing.roles import Announced, Part, announced, known

ROLES = (Part.INTRODUCTION, Part.DIFFERENCES, Part.CHOOSING, Part.ALTERNATIVES, Part.CONCLUSION, Part.BODY)
SIDES = (Part.PROS, Part.CONS)
OF_THE_PAGE = "heading the page writes itself"


def parse(text: str, file_name: str) -> ParsedArticle:
    """What the text says, with every word in its place. Raises ImportRefused where it names no contenders."""
    found = outline.read(text, known)
    compared = contenders.find(found, PurePath(file_name).stem)
    reader = _Reader(compared, [_Gathered() for _ in compared.all], list(found.decoration))
    first = next((section for section in found.sections if section.heading), None)
    for section in found.sections:
        reader.take(section, first=section is first)
    return reader.article(found.lines)


@dataclass
class _Gathered:
    """What has been read of one career."""

    sections: list[Section] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    heading: Heading | None = None  # of its pros and cons
    remarks: list[Line] = field(default_factory=list)


@dataclass
class _Reader:
    compared: Contenders
    gathered: list[_Gathered]
    decoration: list[Decoration]
    title: Title | None = None
    sections: list[Section] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    current: _Gathered | None = None  # the career that headings without a name speak of

    def take(self, section: outline.Section, *, first: bool) -> None:
        lines, found, ornaments = calls.take(section.lines)
        self.calls += found
        self.decoration += ornaments
        left, heading = trimmed(lines), section.heading
        if heading is None:
            self.sections += self._sections(Part.INTRODUCTION, None, left)
        elif first and self._is_title(heading):
            self.title = Title(heading.text, heading.line)
            self.sections += self._sections(Part.INTRODUCTION, None, left)
        else:
            self._place(heading, left)

    def _is_title(self, heading: Heading) -> bool:
        """The first heading, where it says “vs”, or has one # and announces nothing else."""
        part = announced(heading.text).part
        return part is Part.TITLE or (heading.level == 1 and part is Part.BODY)

    def _place(self, heading: Heading, lines: Sequence[Line]) -> None:
        said = announced(heading.text)
        career = self._career(said, heading)
        if career and said.part in SIDES:
            self._take_points(career, heading, said, lines)
        elif career and said.part is Part.PROS_AND_CONS:
            self._close(career)
            career.heading, career.remarks = heading, list(lines)
        elif career:
            career.sections += self._sections(Part.INTRODUCTION, heading, lines)
        else:
            role = said.part if said.part in ROLES else Part.BODY
            self.sections += self._sections(role, heading, lines)

    def _career(self, said: Announced, heading: Heading) -> _Gathered | None:
        """The career a part is about: the one its heading names or, for pros and cons, the last named."""
        place = self.compared.place(said.name or heading.text)
        if place is not None and said.part in (*SIDES, Part.PROS_AND_CONS, Part.UNDERSTANDING, Part.BODY):
            self.current = self.gathered[place]
            return self.current
        nameless = said.part in (*SIDES, Part.PROS_AND_CONS) and not said.name
        return self.current if nameless else None

    def _take_points(
        self, career: _Gathered, heading: Heading, said: Announced, lines: Sequence[Line]
    ) -> None:
        found = points.read(lines, str(said.part))
        career.points += found.points
        self.decoration += found.decoration
        self.warnings += found.warnings
        if trimmed(found.remarks) and not career.heading:
            career.heading = heading
        else:
            self.decoration.append(_of_the_page(heading))
        career.remarks += [Line(heading.line, ""), *found.remarks]

    def _close(self, career: _Gathered) -> None:
        """End a career's pros and cons: what is no point becomes a section under their heading."""
        lines = trimmed(career.remarks)
        if lines:
            career.sections += self._sections(Part.BODY, career.heading, lines)
        elif career.heading:
            self.decoration.append(_of_the_page(career.heading))
        career.heading, career.remarks = None, []

    def _sections(self, role: str, heading: Heading | None, lines: Sequence[Line]) -> list[Section]:
        if not (heading or lines):
            return []
        written = prose.render(lines)
        self.decoration += written.decoration
        if heading and not lines:
            self.warnings.append(f"line {heading.line}: “{heading.text}” has no text.")
        if any(line.text.lstrip().startswith("|") for line in lines):
            self.warnings.append(
                f"line {lines[0].number}: a table is kept as lines of text. Enter its rows as differences."
            )
        first = heading.line if heading else lines[0].number
        last = lines[-1].number if lines else first
        return [Section(first, last, str(role), heading.text if heading else "", written.html)]

    def article(self, lines: Sequence[Line]) -> ParsedArticle:
        for career in self.gathered:
            self._close(career)
        paths = tuple(
            Path(each.title, each.slug, tuple(career.sections), tuple(career.points))
            for each, career in zip(self.compared.all, self.gathered, strict=True)
        )
        missing = (message for path in paths for message in _missing(path))
        unaddressed = (_unaddressed(call) for call in self.calls if not call.url)
        return ParsedArticle(
            title=self._title(),
            slug=self.compared.slug,
            paths=paths,
            sections=tuple(self.sections),
            calls=tuple(self.calls),
            decoration=tuple(sorted(self.decoration, key=lambda each: each.line)),
            warnings=(*self.warnings, *missing, *unaddressed),
            lines=tuple(lines),
        )

    def _title(self) -> Title:
        """The title as the text has it; in the house's own spelling, where that has the same words."""
        made = Title(self.compared.title, self.title.line if self.title else 0)
        if self.title and words(self.title.text) != words(made.text):
            return self.title
        return made


def _of_the_page(heading: Heading) -> Decoration:
    return Decoration(heading.line, heading.text, OF_THE_PAGE)


def _unaddressed(call: Call) -> str:
    return f"line {call.line}: “{call.label}” has no address, so it leads to the home page. Set it."


def _missing(path: Path) -> list[str]:
    sides = {point.side for point in path.points}
    wanted = {
        "introduction": any(section.role == Part.INTRODUCTION for section in path.sections),
        "pros": Part.PROS in sides,
        "cons": Part.CONS in sides,
    }
    return [f"“{path.title}” has no {name} in this text." for name, there in wanted.items() if not there]
