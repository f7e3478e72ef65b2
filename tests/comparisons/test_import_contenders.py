"""How the importer finds out which careers an article compares."""

import pytest

from articles.importing.files import ImportRefused
from comparisons.importing.parsing import parse
from tests.comparisons.variants import NAMES


def titles(*lines, file_name="article.txt"):
    return [path.title for path in parse("\n".join(lines), file_name).paths]


def test_contenders_are_found_in_a_title():
    assert titles("# Welding vs. Plumbing: Which Trade Pays More?", "Text.") == ["Welding", "Plumbing"]
    assert titles("Careers compared: Welding versus Plumbing vs Roofing", "", "Text.") == [
        "Welding",
        "Plumbing",
        "Roofing",
    ]


def test_contenders_are_found_in_the_heading_of_the_differences():
    assert titles("Key Differences Between Welding, Plumbing, and Roofing", "Text.") == [
        "Welding",
        "Plumbing",
        "Roofing",
    ]


def test_contenders_are_found_in_the_file_s_name_as_a_last_resort():
    assert titles("Text.", file_name="welding-vs-pipe_fitting.md") == ["Welding", "Pipe fitting"]
    assert titles("Understanding Pipe Fitting", "Text.", file_name="welding-vs-pipe-fitting.txt") == [
        "Welding",
        "Pipe fitting",
    ]


def test_a_name_may_contain_an_and():
    assert titles(
        "Understanding Research and Development",
        "Text.",
        "Key Differences Between Research and Development and Sales",
        "Text.",
    ) == ["Research and development", "Sales"]


def test_a_shortened_name_is_the_same_career():
    article = parse(
        "Understanding Microtask Gig Work\nIt is.\nUnderstanding Sales\nIt is.\n"
        "Pros and Cons of Microtask Gigs\nPros:\n- Quick\nPros and Cons of Sales\nCons:\n- Loud",
        "x.txt",
    )

    assert [(path.title, [point.label for point in path.points]) for path in article.paths] == [
        ("Microtask gig work", ["Quick"]),
        ("Sales", ["Loud"]),
    ]


def test_a_career_that_is_part_of_another_s_name_is_a_contender_of_its_own():
    assert titles("Understanding Nursing", "Text.", "Understanding Travel Nursing", "Text.") == [
        "Nursing",
        "Travel nursing",
    ]


@pytest.mark.parametrize(
    ("heading", "prose", "title"),
    [
        ("IT Support", "We like IT support.", "IT support"),
        ("iOS DevOps", "Text.", "iOS DevOps"),
        ("B2B Sales", "Text.", "B2B sales"),
        ("MICROTASK GIG WORK", "The microtask gig work.", "Microtask gig work"),
        ("Salesforce Administration", "Many use Salesforce for administration.", "Salesforce administration"),
        ("Working for Amazon", "Then working at Amazon is fine.", "Working for Amazon"),
        ("C++ Development", "Text.", "C++ development"),
    ],
)
def test_a_name_is_written_as_within_a_sentence_with_its_acronyms(heading, prose, title):
    assert titles(f"Understanding {heading}", prose, "Understanding Welding", "Text.")[0] == title


def refused(text, file_name="article.txt"):
    with pytest.raises(ImportRefused) as error:
        parse(text, file_name)
    return error.value.line, str(error.value)


HINT = "Name two to four careers in headings such as “Understanding …”, or in a title “… vs …”."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("A letter.\nTo somebody.", 1, f"no careers to compare were found. {HINT}"),
        ("Hello.\nUnderstanding Sales\nText.", 2, f"only “Sales” is named. {HINT}"),
        (
            "\n".join(f"Understanding {name}\nText." for name in NAMES[:5]),
            9,
            "5 careers are named: " + ", ".join(f"“{name}”" for name in NAMES[:5]) + f". {HINT}",
        ),
        (
            "Understanding C++ Work\nText.\nUnderstanding C Work\nText.",
            3,
            "“C++ Work” and “C Work” would have one address, c-work. Rename one.",
        ),
        (
            "Understanding 営業\nText.\nUnderstanding Sales\nText.",
            1,
            "“営業” has no Latin letter for an address. Give it another name.",
        ),
    ],
)
def test_an_article_without_two_to_four_contenders_is_refused_with_a_line(text, line, message):
    assert refused(text) == (line, message)
