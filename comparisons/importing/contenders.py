"""Which careers an article compares, and how their names are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.text import slugify

from articles.importing.files import ImportRefused
from articles.importing.lines import Line
from articles.importing.outline import Outline
from comparisons.importing.roles import Part, announced, between, plausible, versus

FEWEST, MOST = 2, 4
LONGEST_SLUG = LONGEST_TITLE = 200
LONGEST_ACRONYM = 4
NAMING = (Part.UNDERSTANDING, Part.PROS_AND_CONS, Part.PROS, Part.CONS)
HINT = "Name two to four careers in headings such as “Understanding …”, or in a title “… vs …”."


@dataclass(frozen=True, slots=True)
class Contender:
    """`name` as the text has it, `inside` as it stands within a sentence, `title` as it begins one."""

    name: str
    inside: str
    line: int

    @property
    def title(self) -> str:
        return _begun(self.inside)

    @property
    def slug(self) -> str:
        return slugify(self.inside)


@dataclass(frozen=True, slots=True)
class Contenders:
    all: tuple[Contender, ...]
    places: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return _begun(" vs ".join(each.inside for each in self.all))

    @property
    def slug(self) -> str:
        return "-vs-".join(each.slug for each in self.all)

    def place(self, name: str) -> int | None:
        """Which contender goes by this name; None where none does."""
        return self.places.get(key(name))


def find(outline: Outline, file_name: str) -> Contenders:
    """The contenders in the order the text lists them. Raises ImportRefused unless there are two to four."""
    headed = _headed(outline)
    listed, line = _listed(outline, [name for name, _, _ in headed])
    found = _joined(headed, listed, line)
    if len(found) < FEWEST:
        found = _joined(headed, _from_file_name(file_name), 1)
    names = {name: line for names, line in found for name in names[:1]}
    _check_number(names)
    evidence = _Evidence.of(outline)
    contenders = tuple(Contender(name, evidence.written(name), line) for name, line in names.items())
    _check_addresses(contenders)
    return Contenders(contenders, {key(name): i for i, (names, _) in enumerate(found) for name in names})


Headed = tuple[str, int, set[Part]]
Group = tuple[list[str], int]  # the spellings of one name, and the line it first stands on


def _headed(outline: Outline) -> list[Headed]:
    """The names in headings, each with its line and the parts that it heads."""
    found: dict[str, Headed] = {}
    for section in outline.sections:
        if (
            section.heading
            and (said := announced(section.heading.text)).part in NAMING
            and plausible(said.name)
        ):
            name = found.setdefault(key(said.name), (said.name, section.heading.line, set()))
            name[2].add(said.part)
    return list(found.values())


def _listed(outline: Outline, named: list[str]) -> tuple[list[str], int]:
    """The names in the title or, failing that, in the heading of the differences."""
    titles, differences = [], []
    for section in outline.sections:
        if section.heading:
            said = announced(section.heading.text)
            line = section.heading.line
            if said.part is Part.TITLE:
                titles.append((versus(said.name), line))
            elif said.part is Part.DIFFERENCES:
                differences.append((between(said.name, named), line))
    return next((each for each in (*titles, *differences) if len(each[0]) >= FEWEST), ([], 1))


def _joined(headed: Sequence[Headed], listed: Sequence[str], line: int) -> list[Group]:
    """Each career with its spellings, those of headings first; in the order of the list, if there is one."""
    if not listed:
        return _merged(headed)
    groups: list[Group] = [([name], line) for name in dict.fromkeys(listed)]
    for name, own_line, parts in headed:
        same = [group for group in groups if key(name) in map(key, group[0])]
        alike = same or [group for group in groups if _alike(name, group[0][-1])]
        if len(alike) == 1:
            groups[groups.index(alike[0])] = ([name, *alike[0][0]], own_line)
        elif parts != {Part.UNDERSTANDING}:
            groups.append(([name], own_line))
    return groups


def _merged(headed: Sequence[Headed]) -> list[Group]:
    """From headings alone: “Microtask gigs”, which has pros, is “Microtask gig work”, explained before."""
    groups: list[tuple[Group, set[Part]]] = []
    for name, line, parts in headed:
        alike = [each for each in groups if _alike(name, each[0][0][0]) and not parts & each[1]]
        if len(alike) == 1:
            alike[0][0][0].append(name)
            alike[0][1].update(parts)
        else:
            groups.append((([name], line), set(parts)))
    return [group for group, _ in groups]


def key(name: str) -> str:
    """Equal for spellings of one name; C++ and C# are not C."""
    return " ".join(re.findall(r"[^\W_]+[+#]*", name.casefold()))


def _alike(one: str, other: str) -> bool:
    """Whether one name has all words of the other, in the singular or in the plural."""
    first, second = ({word.removesuffix("s") for word in key(name).split()} for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def _from_file_name(file_name: str) -> list[str]:
    return versus(re.sub(r"[-_.+]+", " ", file_name))


def _check_number(names: dict[str, int]) -> None:
    if len(names) < FEWEST:
        found = f"only “{next(iter(names))}” is named" if names else "no careers to compare were found"
        raise ImportRefused(next(iter(names.values()), 1), f"{found}. {HINT}")
    if len(names) > MOST:
        listed = ", ".join(f"“{name}”" for name in names)
        raise ImportRefused(list(names.values())[MOST], f"{len(names)} careers are named: {listed}. {HINT}")


def _check_addresses(contenders: Sequence[Contender]) -> None:
    taken: dict[str, Contender] = {}
    for each in contenders:
        if not each.slug:
            raise ImportRefused(
                each.line, f"“{each.name}” has no Latin letter for an address. Give it another name."
            )
        if (other := taken.setdefault(each.slug, each)) is not each:
            message = f"“{other.name}” and “{each.name}” would have one address, {each.slug}. Rename one."
            raise ImportRefused(each.line, message)
    found = Contenders(tuple(contenders))
    if len(found.slug) > LONGEST_SLUG or len(found.title) > LONGEST_TITLE:
        raise ImportRefused(
            contenders[0].line, f"the names make a title of over {LONGEST_TITLE} characters. Shorten them."
        )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How the text writes words where no heading capitalises them."""

    small: frozenset[str]
    capital: frozenset[str]

    @classmethod
    def of(cls, outline: Outline) -> "_Evidence":
        lines = [line.text for section in outline.sections for line in section.lines]
        prose = [text for text in lines if Line(0, text).ends_a_sentence]
        inside = (word for text in prose for word in re.findall(r"(?<=[a-z,] )[A-Z][^\W_]*", text))
        small = (word for text in lines for word in re.findall(r"\b[a-z][^\W_]*", text))
        return cls(frozenset(small), frozenset(inside))

    def written(self, name: str) -> str:
        """The name within a sentence: acronyms, and what the text itself capitalises, keep their capitals."""
        shouted = name.isupper() and len(name) > LONGEST_ACRONYM
        return re.sub(r"[^\W_]+", lambda found: self._word(found[0], shouted), name)

    def _word(self, word: str, shouted: bool) -> str:
        small = word.lower()
        if shouted:
            return small if small in self.small or len(word) > LONGEST_ACRONYM else word
        acronym = any(map(str.isupper, word[1:])) or (word.isupper() and word not in ("A", "I"))
        named = word in self.capital and small not in self.small
        return word if acronym or named or any(map(str.isdigit, word)) else small


def _begun(text: str) -> str:
    """The text with a capital, unless its first word has one further on (iOS)."""
    first = text.split(" ")[0]
    return text if any(map(str.isupper, first)) else text[:1].upper() + text[1:]
