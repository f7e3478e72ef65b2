"""A text in its headed sections, with what is mere decoration set apart."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.importing import ornaments
from articles.importing.calls import call
from articles.importing.headings import MAX_LENGTH, Heading, heading
from articles.importing.lines import Decoration, Line, split, trimmed

UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*")
LONGEST_BARE = 120  # a longer line is no heading unless it is marked as one
LONGEST_GUESSED, MOST_GUESSED_WORDS = 80, 12
DASHES = ("- ", "* ", "+ ", "• ")  # such a line belongs to a list; one with a number may be a heading
NO_SECTION = 9  # deeper than any heading


@dataclass(frozen=True, slots=True)
class Section:
    heading: Heading | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    lines: tuple[Line, ...]  # of the whole text
    sections: tuple[Section, ...]
    decoration: tuple[Decoration, ...]


def read(text: str, known: Callable[[str], bool]) -> Outline:
    """The text's sections. `known` says whether a line that nothing marks is a heading by its words."""
    lines = split(text)
    underlined = _underlined(lines)
    left, decoration = ornaments.without_fences_and_rules(lines)
    left, contents = ornaments.without_contents(left)
    left, reply_form = ornaments.without_reply_form(left)
    headings = _Headings(left, underlined, known, ornaments.entry_keys(contents)).found()
    sections = _sections(left, headings, known)
    ornamental = [piece for each in headings.values() for piece in each.decoration]
    return Outline(tuple(lines), sections, (*decoration, *contents, *reply_form, *ornamental))


def _underlined(lines: Sequence[Line]) -> dict[int, int]:
    """The levels of the headings that are marked by a line of = or - below them, by line number."""
    return {
        above.number: 1 if "=" in below.text else 2
        for above, below in pairwise(lines)
        if UNDERLINE.fullmatch(below.text) and len(above.text) <= LONGEST_BARE and _could_be_bare(above)
    }


def _could_be_bare(line: Line) -> bool:
    text = line.text.rstrip(" *_#:")
    if line.text.lstrip().startswith(DASHES):
        return False
    return any(map(str.isalnum, text)) and text[-1] not in ".,;!…" and call(line) is None


def _sections(
    lines: Sequence[Line], headings: dict[int, Heading], known: Callable[[str], bool]
) -> tuple[Section, ...]:
    """The lines under the headings of sections; deeper headings become part of the text."""
    level = _section_level(list(headings.values()), known)
    found: list[tuple[Heading | None, list[Line]]] = [(None, [])]
    for line in lines:
        each = headings.get(line.number)
        if each is None:
            found[-1][1].append(line)
        elif each.level <= level or known(each.text):
            found.append((each, []))
        else:
            depth = min(max(each.level - level, 1), 2) + 2
            found[-1][1].append(Line(line.number, f"{'#' * depth} {each.text}"))
    made = [Section(each, trimmed(own)) for each, own in found]
    return tuple(section for section in made if section.heading or section.lines)


def _section_level(headings: Sequence[Heading], known: Callable[[str], bool]) -> int:
    """How many # the headings of sections have; the title, with fewer, doesn't count."""
    marked = [each for each in headings if each.level]
    if marked and marked[0].level == 1 and sum(each.level == 1 for each in marked) == 1:
        marked = marked[1:]
    levels = [each.level for each in marked if known(each.text)] or [each.level for each in marked]
    return min(levels, default=NO_SECTION)


@dataclass(frozen=True)
class _Headings:
    lines: Sequence[Line]
    underlined: dict[int, int]
    known: Callable[[str], bool]
    entries: set[str]

    def found(self) -> dict[int, Heading]:
        found: dict[int, Heading] = {}
        for index, line in enumerate(self.lines):
            if not line.blank and (each := self._heading(index, found)):
                found[line.number] = each
        return found

    def _heading(self, index: int, earlier: dict[int, Heading]) -> Heading | None:
        line = self.lines[index]
        marked = self.underlined.get(line.number, 0)
        if not marked and len(line.text) > LONGEST_BARE and not line.text.lstrip().startswith("#"):
            return None
        found = heading(line)
        found = replace(found, level=marked or found.level)
        if not found.text or len(found.text) > MAX_LENGTH:
            return None
        if found.level or (_could_be_bare(line) and self._is_bare(index, found, earlier)):
            return found
        return None

    def _is_bare(self, index: int, found: Heading, earlier: dict[int, Heading]) -> bool:
        """Whether a line that nothing marks is a heading all the same."""
        if found.key in self.entries:
            return True
        if self._goes_on(index):
            return False
        if self.known(found.text):
            return True
        return not self.lines[index].bulleted and self._is_guessed(index, found, earlier)

    def _goes_on(self, index: int) -> bool:
        """Whether the next line continues a sentence that this one began."""
        text = self._text(index + 1).lstrip()
        return text[:1].islower()

    def _is_guessed(self, index: int, found: Heading, earlier: dict[int, Heading]) -> bool:
        """Short, capitalised, set apart from what is before it, and followed by text."""
        text = found.text
        if len(text) > LONGEST_GUESSED or len(text.split()) > MOST_GUESSED_WORDS or ": " in text:
            return False
        if not (text[0].isupper() or text[0].isdigit()) or not any(map(str.isalpha, text)):
            return False
        alone = not (self._text(index - 1) or self._text(index + 1))
        return (alone or _capitalised(text)) and self._is_set_apart(index, earlier)

    def _is_set_apart(self, index: int, earlier: dict[int, Heading]) -> bool:
        before = self.lines[index - 1] if index else None
        apart = before is None or before.blank or before.number in earlier or before.ends_a_sentence
        following = (self.lines[place] for place in range(index + 1, len(self.lines)))
        after = next((line for line in following if not line.blank), None)
        return apart and after is not None and (after.ends_a_sentence or after.bulleted)

    def _text(self, index: int) -> str:
        return self.lines[index].text.strip() if 0 <= index < len(self.lines) else ""


def _capitalised(text: str) -> bool:
    """Whether the words are written as in a title."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long) and "," not in text
