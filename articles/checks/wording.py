"""Absolute claims: words that promise what hardly ever holds of everybody. Pure.

Consumer law takes promises literally (Directive 2005/29/EC, annex I), and editors' codes ask for measure. A
word that is taken back where it stands, as in “not always” or “fast nie”, is none, and “nobody” or “everyone”
is one only where it says what they can or will do.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from articles.checks.found import Finding, Level
from articles.checks.texts import Text

CHECK = "absolutes"
MOST_QUOTED = 4
SHORTENED = ("n't", "n’t")


class Words(NamedTuple):
    """Of a language: what promises, what says that it is so each time, and what takes it back."""

    promises: str
    always: str
    hedges: tuple[str, ...]


LANGUAGES = {
    "en": Words(
        r"guarantee[sd]?|risk[- ]free|no risk|without (?:any )?risk|foolproof|100\s?(?:%|per\s?cent)"
        r"|certain to|sure to|can['’]t fail|cannot fail",
        r"always|never|without exception|in every case|at all times|impossible|undoubtedly"
        r"|without (?:a )?doubt|(?:everyone|everybody|anyone|anybody|no one|nobody) (?:can|will|could)",
        ("not", *SHORTENED, "almost", "nearly", "hardly", "practically", "virtually"),
    ),
    "de": Words(
        r"garantiert(?:e[nrsm]?)?|garantieren|risikofrei(?:e[nrsm]?)?|risikolos(?:e[nrsm]?)?"
        r"|ohne (?:jedes )?risiko|todsicher(?:e[nrsm]?)?|hundertprozentig(?:e[nrsm]?)?|100\s?(?:%|prozent)",
        r"immer(?! (?:noch|mehr|wieder|weniger|öfter|\w+er)\b)|nie|niemals|stets|jederzeit|ausnahmslos"
        r"|unmöglich(?:e[nrsm]?)?|zweifellos|ohne zweifel|auf (?:jeden|keinen) fall"
        r"|(?:jeder|jede|alle|niemand) (?:kann|können|wird|werden)",
        ("nicht", "kein", "keine", "fast", "beinahe", "nahezu", "kaum", "praktisch"),
    ),
}


def absolutes(texts: Iterable[Text], language: str) -> Iterator[Finding]:
    """One finding for each text that has such words, which it quotes."""
    if words := LANGUAGES.get(language[:2]):
        for text in texts:
            yield from _absolutes(text, words)


def _absolutes(text: Text, words: Words) -> Iterator[Finding]:
    promises, always = (list(_found(text, each, words.hedges)) for each in (words.promises, words.always))
    if promises:
        message = (
            f"{_quoted(promises)}: nobody can promise that. Say how often it is so, and according to whom."
        )
        yield Finding(CHECK, Level.WARNS, message, text.place)
    if always:
        message = f"{_quoted(always)}: is it so without exception? If not, say how often it is."
        yield Finding(CHECK, Level.INFORMS, message, text.place)


def _found(text: Text, pattern: str, hedges: Iterable[str]) -> Iterator[str]:
    sought = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
    for paragraph in text.paragraphs:
        for found in sought.finditer(paragraph):
            before = paragraph[: found.start()].rstrip().lower()
            if not any(_ends_with(before, hedge) for hedge in hedges):
                yield found[0]


def _ends_with(text: str, word: str) -> bool:
    """Whether a text ends with a word, or with one that ends in “n't”."""
    return text.endswith(word) and (word in SHORTENED or not text.removesuffix(word)[-1:].isalnum())


def _quoted(words: Iterable[str]) -> str:
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(word.lower(), word)
    distinct = list(first.values())
    shown = ", ".join(f"“{word}”" for word in distinct[:MOST_QUOTED])
    return f"{shown} and others" if len(distinct) > MOST_QUOTED else shown
