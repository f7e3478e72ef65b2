"""HTML of word processors as the plain prose that it means.

Word, Google Docs and their like write what a text means as styles: a list is paragraphs with a margin, bold
is a span of weight 700. Here that becomes headings, lists, paragraphs, bold, italic and links; the styles,
comments, tracked deletions and empty lines fall away, and a row of a table becomes a paragraph. Pure; what
comes out is not safe yet, only plain. `pasted.js` does the same for what is pasted into the editor.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from html.parser import HTMLParser
from itertools import groupby, takewhile
from urllib.parse import parse_qsl

import nh3

OURS = ("a", "blockquote", "br", "em", "h3", "h4", "li", "ol", "p", "strong", "ul")
FOREIGN = re.compile(rf"<(?!/?(?:{'|'.join(OURS)})\b)[a-z!?/]|<[^<>]*\s(?:style|class)\s*=", re.IGNORECASE)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HIGHEST, LOWEST = 3, 4  # the headings that rich text has
BLOCKS = ("p", "div", "section", "article", "header", "footer", "main", "pre", "dl", "dt", "dd", "center")
TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
READ = frozenset((*OURS, *HEADINGS, *BLOCKS, *TABLE, "b", "i", "span", "del"))
UNREAD = ("script", "style", "title", "xml", "svg", "math", "template", "textarea", "noscript", "iframe")
DEEPEST = 60
BETWEEN_CELLS = " · "
LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
REDIRECT = re.compile(r"https?://www\.google\.com/url\?([^#]*)", re.IGNORECASE)
REDIRECTED = re.compile(r"https?://(?!/)[^\x00-\x20\s\"<>\\\x7f\ufffd]+", re.IGNORECASE)
NUMBER = re.compile(r"\(?(\d{1,4}|[a-z]{1,4})[.)]", re.IGNORECASE)


def is_foreign(html: str) -> bool:
    """Whether something in it is not as we write it, so that it may mean more than its tags say."""
    return FOREIGN.search(html) is not None


def understood(html: str) -> str:
    """The HTML with what it means written in the tags that rich text has."""
    tree = _Tree()
    tree.feed(_well_formed().clean(html))
    tree.close()
    writer = _Writer()
    writer.read(tree.root, _Words())
    return "".join(_with_our_headings(writer.done()))


@cache
def _well_formed() -> nh3.Cleaner:
    """Balances tags, drops comments and all that has no meaning for prose; styles and classes stay."""
    attributes = {
        "*": {"style", "class", "aria-level"},
        "a": {"href", "title", "rel"},
        "ol": {"start", "type"},
    }
    schemes = {"http", "https", "mailto", "article"}
    return nh3.Cleaner(
        tags=set(READ),
        attributes=attributes,
        link_rel=None,
        url_schemes=schemes,
        clean_content_tags=set(UNREAD),
    )


# --- Reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Element | str"] = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.attributes.get("style", "").lower()

    @property
    def classes(self) -> str:
        return self.attributes.get("class", "").lower()

    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)

    def find(self, tag: str) -> "Iterator[_Element]":
        for child in self.children:
            if isinstance(child, _Element):
                if child.tag == tag:
                    yield child
                yield from child.find(tag)


class _Tree(HTMLParser):
    """Elements from HTML whose tags are balanced. What is nested beyond all sense becomes flat."""

    def __init__(self) -> None:
        super().__init__()
        self.root = _Element("div")
        self.open = [self.root]
        self.flat = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attributes})
        if len(self.open) > DEEPEST and tag != "br":
            self.flat += 1
            return
        self.open[-1].children.append(element)
        if tag != "br":
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.flat:
            self.flat -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        self.open[-1].children.append(text)


# --- What words are -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """How words are to be written: bold, italic, linked."""

    bold: bool = False
    italic: bool = False
    link: str = ""  # the opening tag

    def within(self, element: _Element) -> "_Words":
        return _Words(
            _says(element, "font-weight", r"bold|[6-9]00", r"normal|[1-5]00", ("b", "strong"), self.bold),
            _says(element, "font-style", r"italic|oblique", r"normal", ("i", "em"), self.italic),
            _link(element) if element.tag == "a" else self.link,
        )

    def around(self, html: str) -> str:
        html = f"<em>{html}</em>" if self.italic else html
        html = f"<strong>{html}</strong>" if self.bold else html
        return f"{self.link}{html}</a>" if self.link else html


def _says(element: _Element, name: str, yes: str, no: str, tags: tuple[str, ...], before: bool) -> bool:
    """A style has the last word, then the tag: Google Docs wraps all it copies in a `b` of normal weight."""
    if found := re.search(rf"(?<![\w-]){name}\s*:\s*(?:({yes})|({no}))", element.style):
        return found[1] is not None
    return before or element.tag in tags


def _link(element: _Element) -> str:
    """The opening tag of a link; nothing where it leads to a bookmark of the word processor."""
    href = element.attributes.get("href", "")
    if not href or href.startswith("#_"):
        return ""
    element.attributes["href"] = _meant(href)
    return f"<a{_written(element, ('href', 'title', 'rel'))}>"


def _meant(href: str) -> str:
    """Where a link leads without the detour over Google that its programs write into addresses."""
    if not (redirect := REDIRECT.match(href)):
        return href
    given = [(name, value.replace(" ", "%20")) for name, value in parse_qsl(redirect[1])]
    found = {name: value for name, value in reversed(given) if REDIRECTED.fullmatch(value)}
    return found.get("q") or found.get("url") or href


def _heading_level(element: _Element) -> int:
    """0 is none. A title is a paragraph in Word, and so is every heading in its edition for browsers."""
    if element.tag == "p" and (element.attributes.get("aria-level") or "")[:1] in [*"123456"]:
        return int(element.attributes["aria-level"][0])
    return HEADINGS.get(element.tag, 1 if "msotitle" in element.classes else 0)


def _is_left_out(element: _Element) -> bool:
    """What was deleted, remarked upon or drawn, and is no part of the text."""
    remark = "msocom" in element.classes or "mso-element:comment" in element.style.replace(" ", "")
    return element.tag == "del" or remark or re.search(r"display\s*:\s*none", element.style) is not None


# --- Writing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    html: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph that Word shows as an item of a list; `number` is nothing where it has a bullet."""

    level: int
    number: str
    html: str


