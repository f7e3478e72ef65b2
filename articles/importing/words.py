"""The words of a text, and which of them would be lost."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape
from html.entities import html5
from html.parser import HTMLParser

from articles.importing.lines import Decoration, Line

WORD = re.compile(r"[^\W_]+")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w+);")
SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*(?=\s+[\W\d_]*[A-Z]|\Z)")


def words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(unicodedata.normalize("NFC", text))]


def lost(
    lines: Iterable[Line], kept: Iterable[str], decoration: Iterable[Decoration]
) -> list[tuple[int, str]]:
    """Each word, with its line, that stands neither in the kept texts nor in its own line's decoration.

    Counts how often each word stands, so that one kept elsewhere makes up for none. Where a word stands
    on several lines and is lost from one, the last of them is named.
    """
    dropped: dict[int, Counter[str]] = {}
    for each in decoration:
        dropped.setdefault(each.line, Counter()).update(words(unescaped(each.text)))
    left = Counter(word for text in kept for word in words(text))
    missing = []
    for line in lines:
        wanted = Counter(words(unescaped(line.text))) - dropped.get(line.number, Counter())
        missing += [(line.number, word) for word in (wanted - left).elements()]
        left -= wanted
    return missing


def unescaped(text: str) -> str:
    """Entities as characters, by the rules of Markdown: only those that end in a semicolon."""
    return ENTITY.sub(lambda found: _character(found[0]), text)


def _character(entity: str) -> str:
    return unescape(entity) if entity.startswith("&#") else html5.get(entity[1:], entity)


def text_of(html: str) -> str:
    """The words that readers see, with a space where a block ends."""
    return _read(html).seen()


def all_text_of(html: str) -> str:
    """The words that readers see, and those of addresses and titles of links."""
    reader = _read(html)
    return " ".join((*reader.pieces, *reader.attributes))


def opening(text: str, limit: int) -> str:
    """The first sentences of the text, as many as fit; where the first doesn't, its first words."""
    text = " ".join(text.split())
    ends = [found.end() for found in SENTENCE_END.finditer(text, 0, limit) if found.end() <= limit]
    if len(text) <= limit or ends:
        return text if len(text) <= limit else text[: ends[-1]]
    return cut(text, limit - 1)[0] + "…"


def cut(text: str, limit: int) -> tuple[str, str]:
    """The text in two, the first part at most `limit` characters and ending where a word does if it can."""
    if len(text) <= limit:
        return text, ""
    place = text.rfind(" ", 0, limit + 1)
    place = place if place > 0 else limit
    return text[:place].rstrip(), text[place:].lstrip()


class _Reader(HTMLParser):
    INLINE = ("a", "em", "strong", "b", "i")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.visible: list[str] = []
        self.attributes: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        self.visible.append(data)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.attributes += [value for name, value in attrs if value and name in ("href", "title")]
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.visible.append(" ")

    def seen(self) -> str:
        return " ".join("".join(self.visible).split())


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
