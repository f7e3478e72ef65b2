"""What a comparison says of one of its paths in words of its own, and where. Pure.

What it shows of the path itself is not among that: the path's own document says it, the same everywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from articles.comparing import Place

JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, its place in the document, and that in words."""

    place: Place
    where: str
    text: str


def passages(comparison: JSON, path: str) -> Iterator[Passage]:
    """All that may speak of the path, by its id: cells and points of the others do not."""
    yield Passage(("title",), "the title", comparison["title"])
    yield Passage(("summary",), "the summary", comparison["summary"])
    yield from _sections(comparison)
    for contender in comparison["contenders"]:
        if contender["path"] == path and contender["understanding"]:
            place = ("contenders", contender["id"], "understanding")
            yield Passage(place, "what it says to understand the path", _plain(contender["understanding"]))
    for point in comparison["points"]:
        if point["path"] == path:
            place = ("points", point["id"], "text")
            yield Passage(place, f"the point “{point['label']}”", f"{point['label']}: {point['text']}")
    for row in comparison["differences"]:
        if text := row["cells"].get(path):
            cell = ("differences", row["id"], "cells", path)
            yield Passage(cell, f"the difference “{row['aspect']}”", f"{row['aspect']}: {text}")


def _sections(comparison: JSON) -> Iterator[Passage]:
    for section in comparison["sections"]:
        where = f"the section “{section['heading'] or section['role']}”"
        texts = (section["heading"], _plain(section["body"]), section["caption"])
        yield Passage(("sections", section["id"], "body"), where, "\n".join(filter(None, texts)))


def _plain(html: str) -> str:
    """Words of one block don't run into those of the next."""
    return unescape(strip_tags(html.replace("<", " <"))).strip()
