"""How words are written in what is published: nouns with the capitals that some languages give them. Pure."""

from collections.abc import Iterable, Sequence

from articles.search.terms import ENDS, WORD, fold, joined


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
            if folded not in wanted or _begins_a_sentence(text, match.start()):
                continue
            if folded not in found or match[0].islower():
                found[folded] = match[0]
    return [found.get(folds[word], word) for word in words]


def _begins_a_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip()
    return not before or before.endswith(ENDS)
