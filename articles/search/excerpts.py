"""Where the words stand: pieces of text as HTML with each of them in `<mark>`. Pure; all else is escaped."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.search.terms import Term, fold, joined

# A word as it is written, with what `joined` takes out of it.
WRITTEN = re.compile("[^\\W_]+(?:[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]+[^\\W_]*)*")
LENGTH = 240  # characters of a piece
BEFORE = 80  # of them before the first word
SHORT = 3  # words of fewer characters are marked only where no longer one was asked for


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """The text with the words marked."""
    sought = _sought(terms)
    pieces, last = [], 0
    for found in WRITTEN.finditer(text):
        if _fold(found[0]) in sought:
            pieces += [escape(text[last : found.start()]), "<mark>", escape(found[0]), "</mark>"]
            last = found.end()
    return mark_safe("".join([*pieces, escape(text[last:])]))  # noqa: S308 -- every piece is escaped


def excerpt(summary: str, text: str, terms: Sequence[Term]) -> SafeString:
    """The summary where it has all the words, or else the piece of the text that has most of them."""
    sought = [set(term.every) for term in terms]
    in_summary = {_fold(word) for word in WRITTEN.findall(summary)}
    if all(each & in_summary for each in sought):
        return marked(summary, terms)
    places = [place for term in terms if (place := _first(text, term)) is not None]
    if not places:
        return marked(summary, terms)
    lower = _lower(text)
    best = max(places, key=lambda place: (_has(lower[_start(place) : _start(place) + LENGTH], terms), -place))
    return marked(_around(text, best), terms)


def _sought(terms: Sequence[Term]) -> set[str]:
    telling = [term for term in terms if len(term.text) >= SHORT] or terms
    return {word for term in telling for word in term.every}


@lru_cache(maxsize=20_000)
def _fold(word: str) -> str:
    return fold(joined(word))


def _first(text: str, term: Term) -> int | None:
    """Where the first of its words stands. Texts are long, so they are not taken apart for it."""
    lower = _lower(text)
    found = (_place(lower, word) for word in dict.fromkeys((*term.spelled, term.text)))
    return min((place for place in found if place is not None), default=None)


@lru_cache(maxsize=32)
def _lower(text: str) -> str:
    """Of the same length, so that places are the same: few letters change theirs."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(each.lower()[0] for each in text)


def _place(lower: str, word: str) -> int | None:
    place = lower.find(word)
    while place >= 0:
        end = place + len(word)
        if not lower[place - 1 : place].isalnum() and not lower[end : end + 1].isalnum():
            return place
        place = lower.find(word, place + 1)
    return None


def _has(piece: str, terms: Iterable[Term]) -> int:
    return sum(any(_place(piece, word) is not None for word in (*term.spelled, term.text)) for term in terms)


def _start(place: int) -> int:
    return max(0, place - BEFORE)


def _around(text: str, place: int) -> str:
    start = _start(place)
    piece = text[start : start + LENGTH]
    if start:
        piece = f"… {piece.partition(' ')[2]}" if " " in piece[: place - start] else f"… {piece}"
    return piece if start + LENGTH >= len(text) else f"{piece.rpartition(' ')[0] or piece} …"