_Block = str | _Heading | _Item


class _Writer:
    """Puts down blocks; words that stand in none get a paragraph."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.runs: list[tuple[_Words, str]] = []

    def done(self) -> list[str | _Heading]:
        self.paragraph()
        return _with_lists(self.blocks)

    def read(self, element: _Element, words: _Words) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.runs.append((words, re.sub(r"[ \t\r\n\f]+", " ", child)))
            elif not _is_left_out(child):
                self.put(child, words.within(child))

    def put(self, element: _Element, words: _Words) -> None:
        tag = element.tag
        if tag == "br":
            self.runs.append((words, "\n"))
        elif level := _heading_level(element):
            self.heading(element, level)
        elif tag in ("ul", "ol", "li"):
            self.list(element if tag != "li" else _Element("ul", {}, [element]), words)
        elif tag == "blockquote":
            self.block(f"<blockquote>{_within(element, words)}</blockquote>")
        elif tag == "tr":
            self.row(element, words)
        elif tag in BLOCKS or tag in TABLE:
            self.paragraph()
            if found := LEVEL.search(element.style):
                self.item(element, words, int(found[1]))
            self.read(element, words)
            self.paragraph()
        elif "mso-spacerun" in element.style:
            self.runs.append((words, " "))
        else:
            self.read(element, words)

    def paragraph(self) -> None:
        if html := _html(self.runs):
            self.blocks.append(f"<p>{html}</p>")
        self.runs = []

    def block(self, html: str) -> None:
        self.paragraph()
        self.blocks.append(html)

    def heading(self, element: _Element, level: int) -> None:
        """Its weight is no emphasis."""
        self.paragraph()
        inner = _Writer()
        inner.read(element, _Words())
        runs = [(_Words(italic=words.italic, link=words.link), text) for words, text in inner.runs]
        if html := _html(runs):
            self.blocks.append(_Heading(level, html))

    def item(self, element: _Element, words: _Words, level: int) -> None:
        marker = next((span for span in element.find("span") if "mso-list:ignore" in _tight(span)), None)
        inner = _Writer()
        inner.read(_without(element, marker), words)
        number = NUMBER.match(marker.text().strip()) if marker else None
        if html := _html(inner.runs):
            self.blocks.append(_Item(level, number[1] if number else "", html))
        element.children = []

    def list(self, element: _Element, words: _Words) -> None:
        """Google Docs and old HTML put a list within a list and not within the item before it."""
        items: list[str] = []
        for child in element.children:
            if isinstance(child, str) or _is_left_out(child):
                continue
            if child.tag in ("ul", "ol") and items:
                items[-1] += _within(_Element("div", {}, [child]), words)
            elif html := _within(child, words.within(child)):
                items.append(html)
        if items:
            listed = "".join(f"<li>{html}</li>" for html in items)
            self.block(f"<{element.tag}{_written(element, ('start', 'type'))}>{listed}</{element.tag}>")

    def row(self, element: _Element, words: _Words) -> None:
        """A row is a paragraph: rich text has no tables, and figures belong into facts and differences."""
        cells = [child for child in element.children if isinstance(child, _Element)]
        found = [_flat(cell, words.within(cell)) for cell in cells]
        if any(found):
            self.block(f"<p>{BETWEEN_CELLS.join(filter(None, found))}</p>")


def _within(element: _Element, words: _Words) -> str:
    """The blocks of an element; a list item or quotation has at least a paragraph."""
    writer = _Writer()
    writer.read(element, words)
    return "".join(_with_our_headings(writer.done()))


def _flat(element: _Element, words: _Words) -> str:
    """The words of a table's cell, in one line."""
    writer = _Writer()
    writer.read(element, words)
    inner = "".join(_with_our_headings(writer.done()))
    return re.sub(r"(?:</?(?:p|h\d|ul|ol|li|blockquote)\b[^>]*>|<br>)+", " ", inner).strip()


