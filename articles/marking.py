"""Texts with what was deleted and inserted marked, as HTML that says it in more than colour.

Long stretches that stayed as they were are left out, and the place says so.
"""

from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from articles import words
from articles.words import Piece, Sign

AROUND = 40  # words, spaces and signs that are shown on each side of a change
FEWEST_LEFT_OUT = 40
NOTHING = format_html('<span class="quiet">{}</span>', "nothing")


def text(before: str, after: str) -> SafeString:
    pieces = words.compare(before, after)
    last = len(pieces) - 1
    shown = [
        _outlined(piece, begins=place > 0, ends=0 < last != place)
        if piece.sign is Sign.KEPT
        else marked(piece.sign, piece.text)
        for place, piece in enumerate(pieces)
    ]
    return format_html('<div class="text">{}</div>', together(shown)) if shown else NOTHING


def items(before: Sequence[str], after: Sequence[str]) -> SafeString:
    """Of two lists, item by item."""
    pieces = words.compare_items(before, after)
    shown = [format_html("<li>{}</li>", marked(piece.sign, each)) for piece in pieces for each in piece.words]
    return format_html("<ul>{}</ul>", together(shown)) if shown else NOTHING


def replaced(before: str, after: str) -> SafeString:
    """One short value in place of another."""
    if before == after:
        return conditional_escape(before) if before else NOTHING
    if not before or not after:
        return marked(Sign.DELETED, before) if before else marked(Sign.INSERTED, after)
    return format_html(
        '{} <span aria-hidden="true">→</span> {}',
        marked(Sign.DELETED, before),
        marked(Sign.INSERTED, after),
    )


def marked(sign: Sign, shown: str) -> SafeString:
    if sign is Sign.DELETED:
        return format_html("<del>{}{}</del>", heard("deleted: "), shown)
    if sign is Sign.INSERTED:
        return format_html("<ins>{}{}</ins>", heard("inserted: "), shown)
    return conditional_escape(shown)


def heard(said: str) -> SafeString:
    """For those who listen to the page."""
    return format_html('<span class="visually-hidden">{}</span>', said)


def left_out(said: str) -> SafeString:
    return format_html('<span class="left-out">… {} …</span>', said)


def together(shown: Sequence[str]) -> SafeString:
    return format_html_join("", "{}", ((each,) for each in shown))


def _outlined(piece: Piece, *, begins: bool, ends: bool) -> SafeString:
    """What was kept behind a change (where it `begins`) and before one (where it `ends`)."""
    head = piece.words[:AROUND] if begins or not ends else ()
    tail = piece.words[-AROUND:] if ends else ()
    between = piece.words[len(head) : len(piece.words) - len(tail)]
    if len(between) < FEWEST_LEFT_OUT:
        return conditional_escape(piece.text)
    count = sum(word[0].isalnum() for word in between)
    note = left_out(f"{count} unchanged words left out")
    return together(["".join(head), note, "".join(tail)])
