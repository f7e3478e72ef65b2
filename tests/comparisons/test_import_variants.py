"""The importer on generated articles: it finds every part and loses no word."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from comparisons.importing.parsing import parse
from tests.comparisons.variants import patient, sanitised, sentences, variants


@given(variants())
@patient
def test_no_variant_loses_a_word(variant):
    article = parse(variant.text, "article.md")

    assert sanitised(article).lost_words() == []


@given(variants())
@patient
def test_every_part_of_a_variant_is_found(variant):
    article = parse(variant.text, "article.md")

    assert [path.title.casefold() for path in article.paths] == [name.casefold() for name in variant.names]
    assert [section.role for section in article.sections] == list(variant.roles)
    assert [tuple((point.side, point.label) for point in path.points) for path in article.paths] == list(
        variant.points
    )
    assert len(article.calls) == variant.calls


junk = st.one_of(
    sentences,
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(
        [
            "",
            "---",
            "===",
            "```",
            "Pros:",
            "Cons of Sales",
            "Table of Contents",
            "## Salary",
            "#### Tools",
            "    indented",
            "> quote",
            "1. one",
            "3. three",
            "- a\n  - b",
            "- # x",
            "[a]: http://x.y 'z'",
            "| a | b |",
            "👉 [Go](https://example.org/go)",
            "Leave a Reply",
        ]
    ),
)


@given(st.lists(junk, max_size=20), st.lists(junk, max_size=5))
@patient
def test_no_text_whatever_loses_a_word(first, second):
    lines = ["Understanding Sales", "We sell.", *first, "Understanding Nursing", "We nurse.", *second]
    article = parse("\n".join(lines), "x.txt")

    assert sanitised(article).lost_words() == []


def test_a_part_that_goes_nowhere_is_found_with_its_line():
    article = parse("Understanding Sales\nWe sell.\nUnderstanding Nursing\nWe nurse.", "x.txt")
    first, second = article.paths

    assert replace(article, paths=(first, replace(second, sections=()))).lost_words() == [
        (3, "understanding"),
        (3, "nursing"),
        (4, "we"),
        (4, "nurse"),
    ]
