"""What changed between two texts, word by word: exact to the character, readable, and never slow."""

import random
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import marking, words
from articles.rich_marking import rich
from articles.sequences import increasing
from articles.words import Sign

WORDS = st.lists(st.sampled_from(["one", "two", "three", " ", ", ", "it’s", "\n", "é"]), max_size=30)
TEXTS = WORDS.map("".join) | st.text(max_size=40)
PARTS = [
    "<p>One two.</p>",
    "<p>Two <strong>three</strong>.</p>",
    "<h3>One</h3>",
    '<p><a href="/x/">a &amp; b</a></p>',
]
PARTS += [
    "<ul><li><p>One</p></li><li><p>two</p></li></ul>",
    "<p>a<br>b</p>",
    "<blockquote><p>One</p></blockquote>",
]
BODIES = st.lists(st.sampled_from(PARTS), max_size=6).map("".join)
PAIRS = st.one_of(st.tuples(TEXTS, TEXTS), st.tuples(BODIES, BODIES))


def side(pieces, other):
    return "".join(piece.text for piece in pieces if piece.sign is not other)


@settings(max_examples=80)
@given(PAIRS)
def test_kept_and_inserted_words_are_the_text_after_kept_and_deleted_ones_the_text_before(pair):
    for compare in (words.compare, words.compare_rich):
        pieces = compare(*pair)
        assert (side(pieces, Sign.INSERTED), side(pieces, Sign.DELETED)) == pair


@given(st.lists(st.integers(0, 30), max_size=30))
def test_no_increasing_part_is_longer_than_the_one_that_is_found(numbers):
    found = [numbers[place] for place in increasing(numbers)]
    assert found == sorted(set(found))
    longest = [0] * len(numbers)
    for place, number in enumerate(numbers):
        shorter = (longest[other] for other in range(place) if numbers[other] < number)
        longest[place] = 1 + max(shorter, default=0)
    assert len(found) == max(longest, default=0)


def said(pieces):
    signs = {Sign.KEPT: "{}", Sign.DELETED: "[-{}]", Sign.INSERTED: "[+{}]"}
    return "".join(signs[piece.sign].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Pay is low.", "Pay is rather low.", "Pay is [+rather ]low."),
        ("It’s paid late, often.", "It’s paid late.", "It’s paid late[-, often]."),
        ("I like the red car", "You hate the blue bike", "[-I like][+You hate] the [-red car][+blue bike]"),
        ("on a Monday at two", "by no Tuesday a noon", "[-on a Monday at two][+by no Tuesday a noon]"),
    ],
)
def test_changes_are_said_as_a_reader_would(before, after, expected):
    assert said(words.compare(before, after)) == expected


def test_whole_elements_come_and_go():
    before = "<ul><li><p>a</p></li><li><p>c</p></li></ul>"
    after = "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"
    expected = "<ul><li><p>a</p></li>[+<li><p>b</p></li>]<li><p>c</p></li></ul>"
    assert said(words.compare_rich(before, after)) == expected


def test_five_thousand_words_are_compared_in_no_time_also_where_all_differ():
    chance = random.Random(1)
    known = [f"word{number}" for number in range(1500)]
    text = chance.choices(known, k=5000)
    edited = [word if chance.random() < 0.97 else chance.choice(known) for word in text]
    worst = [chance.choices("ab", k=5000), chance.choices("ab", k=5000)]
    started = time.process_time()
    for before, after in ((text, edited), (text, chance.choices(known, k=5000)), worst):
        words.compare(" ".join(before), " ".join(after))
    assert time.process_time() - started < 1.5  # 0.15 s where nothing else runs


class Checker(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.texts, self.hidden = [], {"ins": [], "del": []}, 0

    def handle_starttag(self, tag, attributes):
        if tag != "br":
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag


@settings(max_examples=60)
@given(BODIES, BODIES)
def test_rich_text_is_marked_as_well_formed_html(before, after):
    checker = Checker()
    checker.feed(rich(before, after))
    assert checker.open == []


@settings(max_examples=40)
@given(BODIES)
def test_what_stayed_is_not_marked(body):
    assert not re.search("<(ins|del)|note", rich(body, body) + marking.text(body, body))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>One.</p>", "<h3>One.</h3>", '<h3><span class="note">before: paragraph</span> One.</h3>'),
        (
            "<p>One two.</p>",
            "<p>One <strong>two</strong>.</p>",
            '<strong>two</strong> <span class="note">now bold<',
        ),
        ('<p><a href="/a/">x</a></p>', '<p><a href="/b/">x</a></p>', "link to /b/, before to /a/"),
        ("<p>One</p><p>two</p>", "<p>One two</p>", "<del>"),
        ("<p>A</p><p>Gone</p>", "<p>A</p>", "<p>A</p><p><del>"),
    ],
)
def test_changed_formats_are_said(before, after, expected):
    assert expected in rich(before, after)


def test_links_to_articles_are_named():
    before, after = (f'<p><a href="article:{pk}">x</a></p>' for pk in ("1", "2#why"))
    names = {"1": "One", "2": "Two"}
    assert "<a>x</a>" in rich(before, after, names)
    assert "link to “Two”#why, before to “One”" in rich(before, after, names)


def test_nothing_comes_out_that_an_editor_may_not_write():
    bad = '<p><a href="javascript:alert(1)" onclick="x()">a</a><img src=x onerror=y>'
    bad += "<script>alert(1)</script>&lt;i&gt;</p>"
    for html in (rich("", bad), rich(bad, "<p>b</p>"), rich(bad, bad)):
        assert not re.search(r"javascript|onclick|onerror|<script|<img|<i>", html)


def test_long_stretches_that_stayed_are_left_out_and_counted():
    text = "word " * 500
    html = marking.text(f"{text}end", f"{text}END")
    assert "480 unchanged words left out" in html
    assert len(html) < 600
    body = "".join(f"<p>Paragraph {number}.</p>" for number in range(30))
    html = rich(body, body.replace("Paragraph 20", "Passage 20"))
    assert "19 unchanged passages left out" in html
    assert "Paragraph 19" in html
