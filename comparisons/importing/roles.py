"""What a heading announces, told by its words."""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME, MOST_NAME_WORDS = 80, 8
VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)


class Part(StrEnum):
    """The roles of a comparison's sections, and what belongs to its paths."""

    TITLE = "title"
    INTRODUCTION = "introduction"
    UNDERSTANDING = "understanding"
    PROS_AND_CONS = "pros and cons"
    PROS = "pro"
    CONS = "con"
    DIFFERENCES = "differences"
    CHOOSING = "choosing"
    ALTERNATIVES = "alternatives"
    CONCLUSION = "conclusion"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Announced:
    """`name` is what the heading says the part is about."""

    part: Part
    name: str = ""


_PROS = "(?:pros|advantages|benefits|upsides)"
_CONS = "(?:cons|disadvantages|drawbacks|downsides)"
_BOTH = rf"(?:the )?{_PROS}(?: and | ?& ?| ?/ ?| vs\.? )(?:the )?{_CONS}"
_OF = r"(?: (?:of|for|in|to) (?P<name>.+))?"
_AFTER = r"(?:\s?[:–—-]\s.*)?"
_PATTERNS = [
    (part, re.compile(pattern, re.IGNORECASE))
    for part, pattern in (
        (Part.INTRODUCTION, rf"(?:an )?introduction{_AFTER}|intro|overview"),
        (
            Part.DIFFERENCES,
            r"(?:(?:what are|the|understanding|key|main|major|biggest|important|core|similarities|and|&)\s+)*"
            r"differences(?:\s+(?:between|of)\s+(?P<name>.+?)|\s+at a glance)?\??",
        ),
        (Part.DIFFERENCES, r"(?P<name>.+\svs\.?\s.+):\s+(?:the )?(?:key |main )?differences"),
        (Part.BODY, r"understanding .+\svs\.?\s.+"),
        (Part.UNDERSTANDING, r"understanding (?:what )?(?P<name>.+)"),
        (Part.PROS_AND_CONS, _BOTH + _OF),
        (Part.PROS_AND_CONS, rf"(?P<name>.+?)\s?[:–—-]\s(?:the )?{_BOTH}"),
        (Part.PROS, rf"(?:the )?{_PROS}{_OF}"),
        (Part.CONS, rf"(?:the )?{_CONS}{_OF}"),
        (
            Part.CHOOSING,
            r"which\b.*\b(?:right|best|better|suits?|fits?|choose)\b.*"
            r"|(?:how to choose|choosing|who should choose)\b.*"
            r"|making (?:the right|your) (?:choice|decision)",
        ),
        (Part.ALTERNATIVES, r"alternatives|neither\b.*"),
        (
            Part.CONCLUSION,
            r"(?:(?:in )?conclusion|final (?:thoughts|words|verdict)|wrapping up|(?:the )?bottom line)"
            + _AFTER,
        ),
        (Part.TITLE, r"(?P<name>.+\s(?:vs\.?|versus)\s.+)"),
    )
]


def announced(heading: str) -> Announced:
    """What the heading announces; a body section, where its words say nothing else."""
    for part, pattern in _PATTERNS:
        if found := pattern.fullmatch(heading):
            name = (found.groupdict().get("name") or "").strip()
            return Announced(part, cleaned(name) if part not in (Part.TITLE, Part.DIFFERENCES) else name)
    return Announced(Part.BODY)


def known(heading: str) -> bool:
    return announced(heading).part is not Part.BODY


def cleaned(name: str) -> str:
    """A career's name without an article before it and punctuation behind it."""
    return re.sub(r"(?i)\A(?:an?|the)\s+", "", name.strip(" ?:.*_\"“”'‘’"))


def versus(text: str) -> list[str]:
    """The names in “A vs B: which is right for you?”; none where there is no “vs”."""
    names = VERSUS.split(text.strip())
    if len(names) < 2:
        return []
    names[0] = re.split(r":\s", names[0])[-1]
    names[-1] = re.split(r"\s*[:|(?]|\s+[–—-]\s", names[-1], maxsplit=1)[0]
    return [name for name in map(cleaned, names) if plausible(name)]


def between(text: str, named: list[str]) -> list[str]:
    """The names in “A, B and C”, where those already `named` may contain an “and” themselves."""
    if VERSUS.search(text):
        return versus(text)
    for name in sorted(named, key=len, reverse=True):
        text = re.sub(rf"(?i)\b{re.escape(name)}(?!\w)", lambda found: found[0].replace(" ", "\0"), text)
    names = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", text)
    return [name for name in map(cleaned, (name.replace("\0", " ") for name in names)) if plausible(name)]


def plausible(name: str) -> bool:
    """Whether it can be the name of one career."""
    short = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_NAME_WORDS
    return short and bool(re.search(r"[^\W\d_]", name)) and not VERSUS.search(name)