def _tight(element: _Element) -> str:
    return element.style.replace(" ", "")


def _written(element: _Element, names: Sequence[str]) -> str:
    """Attributes as they stand in a tag."""
    found = [(name, element.attributes[name]) for name in names if name in element.attributes]
    return "".join(f' {name}="{escape(value)}"' for name, value in found)


def _without(element: _Element, marker: _Element | None) -> _Element:
    kept: list[_Element | str] = []
    for child in element.children:
        if child is not marker:
            kept.append(child if isinstance(child, str) else _without(child, marker))
    return _Element(element.tag, element.attributes, kept)


def _html(runs: Sequence[tuple[_Words, str]]) -> str:
    """Words with their marks; neighbours that are alike are one."""
    pieces = []
    for words, group in groupby(_trimmed(runs), key=lambda run: run[0]):
        text = escape("".join(text for _, text in group), quote=False).replace("\n", "<br>")
        blank = not text.strip()
        pieces.append(text if blank else words.around(text))
    return "".join(pieces)


def _trimmed(runs: Sequence[tuple[_Words, str]]) -> list[tuple[_Words, str]]:
    """Without space and breaks at both ends, and with one space where two meet."""
    found: list[tuple[_Words, str]] = []
    for words, text in runs:
        if not found or found[-1][1][-1] in " \n":
            text = text.lstrip(" " if found else None)
        if text:
            found.append((words, text))
    while found and not found[-1][1].strip():
        found.pop()
    if found:
        found[-1] = (found[-1][0], found[-1][1].rstrip())
    return found


# --- Lists and headings ---------------------------------------------------------------------------


def _with_lists(blocks: Sequence[_Block]) -> list[str | _Heading]:
    found: list[str | _Heading] = []
    for listed, group in groupby(blocks, key=lambda block: isinstance(block, _Item)):
        rows = list(group)
        if listed:
            found += _lists([row for row in rows if isinstance(row, _Item)])
        else:
            found += [row for row in rows if not isinstance(row, _Item)]
    return found


def _lists(items: Sequence[_Item]) -> list[str]:
    """Lists of items that follow each other; deeper ones are lists within the item before."""
    found: list[str] = []
    level, place = items[0].level, 0
    while place < len(items):
        numbered = bool(items[place].number)
        rows, first = [], items[place].number
        while place < len(items) and bool(items[place].number) == numbered:
            below = list(takewhile(lambda item: item.level > level, items[place + 1 :]))
            rows.append(f"<li><p>{items[place].html}</p>{''.join(_lists(below)) if below else ''}</li>")
            place += 1 + len(below)
        start = f' start="{first}"' if first.isdigit() and first != "1" else ""
        tag = "ol" if numbered else "ul"
        found.append(f"<{tag}{start}>{''.join(rows)}</{tag}>")
    return found


def _with_our_headings(blocks: Sequence[str | _Heading]) -> list[str]:
    """A page and its sections have the first two levels, so a text's own begin below them."""
    levels = [block.level for block in blocks if isinstance(block, _Heading)]
    shift = max(0, HIGHEST - min(levels, default=HIGHEST))
    return [
        block if isinstance(block, str) else _heading(min(block.level + shift, LOWEST), block.html)
        for block in blocks
    ]


def _heading(level: int, html: str) -> str:
    return f"<h{level}>{html}</h{level}>"
