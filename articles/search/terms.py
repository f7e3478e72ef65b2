"""What a reader typed as words, and what each of them stands for. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from unicodedata import combining, normalize

import snowballstemmer

MOST_TERMS = 12
LONGEST_TERM = 60
LONGEST_QUERY = 1000  # characters that are looked at
WORD = re.compile(r"[^\W_]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # where a word may be parted, and where not
BLOCK = re.compile(r"</?(?:p|br|h[1-6]|li|ul|ol|blockquote|pre|hr|table|tr|t[dh])\b[^>]*>", re.IGNORECASE)
HEADING = re.compile(r"<(h[1-6])\b[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ENDS = (".", "!", "?", "…", ":", ";")
STEMMERS = {"en": "english", "de": "german"}  # both databases' own names for them


@dataclass(frozen=True, slots=True)
class Term:
    """A word that was asked for, folded, and the words of what is published that it stands for.

    `alike` are inflections of it; `ahead` are longer words that begin with it. `spelled` has them all as they
    are written.
    """

    text: str
    alike: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()

    @property
    def same(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.text, *self.alike)))

    @property
    def every(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.same, *self.ahead)))


def terms(query: str) -> list[str]:
    """The words of what a reader typed, each once: at most twelve of at most sixty characters."""
    found = (fold(word)[:LONGEST_TERM] for word in WORD.findall(joined(query[:LONGEST_QUERY])))
    return list(dict.fromkeys(word for word in found if word))[:MOST_TERMS]


def words(text: str) -> list[str]:
    """The different words of a text in lower case, as they are written, without numbers."""
    found = dict.fromkeys(WORD.findall(joined(text).lower()))
    return [word for word in found if word.isalpha() and len(word) <= LONGEST_TERM]


def joined(text: str) -> str:
    """Without soft hyphens and signs of no width, and with each accent in its letter. Nobody sees such signs,
    nor that an accent is one by itself, as copied texts may have it: they end no word.
    """
    return normalize("NFC", INVISIBLE.sub("", text))


def text_of(html: str) -> str:
    """Rich text without its markup: what stood in two paragraphs is not one word, a heading is a sentence."""
    apart = HEADING.sub(_as_sentence, html)
    return " ".join(_bare(BLOCK.sub(" ", apart)).split())


def _bare(html: str) -> str:
    return unescape(TAG.sub("", html))


def _as_sentence(heading: re.Match[str]) -> str:
    words = _bare(heading[2]).strip()
    return f"<p>{heading[2]}{'' if words == ended(words) else '.'}</p>"


def ended(label: str) -> str:
    """A heading or label as a sentence of its own, so that excerpts don't run it into what follows."""
    bare = label.rstrip()
    return f"{bare}." if bare and not bare.endswith(ENDS) else bare


def fold(word: str) -> str:
    """In lower case and without diacritics."""
    if word.isascii():
        return word.lower()
    bare = "".join(sign for sign in normalize("NFKD", word.lower()) if not combining(sign))
    return "".join(WORD.findall(bare))


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What the inflections of a folded word share in a language; all of it where we know no inflections."""
    name = STEMMERS.get(language)
    # One for each word: they keep the word that they are at, and another thread may be at its own.
    return snowballstemmer.stemmer(name).stemWord(word)[:LONGEST_TERM] if name else word


def stems(word: str) -> dict[str, str]:
    return {language: stem(word, language) for language in STEMMERS}


def without(words: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = set(others)
    return tuple(dict.fromkeys(word for word in words if word not in known))
