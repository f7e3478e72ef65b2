"""How demanding a text is to read, as a band in words: lengths of sentences and words say no more. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.checks.found import Finding, Level
from articles.checks.texts import WORD

CHECK = "readability"
FEWEST_WORDS = 100  # Flesch's own samples had as many
SENTENCE_END = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s|$)")
VOWELS = {"en": re.compile("[aeiouy]+"), "de": re.compile("ei|ai|au|äu|eu|ie|[aeiouyäöü]")}
SILENT_END = re.compile("(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|[^aeiouysxzcgh]es)$")  # in English
# Flesch's own samples had as many
SENTENCE_END = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s|$)")
VOWELS = {"en": re.compile("[aeiouy]+"), "de": re.compile("ei|ai|au|äu|eu|ie|[aeiouyäöü]")}
SILENT_E = re.compile("(?:[^aeiouyl]|[aeiouy]l)es?$|[^aeiouydt]ed$")
# Flesch's own bands, from "A New Readability Yardstick" (1948); Amstad's scale was made to fit them.
BANDS = (
    (70.0, Level.PASSES, "easy to read"),
    (60.0, Level.PASSES, "plain"),
    (50.0, Level.PASSES, "fairly demanding"),
    (30.0, Level.INFORMS, "demanding"),
    (float("-inf"), Level.WARNS, "very demanding, as academic papers are"),
)
ADVICE = "Shorter sentences and everyday words make it easier."


def readability(paragraphs: Sequence[str], language: str) -> Iterator[Finding]:
    """The band of a text; none where it is too short, or in a language without a formula."""
    score = ease(paragraphs, language[:2])
    if score is None:
        return
    level, band = next((level, band) for least, level, band in BANDS if score >= least)
    message = f"The text is {band}."
    yield Finding(CHECK, level, message if level is Level.PASSES else f"{message} {ADVICE}")


def ease(paragraphs: Sequence[str], language: str) -> float | None:
    """Reading ease, about 0 (hard) to 100 (easy).

    English: R. Flesch, "A New Readability Yardstick", Journal of Applied Psychology 32 (1948), 221–233:
    206.835 − 1.015 · words per sentence − 84.6 · syllables per word. German: T. Amstad, "Wie verständlich
    sind unsere Zeitungen?", dissertation, Zürich (1978): 180 − words per sentence − 58.5 · syllables
    per word.
    """
    words = [word for paragraph in paragraphs for word in WORD.findall(paragraph)]
    if len(words) < FEWEST_WORDS or language not in VOWELS:
        return None
    length = len(words) / sentences(paragraphs)
    syllables = sum(syllable_count(word, language) for word in words) / len(words)
    if language == "de":
        return 180 - length - 58.5 * syllables
    return 206.835 - 1.015 * length - 84.6 * syllables


def sentences(paragraphs: Iterable[str]) -> int:
    """A paragraph ends a sentence, with or without a sign."""
    pieces = (piece for paragraph in paragraphs for piece in SENTENCE_END.split(paragraph))
    return max(1, sum(1 for piece in pieces if WORD.search(piece)))


def syllable_count(word: str, language: str) -> int:
    """Groups of vowels that are spoken: an estimate, right on average."""
    word = word.lower()
    silent = language == "en" and SILENT_END.search(word) is not None
    return max(1, len(VOWELS[language].findall(word)) - silent)
