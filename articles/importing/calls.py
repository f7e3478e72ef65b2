"""Calls to action: lines such as “💡 Click here for new business ideas”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.lines import Decoration, Line, blanked, item, without_symbols
from articles.importing.prose import plain
from articles.importing.words import cut

LONGEST_LABEL, LONGEST_TEXT, LONGEST_ADDRESS = 120, 300, 500
POINTER = re.compile(r"[💡👉➡🔗☞📩]")
INVITATION = re.compile(
    r"(?:check out|click|discover|download|explore|find|get|join|learn more|read|see|sign up|start|try|visit)"
    r"\b",
    re.IGNORECASE,
)
CLICK = re.compile(r"click (?:here|below)\b", re.IGNORECASE)
LINK = re.compile(r"\[(?P<label>[^][]*)\]\((?P<url>(?:https?://|/(?!/))[^\s()]*)\)", re.IGNORECASE)
ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>]*[^\s<>.,;:!?)\]”’\"'*_])>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """`url` is empty where the text gives no address."""

    line: int
    label: str
    text: str
    url: str


def take(lines: Sequence[Line]) -> tuple[list[Line], list[Call], list[Decoration]]:
    """The lines without the calls to action, these, and the emoji they began with."""
    calls = {line.number: found for line in lines if (found := call(line))}
    ornaments = [
        Decoration(line.number, ornament, "emoji")
        for line in lines
        if line.number in calls and (ornament := _opened(line)[1])
    ]
    return (
        [blanked(line) if line.number in calls else line for line in lines],
        list(calls.values()),
        ornaments,
    )


def call(line: Line) -> Call | None:
    """The line as a call to action; None where it is none."""
    text, ornament = _opened(line)
    words = text.strip("*_[ ")
    found = LINK.search(text) or ADDRESS.search(text)
    pointed = bool(POINTER.search(ornament)) and bool(INVITATION.match(words) or found)
    if len(line.text) > LONGEST_TEXT or not (pointed or CLICK.match(words)):
        return None
    return _call(line.number, text, found)


def _call(number: int, text: str, found: re.Match[str] | None) -> Call:
    url = found["url"] if found and len(found["url"]) <= LONGEST_ADDRESS else ""
    if found and url:
        text = text[: found.start()] + found.groupdict().get("label", "") + text[found.end() :]
    label, rest = cut(plain(text).rstrip(": ") or url, LONGEST_LABEL)
    return Call(number, label, rest, url)


def _opened(line: Line) -> tuple[str, str]:
    """The line's text, and the emoji before it."""
    listed = item(line)
    text, ornament = without_symbols(listed.text if listed else line.text)
    ticks = " ".join(each.text for each in listed.decoration) if listed else ""
    return text, f"{ticks} {ornament}".strip()
