"""Markdown as somebody else's program understands it: markdown-it, by CommonMark and with GFM's tables."""

import re

from lxml import etree
from markdown_it import MarkdownIt

RENDERER = MarkdownIt("commonmark").enable("table")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
BLOCKS = (
    "address|blockquote|br|caption|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"
)


def rendered(markdown):
    return RENDERER.render(FRONT_MATTER.sub("", markdown))


def tokens(markdown):
    """All that the text is made of, also within its lines."""
    for token in RENDERER.parse(FRONT_MATTER.sub("", markdown)):
        yield token
        yield from token.children or ()


def tree(html):
    return etree.HTML(f"<body>{html}</body>")


def words(html):
    """The text, with one space wherever there is any between words."""
    apart = re.sub(rf"(</?(?:{BLOCKS})\b[^>]*>)", r" \1 ", html)
    return " ".join("".join(tree(apart).itertext()).split())
