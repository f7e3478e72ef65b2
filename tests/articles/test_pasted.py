"""What comes from word processors keeps its meaning and loses its styles."""

import json
from html import escape
from pathlib import Path

import pytest

from articles.richtext import cleaned

SAMPLES = Path(__file__).parent / "pasted"
PROGRAMS = ("word", "word_online", "google_docs", "web_page")


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_copies_becomes_the_prose_it_means(program):
    found = cleaned((SAMPLES / f"{program}.html").read_text())
    assert found.replace("\n", "") == (SAMPLES / f"{program}.expected.html").read_text().replace("\n", "")
    assert cleaned(found) == found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A</h1>", "<h3>A</h3>"),
        ("<h2>A</h2><h4>B</h4>", "<h3>A</h3><h4>B</h4>"),
        ("<h3>A</h3><h5>B</h5>", "<h3>A</h3><h4>B</h4>"),
        ("<b>A</b> and <i style='font-style:normal'>B</i>", "<p><strong>A</strong> and B</p>"),
        ("<p style='mso-list:l0 level1 lfo1'>A</p>", "<ul><li><p>A</p></li></ul>"),
        (
            "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>(3)</span>A</p>",
            '<ol start="3"><li><p>A</p></li></ol>',
        ),
        ('<span>A <a href="#_ftn1">[1]</a></span>', "<p>A [1]</p>"),
        ("<p class=x>&nbsp;</p><div><br></div>", ""),
    ],
)
def test_meaning_that_is_written_as_style(html, expected):
    assert cleaned(html) == expected


def test_what_was_written_here_stays_as_it_is():
    html = (
        '<h4>Alone</h4><p>A &amp; “b”<br>c  d</p><ol start="3"><li><p>x</p></li></ol>'
        '<p><a href="article:11111111-1111-4111-8111-111111111111">there</a> '
        '<a href="https://example.org/" title="Two words" rel="nofollow">out</a></p>'
    )
    assert cleaned(html) == html
    assert cleaned("bare words") == "bare words"


@pytest.mark.parametrize(("given", "kept"), json.loads((SAMPLES / "redirects.json").read_text()))
def test_a_link_through_google_leads_where_it_was_meant_to(given, kept):
    html = f'<p><a href="{escape(given)}"><span style="font-weight:400">there</span></a></p>'
    expected = f'<p><a href="{escape(kept)}">there</a></p>'
    assert cleaned(html) == expected
    assert cleaned(expected) == expected
