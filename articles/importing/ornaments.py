"""Lines that belong to the file or the page it was copied from: fences, rules, contents, reply form."""

import re
from collections.abc import Iterable, Sequence

from articles.importing.headings import heading, key
from articles.importing.lines import Decoration, Line, blanked, item

# A fence that went through a text editor's typography still counts: “`html.
FENCE = re.compile(
    r"\s*(?=[^\w\s]*[`~´])[`´‘’“”\"'~]{2,}\s*(?:html|markdown|md|text|txt|plaintext)?\s*", re.IGNORECASE
)
RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,})")
CONTENTS = re.compile(r"(?:table of )?contents|in this (?:article|guide|post)", re.IGNORECASE)
LONGEST_ENTRY = 200
REPLY = re.compile(r"leave a (?:reply|comment)\s*\d*(?:\s*cancel reply)?", re.IGNORECASE)
FORM = re.compile(
    r"your email address will not be published\.?(?:\s*required fields are marked \*)?"
    r"|required fields are marked \*|(?:comment|name|e-?mail|website)\s*\*?"
    r"|save my name, email,? and website in this browser for the next time i comment\.?"
    r"|post comment|submit(?: comment)?|cancel reply",
    re.IGNORECASE,
)

Stripped = tuple[list[Line], list[Decoration]]


def without_fences_and_rules(lines: Sequence[Line]) -> Stripped:
    fences = (line for line in lines if FENCE.fullmatch(line.text))
    found = {line.number: "code fence" for line in fences}
    found |= {line.number: "rule" for line in lines if RULE.fullmatch(line.text)}
    return _without(lines, found)


def without_contents(lines: Sequence[Line]) -> Stripped:
    """Without the contents list: the page makes its own from the headings."""
    for index, line in enumerate(lines):
        if not line.blank and len(line.text) <= LONGEST_ENTRY and CONTENTS.fullmatch(heading(line).text):
            entries = _entries(lines[index + 1 :])
            return _without(lines, dict.fromkeys((line.number, *entries), "contents list"))
    return list(lines), []


def without_reply_form(lines: Sequence[Line]) -> Stripped:
    """Without the reply form at the end: the page has its own."""
    for index in range(len(lines) - 1, -1, -1):
        text = heading(lines[index]).text
        if REPLY.fullmatch(text):
            return _without(lines, {line.number: "reply form" for line in lines[index:] if not line.blank})
        if text and not FORM.fullmatch(text):
            break
    return list(lines), []


def entry_keys(decoration: Iterable[Decoration]) -> set[str]:
    """What the contents list names: each is a heading further down."""
    listed = [each for each in decoration if each.reason == "contents list"]
    return {_key(Line(each.line, each.text)) for each in listed[1:]}


def _entries(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that are the list's items."""
    written = [line for line in lines if not line.blank]
    entries = _listed(written) if written and item(written[0]) else _unlisted(written)
    return [line.number for line in entries]


def _listed(lines: Sequence[Line]) -> list[Line]:
    """The list up to its end, or to where its first heading comes, which may be numbered as well."""
    found: dict[str, Line] = {}
    for line in lines:
        if item(line) is None or len(line.text) > LONGEST_ENTRY or _key(line) in found:
            break
        found[_key(line)] = line
    return list(found.values())


def _unlisted(lines: Sequence[Line]) -> list[Line]:
    """Bare lines, up to where the first of them comes again as a heading."""
    for index, line in enumerate(lines):
        if index and _key(line) == _key(lines[0]):
            return list(lines[:index])
        if len(line.text) > LONGEST_ENTRY or line.text.rstrip().endswith("."):
            break
    return []


def _key(line: Line) -> str:
    listed = item(line)
    text = heading(Line(line.number, listed.text if listed else line.text)).text
    return key(re.sub(r"\(#[^)]*\)", "", text))


def _without(lines: Iterable[Line], reasons: dict[int, str]) -> Stripped:
    decoration = [
        Decoration(line.number, line.text.strip(), reasons[line.number])
        for line in lines
        if line.number in reasons
    ]
    return [blanked(line) if line.number in reasons else line for line in lines], decoration
