"""How words are written in what is published: nouns with the capitals that some languages give them. Pure."""

from collections.abc import Iterable, Sequence

from articles.search.terms import ENDS, WORD, fold, joined

OPENING = "\"'“„‚‘«»‹›(["  # between the end of a sentence and the next


def as_written(words: Sequence[str], texts: Iterable[str]) -> list[str]:
    """The words as they are written within a sentence of one of the texts, small where that is done as well.

    Those that only begin sentences, or stand in no text, stay as they are.
    """
    folds = {word: fold(word) for word in words}
    wanted = set(folds.values())
    found: dict[str, str] = {}
    for text in map(joined, texts):
        for match in WORD.finditer(text):
            folded = fold(match[0])
            if folded not in wanted or found.get(folded, "").islower():
                continue
            better = match[0].islower() or folded not in found
            if better and not _begins_a_sentence(text, match.start()):
                found[folded] = match[0]
    return [found.get(folds[word], word) for word in words]


def _begins_a_sentence(text: str, place: int) -> bool:
    """Texts are long, and a word may stand in them thousands of times: no more is read than is before it."""
    while place and (text[place - 1].isspace() or text[place - 1] in OPENING):
        place -= 1
    return not place or text[place - 1] in ENDS
