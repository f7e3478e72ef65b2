"""How a page looks among the results of search engines, which cut what is too long. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from articles.checks.found import Finding, Level
from articles.checks.surroundings import Surroundings
from articles.records import JSON

# About so many characters of each are shown; search engines measure pixels, and say no number.
SHOWN = {"title": 60, "summary": 160}
FEWEST = {"title": 15, "summary": 50}  # with fewer, there is room to say what it is about
LENGTH, DUPLICATE = "length", "duplicate-title"
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A result as it is drawn: the title, the address in steps, and the description."""

    title: str
    address: str
    description: str


def snippet(title: str, description: str, url: str, site: str) -> Snippet:
    place = urlsplit(url)
    steps = [place.netloc, *filter(None, place.path.split("/"))]
    return Snippet(
        cut(f"{title} – {site}", SHOWN["title"]),
        " › ".join(steps),
        cut(description, SHOWN["summary"]),
    )


def cut(text: str, shown: int) -> str:
    """The beginning of a text, up to the last word that is shown whole."""
    text = " ".join(text.split())
    if len(text) <= shown:
        return text
    whole = text[: shown + 1 - len(ELLIPSIS)].rsplit(" ", 1)
    beginning = whole[0] if len(whole) > 1 else text[: shown - len(ELLIPSIS)]
    return f"{beginning.rstrip(' ,;:–-')} {ELLIPSIS}"[:shown]


def lengths(document: JSON) -> Iterator[Finding]:
    for name, called, level in (("title", "title", Level.WARNS), ("summary", "summary", Level.INFORMS)):
        length, shown = len(document[name].strip()), SHOWN[name]
        if length > shown:
            message = (
                f"The {called} has {length} characters; search results show about {shown}. "
                "Put what matters first, or shorten it."
            )
            yield Finding(LENGTH, level, message, (name,))
        elif 0 < length < FEWEST[name]:
            message = (
                f"The {called} has {length} characters only; search results have room for about {shown}. "
                "Say more of what readers find here."
            )
            yield Finding(LENGTH, Level.INFORMS, message, (name,))


def duplicates(document: JSON, surroundings: Surroundings) -> Iterator[Finding]:
    if found := surroundings.namesakes:
        named = ", ".join(f"the {each.kind} “{each.slug}”" for each in found)
        has = "has" if len(found) == 1 else "have"
        message = (
            f"{named[:1].upper()}{named[1:]} {has} the same title. In search results readers can't tell them "
            "apart: change one of them."
        )
        yield Finding(DUPLICATE, Level.WARNS, message, ("title",))
