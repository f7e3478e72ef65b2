"""Places in rendered HTML that are filled when it is read: a path's name, the replies, the form.

A slot is a key between two record separators. Documents can hold none (control characters are refused),
so nothing that an editor writes can be mistaken for one. Parts are packed with two more such separators:
that unpacks about ten times as fast as JSON, where most of a text is HTML.
"""

import re
from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

SEPARATOR = "\x1e"
INDENT = re.compile(r"\n[ \n]+")  # separators are spaces to Python as well
BETWEEN_PARTS, AFTER_NAME = "\x1d", "\x1f"


def slot(key: str) -> SafeString:
    return mark_safe(f"{SEPARATOR}{key}{SEPARATOR}")  # noqa: S308 -- keys come from templates, not from people


def fill(html: str, values: Mapping[str, str]) -> str:
    """The HTML with each slot replaced by its value (itself HTML); a slot without one is left empty."""
    pieces = html.split(SEPARATOR)
    pieces[1::2] = [values.get(key, "") for key in pieces[1::2]]
    return "".join(pieces)


def unindented(html: str) -> str:
    """Without what our templates indent; nothing that is kept has lines of its own to keep apart."""
    return INDENT.sub("\n", html)


def pack(parts: Mapping[str, str]) -> str:
    """Named pieces of HTML as one text, in their order."""
    return BETWEEN_PARTS.join(f"{name}{AFTER_NAME}{html}" for name, html in parts.items())


def unpack(text: str) -> dict[str, str]:
    return dict(part.split(AFTER_NAME, 1) for part in text.split(BETWEEN_PARTS)) if text else {}
