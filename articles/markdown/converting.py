"""HTML of our templates, with rich text in it, as Markdown without HTML: CommonMark, and GFM's tables. Pure.

Words are escaped; of addresses only those that a link may have become links, and absolute ones. What is
neither a block nor anything else here that has a form in Markdown is read for its words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from unicodedata import category

from articles.feeds.plain_texts import closed, printable
from articles.markdown import escaping
from articles.markdown.tree import Element, parsed

Nodes = Sequence[Element | str]
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header"),
    *("hr", "li", "main", "ol", "p", "pre", "section", "table", "ul", *HEADINGS),
}
ANSWERS = "reply-answers"  # stand within what they answer
SIGNS = {"em": "*", "strong": "**"}
WITH_SIGNS = ("a", "code", "img", "sup", *SIGNS)
APART = "CPSZ"  # categories of signs and spaces: emphasis that begins and ends with none holds anywhere
LONGEST_NUMBER = 6  # digits of a list's first number
BULLET, OTHER_BULLET = "-", "*"
POINT, OTHER_POINT = ".", ")"


def markdown(html: str, base: str) -> str:
    """`base` is the address of the page, from which its links lead on."""
    found = Writer(base).blocks(parsed(printable(html)))
    return "".join(f"{block}\n\n" for block in found)[:-1]


def emphasised(inner: str, sign: str) -> str:
    """Escaped words with a sign around all but the signs and spaces that they begin and end with."""
    held = [place for place, character in enumerate(inner) if category(character)[0] not in APART]
    if not held:
        return inner
    start, end = held[0], held[-1] + 1
    return f"{inner[:start]}{sign}{inner[start:end]}{sign}{inner[end:]}"


@dataclass(frozen=True, slots=True)
class Writer:
    base: str

    # --- Blocks ---------------------------------------------------------------------------------

    def blocks(self, element: Element, before: str = "") -> list[str]:
        """`before` is the block that they follow."""
        found: list[str] = []
        run: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element) and child.tag in BLOCKS:
                found += self.paragraph(run)
                found += self.block(child, found[-1] if found else before)
                run = []
            else:
                run.append(child)
        return found + self.paragraph(run)

    def block(self, element: Element, before: str) -> list[str]:
        tag = element.tag
        if tag in HEADINGS:
            return self.heading(element, HEADINGS[tag])
        if tag in ("ul", "ol"):
            return self.items(element, before)
        if element.attributes.get("class") == ANSWERS:
            return self.blockquote(element)
        if tag == "dl":
            return self.terms(element, before)
        if tag in ("table", "pre", "blockquote", "hr"):
            made: list[str] = getattr(self, "rule" if tag == "hr" else tag)(element)
            return made
        found = self.blocks(element, before)
        return [] if tag == "section" and _is_heading_alone(element, found) else found

    def paragraph(self, nodes: Nodes) -> list[str]:
        lines = (closed(each.strip(" ")) for each in self.inline(nodes).split("\n"))
        text = "\\\n".join(escaping.line(each) for each in lines if each)
        return [text] if text else []

    def heading(self, element: Element, level: int) -> list[str]:
        text = self.one_line(element.children)
        text = re.sub(r"(#+)$", lambda end: end[0].replace("#", "\\#"), text)
        return [f"{'#' * level} {text}"] if text else []

    def rule(self, element: Element) -> list[str]:
        return ["---"]

    def pre(self, element: Element) -> list[str]:
        text = element.text().strip("\n")
        return [escaping.fenced(text)] if text.strip() else []

    def blockquote(self, element: Element) -> list[str]:
        found = "\n\n".join(self.blocks(element))
        return ["\n".join(f"> {line}".rstrip(" ") for line in found.split("\n"))] if found else []

    def items(self, element: Element, before: str) -> list[str]:
        found = [blocks for each in element.elements() if (blocks := self.blocks(each))]
        if element.tag == "ul":
            return _listed([bullet(before)] * len(found), found)
        start = element.attributes.get("start", "")
        first = int(start) if start.isascii() and start.isdecimal() and len(start) <= LONGEST_NUMBER else 1
        after = OTHER_POINT if re.match(r"\d+\. ", before) else POINT
        return _listed([f"{first + place}{after}" for place in range(len(found))], found)

    def terms(self, element: Element, before: str) -> list[str]:
        """Each term with all that is said of it, as an item."""
        lines: list[list[str]] = []
        for each in element.all("dt", "dd"):
            if each.tag == "dt" or not lines:
                term = " ".join(self.emphasis(each, "", SIGNS["strong"]).split("\n")).strip(" ")
                lines.append([f"{term}:"])
            elif text := self.one_line(each.children):
                lines[-1].append(text)
        items = [[escaping.line(f"{term} {' – '.join(told)}".rstrip())] for term, *told in lines]
        return _listed([bullet(before)] * len(items), items)

    def table(self, element: Element) -> list[str]:
        caption = chain.from_iterable(self.paragraph(each.children) for each in element.all("caption"))
        rows = [[self.one_line(cell.children) for cell in row.all("th", "td")] for row in element.all("tr")]
        return [*caption, *table(rows)]

    # --- Within a line --------------------------------------------------------------------------

    def one_line(self, nodes: Nodes) -> str:
        return closed(" ".join(self.inline(nodes).split("\n")).strip(" "))

    def inline(self, nodes: Nodes, before: str = "") -> str:
        """With the ends of its lines, where it has several. `before` is what stands right before it."""
        found = ""
        for node in nodes:
            piece = escaping.words(node) if isinstance(node, str) else self.element(node, found or before)
            if not found or found[-1] in " \n":
                piece = piece.lstrip(" ")
            if piece.startswith("[") and found.endswith("!"):  # a link, and no picture
                found = f"{found[:-1]}\\!"
            found += piece
        return found

    def element(self, element: Element, before: str) -> str:
        tag = element.tag
        if tag in SIGNS:
            return self.emphasis(element, before, SIGNS[tag])
        if tag in ("img", "sup", "code"):
            made: str = getattr(self, {"img": "picture", "sup": "note"}.get(tag, tag))(element)
            return made
        if tag == "br":
            return "\n"
        if tag == "a" and (address := escaping.address(element.attributes.get("href", ""), self.base)):
            return self.link(element, address)
        inner = self.inline(element.children, "" if tag in BLOCKS else before)
        return f" {inner} " if tag in BLOCKS else inner

    def emphasis(self, element: Element, before: str, sign: str) -> str:
        """Of words alone, and none right after another: their signs would run together."""
        inner = self.inline(element.children, before)
        apart = not before.endswith("*") or before.endswith("\\*")
        plain = not any(element.all(*WITH_SIGNS))
        return emphasised(inner, sign) if apart and plain else inner

    def link(self, element: Element, address: str) -> str:
        inner = self.inline(element.children)
        words = inner.strip(" \n")
        return inner.replace(words, f"[{words}]({address})", 1) if words else inner

    def picture(self, element: Element) -> str:
        described = escaping.words(element.attributes.get("alt", "").strip())
        address = escaping.address(element.attributes.get("src", ""), self.base)
        return f"![{described}]({address})" if address else described

    def note(self, element: Element) -> str:
        inner = self.inline(element.children).strip(" \n")
        return f" ({inner})" if inner else ""

    def code(self, element: Element) -> str:
        return escaping.code(element.text())


def _is_heading_alone(element: Element, found: Sequence[str]) -> bool:
    """A section of which only that is left says nothing."""
    return len(found) == 1 and any(each.tag in HEADINGS for each in element.elements())


def bullet(before: str) -> str:
    """Two lists after one another are told apart by their signs."""
    return OTHER_BULLET if before.startswith(f"{BULLET} ") else BULLET


def _listed(markers: Sequence[str], items: Sequence[Sequence[str]]) -> list[str]:
    tight = all(len(item) == 1 for item in items)
    found = (_item(marker, item) for marker, item in zip(markers, items, strict=True))
    return [("\n" if tight else "\n\n").join(found)] if items else []


def _item(marker: str, blocks: Sequence[str]) -> str:
    indent = " " * (len(marker) + 1)
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join([f"{marker} {lines[0]}", *(f"{indent}{line}" if line else "" for line in lines[1:])])


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first row is the header."""
    if not rows:
        return []
    width = max(map(len, rows))
    return ["\n".join(_rows(rows, width))] if width else []


def _rows(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = [*row, *[""] * (width - len(row))]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"| {' | '.join(['---'] * width)} |"
