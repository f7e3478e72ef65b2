"""HTML as a tree of what is read of it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

DEEPEST = 18  # elements within one another: readers of Markdown stop at 20; what is deeper stands beside
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNREAD = {
    *("button", "details", "fieldset", "form", "label", "nav", "object", "script", "select", "style"),
    *("svg", "template", "textarea", "title"),
}


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Element", str]] = field(default_factory=list)

    def elements(self) -> Iterator["Element"]:
        """Those right within it."""
        return (each for each in self.children if isinstance(each, Element))

    def all(self, *tags: str) -> Iterator["Element"]:
        """Those within it, at any depth, in their order; none within another of them."""
        for each in self.elements():
            if each.tag in tags:
                yield each
            else:
                yield from each.all(*tags)

    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)


class _Reader(HTMLParser):
    """Builds the tree; what is hidden, or for those alone who use the page, is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("div")
        self.open = [self.root]
        self.tags = [""]
        self.unread = 0  # how many of the innermost open tags are of what is left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._add(tag, attrs)
            return
        self.tags.append(tag)
        if self.unread or _is_unread(tag, attrs):
            self.unread += 1
        elif len(self.open) > DEEPEST:
            self.open.append(self.open[-1])
        else:
            self.open.append(self._add(tag, attrs))

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        made = Element(tag, {name: value or "" for name, value in attrs})
        if not self.unread and not _is_unread(tag, attrs):
            self.open[-1].children.append(made)
        return made

    def handle_endtag(self, tag: str) -> None:
        if tag in self.tags:
            while self.tags[-1] != tag:
                self._close()
            self._close()

    def _close(self) -> None:
        self.tags.pop()
        if self.unread:
            self.unread -= 1
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.open[-1].children.append(data)


def _is_unread(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    return tag in UNREAD or any(
        name == "hidden" or (name == "aria-hidden" and value == "true") for name, value in attrs
    )


def parsed(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root
