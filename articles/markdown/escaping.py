"""Words and addresses that mean themselves in Markdown, whatever signs they have. Pure."""

import re
from urllib.parse import quote, urljoin, urlsplit

from articles.richtext import SCHEMES

SIGNS = re.compile(r"[\\`*_\[\]<|~]|&(?=#?\w+;)")
BEGINS = re.compile(  # what a line begins with that makes it more than a line of a paragraph
    r"(?P<digits>\d{1,9})[.)](?=\s|$)|>|#{1,6}(?=\s|$)|[-+](?=\s|$)|:?-+:?\s*$|=+\s*$"
)
ENDS_ADDRESS = re.compile(  # or turns the line around, or is taken for an entity
    r"[\s<>()\\`|\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|&(?=#?\w+;)"
)
SPACES = re.compile(r"[ \t\n\f\r]+")  # HTML's: others are words' own


def words(text: str) -> str:
    """A text within a line. Spaces are as HTML has them: many are one."""
    return SIGNS.sub(r"\\\g<0>", SPACES.sub(" ", text))


def line(escaped: str) -> str:
    """A whole line of escaped words, so that it begins nothing but a paragraph."""
    found = BEGINS.match(escaped)
    if not found:
        return escaped
    place = found.end("digits") if found["digits"] else 0
    return f"{escaped[:place]}\\{escaped[place:]}"


def address(href: str, base: str) -> str:
    """An absolute address that can stand in a link; nothing where it is none that a link may have."""
    try:
        found = urljoin(base, href.strip())
        known = urlsplit(found).scheme in SCHEMES
    except ValueError:
        return ""
    return ENDS_ADDRESS.sub(lambda sign: quote(sign[0], safe=""), found) if known else ""


def fenced(text: str) -> str:
    """A block of code, between fences that are longer than any in it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def code(text: str) -> str:
    """Code within a line."""
    one = SPACES.sub(" ", text).strip()
    longest = max(map(len, re.findall("`+", one)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if one.startswith("`") or one.endswith("`") else ""
    return f"{fence}{padding}{one}{padding}{fence}" if one else ""
