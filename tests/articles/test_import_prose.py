"""Plain text and Markdown as rich text that the allow-list leaves as it is."""

import re

import pytest

from articles.importing import prose
from articles.importing.lines import split
from articles.importing.words import all_text_of, cut, lost, opening, text_of
from articles.models import Section


def html(text):
    """Without the line ends between tags."""
    return re.sub(r"(?<=>)\n(?=<)", "", prose.render(split(text)).html)


def decoration(text):
    return [(each.line, each.text) for each in prose.render(split(text)).decoration]


def lost_from(text):
    found = prose.render(split(text))
    stored = Section._meta.get_field("body").sanitize(found.html)
    return lost(split(text), [all_text_of(stored)], found.decoration)


def test_each_line_that_ends_a_sentence_is_a_paragraph():
    assert html("First one.\nSecond one?\nThird (one).") == (
        "<p>First one.</p><p>Second one?</p><p>Third (one).</p>"
    )


def test_lines_that_break_off_in_mid_sentence_are_one_paragraph():
    assert text_of(html("It goes on\nand on. Until\nit ends.\n\nThen another.")) == (
        "It goes on and on. Until it ends. Then another."
    )
    assert html("It goes on\nand ends.\n\nThen another.").count("<p>") == 2


def test_emphasis_links_and_quotes_are_kept():
    text = "A *fine* and **bold** [link](https://example.org/a?b=c).\n\n> Quoted."
    assert html(text) == (
        '<p>A <em>fine</em> and <strong>bold</strong> <a href="https://example.org/a?b=c">link</a>.</p>'
        "<blockquote><p>Quoted.</p></blockquote>"
    )


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "◦", "▪", "–", "✅", "- ✔️", "● "])
def test_every_bullet_makes_a_list(bullet):
    assert html(f"Needed:\n{bullet} one\n{bullet} two\nThat is all.") == (
        "<p>Needed:</p><ul><li><p>one</p></li><li><p>two</p></li></ul><p>That is all.</p>"
    )


def test_a_line_that_goes_on_in_small_letters_belongs_to_the_item_above():
    assert (
        html("- one that\ngoes on\n- two") == "<ul><li><p>one that\ngoes on</p></li><li><p>two</p></li></ul>"
    )


def test_an_emoji_bullet_is_decoration():
    assert decoration("- ✅ one\n✔ two\n- three") == [(1, "✅"), (2, "✔")]


def test_lists_nest():
    assert html("- one\n  - inner\n- two") == (
        "<ul><li><p>one</p><ul><li><p>inner</p></li></ul></li><li><p>two</p></li></ul>"
    )


def test_a_numbered_list_counts_by_itself_so_its_numbers_are_decoration():
    assert html("3. one\n4. two") == '<ol start="3"><li><p>one</p></li><li><p>two</p></li></ol>'
    assert decoration("3. one\n4. two") == [(1, "3."), (2, "4.")]


def test_numbers_out_of_order_stay_in_the_text():
    assert html("1. one\n7. seven") == "<ul><li><p>1. one</p></li><li><p>7. seven</p></li></ul>"
    assert decoration("1. one\n7. seven") == []


@pytest.mark.parametrize(
    "text",
    [
        "![a picture](https://example.org/p.png)",
        "`code` and ```more```",
        "    indented",
        "[ref]: https://example.org/r 'Title'",
        "[text][ref]",
        "<b>bold</b> <script>alert(1)</script> <!-- note -->",
        "[unsafe](javascript:alert) [file](ftp://example.org/f)",
        '[titled](/here "with a title") and [empty]()',
        "<https://example.org/café?x=ü&y=1>",
        "[link](https://example.org/café?x=ü&y=1)",
        "un*believ*able snake_case_name 2*3*4",
        "R&amp;D &copy; AT&T &notaword; &amp;lt; copy&paste &#8364;",
        "| a | table |\n|---|---|\n| of | cells |",
        "1. 2. 3. nested\n1.\n5.",
        "- # heading in a list\n> ###### quoted heading",
        "2024. That was a year.",
        "#hashtag and # not a heading",
        "Trailing backslash\\\nnext \\* \\_ line",
        "~~struck~~ ^up^ $x_1$ C++ C#",
        "日本語 Straße İstanbul e\u0301tude",
    ],
)
def test_no_construct_of_markdown_loses_a_word(text):
    assert lost_from(text) == []


def test_headings_below_the_page_s_own_are_of_the_third_and_fourth_level():
    assert (
        html("### Tools\n\nThey help.\n\n#### Free ones")
        == "<h3>Tools</h3><p>They help.</p><h4>Free ones</h4>"
    )
    assert html("- # one\n- ###### six") == "<ul><li><h3>one</h3></li><li><h4>six</h4></li></ul>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Low** pay", "Low pay"),
        ("See [the guide](https://example.org/g)", "See the guide (https://example.org/g)"),
        ("<https://example.org/g>", "https://example.org/g"),
        ("R&amp;D \\*", "R&D *"),
        ("un*believ*able", "un*believ*able"),
    ],
)
def test_plain_text_has_the_words_without_the_marks(text, expected):
    assert prose.plain(text) == expected


def test_a_lost_word_is_found_with_its_line():
    lines = split("one two\nthree two")

    assert lost(lines, ["One two, three!"], []) == [(2, "two")]
    assert lost(lines, ["two one two three"], []) == []


def test_decoration_makes_up_for_words_of_its_own_line_only():
    lines = split("one\ntwo")
    (number,) = prose.render(split("1. x")).decoration

    assert lost(split("1. x"), ["x"], [number]) == []
    assert lost(lines, ["two"], [number]) == [(1, "one")]


def test_an_opening_ends_where_a_sentence_does():
    assert opening("One is short. Two is short, too. Three is not.", 35) == "One is short. Two is short, too."
    assert opening("Pay (e.g. wages) rises. Then it falls.", 30) == "Pay (e.g. wages) rises."
    assert opening("“Why?” She asked.", 10) == "“Why?”"
    assert opening("All of it fits", 300) == "All of it fits"


def test_an_opening_without_a_sentence_that_fits_ends_where_a_word_does():
    assert opening("A sentence that goes on and on", 20) == "A sentence that…"
    assert opening("x" * 50, 20) == "x" * 19 + "…"


def test_cutting_keeps_every_word():
    assert cut("one two three", 8) == ("one two", "three")
    assert cut("one", 8) == ("one", "")
    assert cut("x" * 10, 4) == ("xxxx", "xxxxxx")
