"""What readers type: without what nobody sees, with links, and never as markup."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments import texts

UGC = 'rel="nofollow ugc"'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("\u200d a", "a"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Z" + "\u0335" * 50, "Z" + "\u0335" * 5),
        ("ก" + "\u0e47" * 50 + "ا" + "\u0651" * 50, "ก" + "\u0e47" * 5 + "ا" + "\u0651" * 5),
        ("שּׁ֣ב กี่ ❤\ufe0f", "שּׁ֣ב กี่ ❤\ufe0f"),
        ("\u2800a\u2800", "a"),
        *((f"{sign} {sign}", "") for sign in "\u2800\ufe0f\u0301\u0e47\u200d"),
        ("tag\U000e0041", "tag"),
    ],
)
def test_what_nobody_sees_is_left_out(typed, kept):
    assert texts.cleaned(typed) == kept


def test_a_name_is_one_line_and_begins_no_header():
    assert texts.line("Ada\r\nBcc: all@example.org\u2028X") == "Ada Bcc: all@example.org X"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("“http://example.org/?a=1&b=2”!", "http://example.org/?a=1&amp;b=2"),
    ],
)
def test_an_address_becomes_a_link_that_search_engines_do_not_follow(text, address):
    assert f'<a href="{address}" {UGC}>{address}</a>' in texts.html(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "https://",
        "https://bank.example@evil.example/",
        "http://[::1",
        "data:text/html,x",
    ],
)
def test_what_deceives_or_runs_becomes_none(text):
    assert "<a" not in texts.html(text)


def test_a_long_address_is_shown_in_part():
    shown = texts.html(f"https://example.org/{'x' * 200}")
    assert "x…</a>" in shown
    assert f'{"x" * 200}"' in shown


@given(st.text(alphabet=st.sampled_from("<>\"'& a\nhttps:/.@()\u202e\u200b"), max_size=200))
def test_nothing_typed_is_ever_markup(text):
    html = texts.html(texts.cleaned(text))
    bare = re.sub(r'</?p(?: dir="auto")?>|<br>|<a href="[^"<>]*" rel="nofollow ugc">|</a>', "", html)
    assert "<" not in bare
    assert ">" not in bare


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text):
    once = texts.cleaned(text)
    assert texts.cleaned(once) == once


def test_words_are_found_whole_however_they_are_written():
    assert texts.has("Ｃａｓｉｎｏ, now!", ["casino", "no"]) == ["casino"]
    assert texts.has("Straße", ["strasse"]) == ["strasse"]
    assert texts.has("anything", ["!!"]) == []


def test_a_megabyte_is_done_with_soon():
    began = time.process_time()
    for text in ("x" * 1_000_000, "\n " * 500_000, "https://a " * 100_000, "\u0301" * 1_000_000):
        texts.links(texts.cleaned(text))
    assert time.process_time() - began < 5
