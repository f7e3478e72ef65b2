"""Pictures that say nothing to those who can't see them, and headings that lead nowhere. Pure."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from articles.checks.found import Finding, Level, Place
from articles.checks.texts import TAG
from articles.records import JSON

ALT, HEADING = "alt-text", "headings"
LOOKS_LIKE_A_FILE = re.compile(
    r"\S+\.(?:jpe?g|png|webp|avif|gif)|(?:img|dsc|image|screenshot)[\s_-]*\d+", re.I
)
HEADINGS = re.compile(r"<h([34])>(.*?)</h\1>", re.DOTALL)
FIRST = 3  # the page and its sections have the first two


def pictures(document: JSON) -> Iterator[Finding]:
    yield from _picture(document, (), "The article's picture")
    for section in document["sections"]:
        yield from _picture(section, ("sections", section["id"]), f"The picture in {named(section)}")


def _picture(shown: JSON, place: Place, called: str) -> Iterator[Finding]:
    picture = shown["image"]
    if picture is None or shown["image_decorative"]:
        return
    alt = (shown["image_alt"] or picture["alt"]).strip()
    where = (*place, "image_alt")
    if alt and not _is_file_name(alt, picture["file"]):
        return
    if alt:
        message = f"{called} is described as “{alt}”, a file's name. Say what it shows."
        yield Finding(ALT, Level.WARNS, message, where)
    elif not picture["decorative"]:
        message = f"{called} has no description. Say what it shows, or mark it as decorative."
        yield Finding(ALT, Level.WARNS, message, where)
    elif shown.get("caption", "").strip():
        message = (
            f"{called} counts as decorative, but has a caption. Say what it shows to those who can't see it."
        )
        yield Finding(ALT, Level.INFORMS, message, where)


def _is_file_name(alt: str, file: str) -> bool:
    return alt.lower() == PurePosixPath(file).stem.lower() or LOOKS_LIKE_A_FILE.fullmatch(alt) is not None


def headings(document: JSON) -> Iterator[Finding]:
    for section in document["sections"]:
        place = ("sections", section["id"], "body")
        if section["heading"].strip() and not section["body"].strip():
            message = f"Nothing stands under “{section['heading']}”. Write the section, or remove it."
            yield Finding(HEADING, Level.WARNS, message, place)
        for message in _wrong_headings(section):
            yield Finding(HEADING, Level.WARNS, message, place)


def _wrong_headings(section: JSON) -> Iterator[str]:
    above = FIRST - 1
    for depth, words, is_empty in _outline(section["body"]):
        if not words:
            yield f"In {named(section)} is a heading without words. Give it some, or remove it."
        elif depth > above + 1:
            yield (
                f"In {named(section)}, “{words}” is a heading of level {depth} below one of level {above}. "
                f"Make it one of level {above + 1}: who listens to the page looks for one between."
            )
        elif is_empty:
            yield f"In {named(section)}, nothing stands under “{words}”. Write it, or remove the heading."
        above = depth


def _outline(html: str) -> Iterator[tuple[int, str, bool]]:
    """Depth and words of each heading, and whether nothing stands under it."""
    found = [(int(each[1]), _words(each[2]), each.start(), each.end()) for each in HEADINGS.finditer(html)]
    ends = [*((depth, start) for depth, _, start, _ in found), (0, len(html))][1:]
    for (depth, words, _, end), (next_depth, next_start) in zip(found, ends, strict=True):
        yield depth, words, next_depth <= depth and not _words(html[end:next_start])


def _words(html: str) -> str:
    return " ".join(TAG.sub(" ", html).split())


def named(section: JSON) -> str:
    """What messages call a section."""
    return f"“{section['heading']}”" if section["heading"].strip() else f"the {section['role']}"
