"""What the checks found as pages of the desk show it: by level, what is alike folded together."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings

from articles import checking, kinds
from articles.admin import display
from articles.checks.found import GRAVEST_FIRST, Finding, Level, Place
from articles.checks.search_results import Snippet, snippet
from articles.models import Article
from articles.obstacles import Objection
from articles.records import JSON

SHOW = "show"  # the parameter that names a place of a form
MOST_UNFOLDED = 3
ICONS = {Level.STOPS: "✖", Level.WARNS: "⚠", Level.INFORMS: "ℹ", Level.PASSES: "✓"}
TITLES = {
    Level.STOPS: "Stops publication",
    Level.WARNS: "Worth a look",
    Level.INFORMS: "Good to know",
    Level.PASSES: "As it should be",
}
VERBS = {Level.STOPS: "stop publication", Level.WARNS: "warn", Level.INFORMS: "inform"}


@dataclass(frozen=True, slots=True)
class Line:
    """A finding, and where its place is shown."""

    message: str
    address: str


@dataclass(frozen=True, slots=True)
class OfCheck:
    name: str
    label: str
    lines: Sequence[Line]

    @property
    def is_folded(self) -> bool:
        return len(self.lines) > MOST_UNFOLDED


@dataclass(frozen=True, slots=True)
class OfLevel:
    level: Level
    icon: str
    title: str
    checks: Sequence[OfCheck]


@dataclass(frozen=True, slots=True)
class Count:
    icon: str
    number: int
    verb: str


def parts(findings: Sequence[Finding], address: Callable[[Place], str]) -> list[OfLevel]:
    """The findings by level and check; `address` says where a place is shown."""
    found = [(level, [each for each in findings if each.level is level]) for level in GRAVEST_FIRST]
    return [
        OfLevel(level, ICONS[level], TITLES[level], _by_check(own, address)) for level, own in found if own
    ]


def _by_check(findings: Iterable[Finding], address: Callable[[Place], str]) -> list[OfCheck]:
    lines: dict[str, list[Line]] = {}
    for each in findings:
        lines.setdefault(each.check, []).append(Line(each.message, address(each.place)))
    return [OfCheck(name, checking.label(name), own) for name, own in lines.items()]


def unsaid(objections: Iterable[Objection], said: Iterable[OfLevel]) -> list[Objection]:
    """What speaks against publishing and is not among the findings already; those name another article."""
    lines = {line.message for part in said for check in part.checks for line in check.lines}
    return [each for each in objections if not {each.message, f"In {each}"} & lines]


def address(article: Article, place: str) -> str:
    """The form of an article, which then shows the place."""
    shown = f"?{urlencode({SHOW: place})}" if place else ""
    return f"{display.edit_address(article)}{shown}"


def counts(levels: Iterable[Level]) -> list[Count]:
    numbers = Counter(levels)
    return [Count(ICONS[level], numbers[level], verb) for level, verb in VERBS.items() if numbers[level]]


def search_result(document: JSON) -> Snippet | None:
    """How the page of a document looks in search results; None where it has no page."""
    path = kinds.get(document["kind"]).address(document["slug"])
    if path is None:
        return None
    return snippet(document["title"], document["summary"], f"{settings.SITE_URL}{path}", settings.SITE_NAME)
