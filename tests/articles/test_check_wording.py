"""Absolute claims, and how demanding a text is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checks.found import Level
from articles.checks.readability import BANDS, ease, readability, sentences, syllable_count
from articles.checks.texts import Text, paragraphs
from articles.checks.wording import absolutes

PLAIN = "The work is short and you can stop when you like. " * 12
DEMANDING = (
    "Organisational responsibilities necessitate considerable administrative coordination, particularly "
    "where international collaborators participate asynchronously in interdependent development activities. "
) * 8


@pytest.mark.parametrize(
    ("language", "sentence", "quoted", "level"),
    [
        ("en", "Your income is guaranteed.", "guaranteed", Level.WARNS),
        ("en", "A risk-free way to begin.", "risk-free", Level.WARNS),
        ("en", "It works for 100 % of people.", "100 %", Level.WARNS),
        ("en", "You will always find work.", "always", Level.INFORMS),
        ("en", "NEVER a dull day", "NEVER", Level.INFORMS),
        ("en", "It is not always so.", None, None),
        ("en", "It doesn’t always pay.", None, None),
        ("en", "Everyone can learn it.", "Everyone can", Level.INFORMS),
        ("en", "Almost everyone can learn it, and nobody wants it.", None, None),
        ("en", "Nevertheless, hallways are nice.", None, None),
        ("en", "An always-on culture", None, None),
        ("en", "Das ist immer so.", None, None),
        ("de", "Ein garantiertes Einkommen.", "garantiertes", Level.WARNS),
        ("de", "Das gelingt immer.", "immer", Level.INFORMS),
        ("de", "Das gelingt fast immer.", None, None),
        ("de", "Es ist nicht immer leicht.", None, None),
        ("de", "Es wird immer schwerer, und immer noch mehr.", None, None),
        ("de", "Niemals aufgeben.", "Niemals", Level.INFORMS),
        ("de", "Jeder kann das, und niemand will es.", "Jeder kann", Level.INFORMS),
        ("de", "Ein geniales Konzept.", None, None),
        ("fr", "Toujours garanti, always.", None, None),
    ],
)
def test_absolute_claims_are_quoted(language, sentence, quoted, level):
    found = list(absolutes([Text(("summary",), (sentence,))], language))
    assert [each.level for each in found] == ([level] if level else [])
    assert all(each.message.startswith(f"“{quoted}”") and each.place == ("summary",) for each in found)


def test_a_text_with_many_is_one_finding_for_each_sort_with_the_first_four():
    words = "Always, never, always, at all times, impossible, undoubtedly; it is guaranteed."
    found = list(absolutes([Text((), (words,))], "en"))
    assert [each.message.partition(":")[0] for each in found] == [
        "“guaranteed”",
        "“Always”, “never”, “at all times”, “impossible” and others",
    ]


def test_what_is_quoted_from_others_is_not_ours():
    html = "<p>They say:</p><blockquote><p>Always guaranteed.</p></blockquote><ul><li>One &amp; two</li></ul>"
    assert paragraphs(html) == ("They say:", "One & two")


@pytest.mark.parametrize(
    ("language", "word", "count"),
    [
        ("en", "work", 1),
        ("en", "table", 2),
        ("en", "makes", 1),
        ("en", "wanted", 2),
        ("en", "walked", 1),
        ("en", "boxes", 2),
        ("en", "the", 1),
        ("en", "income", 2),
        ("en", "hmm", 1),
        ("de", "Arbeit", 2),
        ("de", "Einkommen", 3),
        ("de", "Häuser", 2),
        ("de", "Selbstständigkeit", 4),
        ("de", "Ruhe", 2),
    ],
)
def test_syllables(language, word, count):
    assert syllable_count(word, language) == count


def test_sentences_end_at_signs_and_with_paragraphs():
    assert sentences(["It pays 3.50 an hour. “Really?” Yes…", "A list item", "1."]) == 4


def test_readability_is_a_band_in_words():
    (plain,), (demanding,) = readability([PLAIN], "en"), readability([DEMANDING], "en")
    assert (plain.level, plain.message) == (Level.PASSES, "The text is easy to read.")
    assert demanding.level is Level.WARNS
    assert demanding.message.startswith("The text is very demanding, as academic papers are. Shorter")
    assert list(readability([PLAIN[:200]], "en")) == list(readability([PLAIN], "fr")) == []


def test_the_formulas_by_hand():
    """100 words of one syllable, five to a sentence."""
    text = ["one two six ten cat. " * 20]
    assert ease(text, "en") == pytest.approx(206.835 - 1.015 * 5 - 84.6)
    assert ease(["das Haus ist gut da. " * 20], "de") == pytest.approx(180 - 5 - 58.5)


@given(st.text(), st.sampled_from(["en", "de"]))
def test_any_text_has_one_band_or_none(text, language):
    found = list(readability([text], language))
    assert len(found) <= 1
    assert all(any(band in each.message for *_, band in BANDS) for each in found)
