"""What readers type: without what nobody sees, compared by what it says, and shown with its links. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# What turns the direction of what follows, and what has no width. The joiners U+200C and U+200D stay: Persian
# and many emoji need them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
JOINERS = re.compile("[\u200c\u200d]")
LOOSE_JOINERS = re.compile("(?<![^\\s])[\u200c\u200d]+|[\u200c\u200d](?=[\u200c\u200d\\s]|$)")
BLANK = "\u2800"  # the pattern without dots: a space in Braille, a letter to everything else
# More marks on one letter are drawn over the lines above and below, in Thai and Arabic as in Latin. Some
# scripts need as many: a letter of the Hebrew Bible has up to five.
MOST_MARKS = 5
_SIGNS = map(chr, range(0x300, 0x1F000))
_MARK = "".join(sign for sign in _SIGNS if unicodedata.category(sign) in ("Mn", "Me"))
MARKS = re.compile(f"([{_MARK}]{{{MOST_MARKS}}})[{_MARK}]+")
BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")

ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# Also what is no link here, but is one where robots usually write.
LINKS = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
ENDS = ".,;:!?'”’»…*_"
BRACKETS = {")": "(", "]": "[", "}": "{"}
SHOWN = 60  # characters of an address

SHORT = 25  # characters: several people may say as little in the same words
WORD = re.compile(r"[^\W_]+")


def cleaned(text: str) -> str:
    """The text without invisible signs, heaps of marks, and lines that are empty one after the other."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = LOOSE_JOINERS.sub("", INVISIBLE.sub("", text.replace(BLANK, " ")))
    text = MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return BLANK_LINES.sub("\n\n", text).strip() if any(map(_is_seen, text)) else ""


def _is_seen(sign: str) -> bool:
    """Or at least told of: a control character is, and refused. A mark without a letter is neither."""
    return unicodedata.category(sign)[0] not in "MZ" and sign not in "\u200c\u200d\n\t"


def line(text: str) -> str:
    """The same in one line, for names and addresses: nothing of it can begin another header of a mail."""
    return " ".join(cleaned(text).split())


def folded(text: str) -> str:
    """By what words are compared: without capitals, accents, joiners and the width of letters."""
    plain = unicodedata.normalize("NFKD", JOINERS.sub("", text).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words(text: str) -> str:
    """The words alone, one space around each."""
    return f" {' '.join(WORD.findall(folded(text)))} "


def has(text: str, sought: Iterable[str]) -> list[str]:
    """Which of these stand in the text, each as whole words."""
    found = words(text)
    return [each for each in sought if words(each).strip() and words(each) in found]


def links(text: str) -> int:
    """How many links somebody meant to put there."""
    return len(LINKS.findall(text))


def digest(name: str, text: str) -> str:
    """The same for texts of the same words; for short ones only where the name is the same as well."""
    said = words(text).strip() or text
    told = f"{words(name)}\n{said}" if len(said) < SHORT else said
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()


def html(text: str) -> SafeString:
    """Paragraphs and lines, with links that search engines are told not to follow. Nothing else is markup."""
    paragraphs = (f'<p dir="auto">{_linked(part)}</p>' for part in text.split("\n\n") if part.strip())
    return mark_safe("".join(paragraphs))  # noqa: S308 -- made of what was escaped


def _linked(text: str) -> str:
    pieces, end = [], 0
    for match in ADDRESS.finditer(text):
        address = _trimmed(match[0])
        pieces += [escape(text[end : match.start()]), _link(address)]
        end = match.start() + len(address)
    return "".join([*pieces, escape(text[end:])]).replace("\n", "<br>")


def _link(address: str) -> str:
    """The address alone where it is none, or names somebody before its host, as only those do who deceive."""
    try:
        parts = urlsplit(address)
        is_plain = bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        is_plain = False
    if not is_plain:
        return escape(address)
    shown = address if len(address) <= SHOWN else f"{address[: SHOWN - 1]}…"
    return format_html('<a href="{}" rel="nofollow ugc">{}</a>', address, shown)


def _trimmed(address: str) -> str:
    """Without the signs that end the sentence around it."""
    while address and (address[-1] in ENDS or _is_left_over(address)):
        address = address[:-1]
    return address


def _is_left_over(address: str) -> bool:
    opening = BRACKETS.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)
