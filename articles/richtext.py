"""Rich text: what an editor may write, and the allow-list that holds it to that.

A link to an article of this site is written `<a href="article:ID">`, or `article:ID#PART` for a part of its
page, with nothing else in the tag. It says where it leads whatever address the article has.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import nh3
from django_prose_editor.config import allowlist_from_extensions
from django_prose_editor.fields import ProseEditorField

from articles import pasted

SCHEMES = ["http", "https", "mailto"]
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "ListItem": True,
    "OrderedList": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": SCHEMES},
    "Pasted": True,
    "HTML": False,
}
DESCRIPTION = (
    "HTML of p, h3, h4, ul, ol, li, blockquote, strong, em, br and a. A link to an article of this site is "
    '`<a href="article:ID">`, or `article:ID#PART` for a part of its page: readers get the address that the '
    "article with this id has when they read, and plain text while it is not published. To follow one, ask "
    "for the article by that id."
)
UNREAD = frozenset(
    {"iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style"}
    | {"svg", "template", "textarea", "title", "xml", "xmp"}
)

_EMPTY = re.compile(r"<(\w+)></\1>")
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PART = "(?:#[A-Za-z0-9_-]{1,200})?"
_ARTICLE_LINK = re.compile(rf'<a href="article:({_UUID})({_PART})">(.*?)</a>', re.DOTALL)
_ANCHOR = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_ARTICLE = re.compile(rf"(article:{_UUID})({_PART})", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(r"(?:https?://[^/\\\s]|mailto:[^/\\\s]|/(?![/\\])|#)\S*", re.IGNORECASE)
_RELATIONS = frozenset({"external", "nofollow", "noopener", "noreferrer", "sponsored", "ugc"})
_LIST_ATTRIBUTES = {
    "start": re.compile(r"-?\d{1,6}"),
    "type": re.compile("[1aAiI]"),
    "data-type": re.compile("[a-z-]{1,20}"),
}


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to an article of this site, and the HTML of its words."""

    target: UUID
    words: str


def article_links(html: str) -> Iterator[ArticleLink]:
    """The links to articles in stored rich text."""
    if "article:" in html:
        for link in _ARTICLE_LINK.finditer(html):
            yield ArticleLink(UUID(link[1]), link[3])


def with_article_links(html: str, write: Callable[[str, str], str]) -> str:
    """Stored rich text with each link to an article as `write(target, words)` puts it.

    The target is the article's id, and `#` with the part of its page where the link names one.
    """
    if "article:" not in html:
        return html
    return _ARTICLE_LINK.sub(lambda link: write(link[1] + link[2], link[3]), html)


def cleaned(html: str) -> str:
    """What of some HTML can be stored: words and their meaning, in the tags and addresses we have.

    What was cleaned already stays as it is. Nothing that a browser could run is left.
    """
    understood = pasted.understood(html) if pasted.is_foreign(html) else html
    found = _ANCHOR.sub(_link, _cleaner().clean(understood))
    return "" if _EMPTY.fullmatch(found) else found


@cache
def _cleaner() -> nh3.Cleaner:
    allowed = allowlist_from_extensions(EXTENSIONS)
    allowed["url_schemes"] = {*SCHEMES, "article"}
    return nh3.Cleaner(**allowed, clean_content_tags=set(UNREAD), attribute_filter=_attribute)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return _address(value)
    if name == "rel":
        return " ".join(word for word in value.lower().split() if word in _RELATIONS) or None
    if pattern := _LIST_ATTRIBUTES.get(name):
        return value if pattern.fullmatch(value) else None
    return value


def _address(value: str) -> str | None:
    """The address as a browser reads it; None where it is none that a link may have."""
    address = re.sub(r"[\t\r\n]", "", value).strip().replace(" ", "%20")
    if article := _ARTICLE.fullmatch(address):
        return article[1].lower() + article[2]
    return address if _ADDRESS.fullmatch(address) else None


def _link(anchor: re.Match[str]) -> str:
    """A link without an address is no link; one to an article has nothing but that."""
    attributes, words = anchor[1], anchor[2]
    if ' href="' not in attributes:
        return words
    if found := re.search(r' href="article:[^"]*"', attributes):
        return f"<a{found[0]}>{words}</a>"
    return anchor[0]


class RichTextField(ProseEditorField):
    """Sanitised HTML. Headings start at level 3: the page and its sections have the first two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, extensions=dict(EXTENSIONS), sanitize=cleaned, **kwargs)
