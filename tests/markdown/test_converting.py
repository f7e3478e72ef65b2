"""Markdown means what the HTML means, to a program that is not ours, whatever signs the words have."""

from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.markdown.converting import markdown
from tests.markdown.rendered import rendered, tokens, tree, words

BASE = "https://example.org/articles/piece/"
SIGNS = r"""\`*_{}[]<>()#+-.!|~=:&;'"/@^$%?1a 2)é"""
TEXTS = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=12),
    st.sampled_from(
        [
            *("1. one", "10) ten", "- point", "+ point", "* point", "# heading", "###### six", "> said"),
            *("---", "===", "***", "```", "~~~", ":-- | --:", "| a | b |", "[a](b)", "![a](b)", "[a]: b"),
            *("<b>bold</b>", "<script>alert(1)</script>", "<!-- x -->", "<?php", "&amp;", "&#60;", "&nbsp;"),
            *(
                "https://example.org/a_b_c",
                "<https://example.org>",
                "\\",
                "a\\",
                "__init__",
                "**no**",
                "~~no~~",
            ),
            *("Hi!", "    four", "שלום עולם", "نص من اليمين", "हिन्दी", "日本語", "🙂‍", "[^1]", "- [ ] do"),
        ]
    ),
)
ADDRESSES = st.sampled_from(
    [
        *("https://example.org/", "https://example.org/a(b)c", "https://example.org/a b?c=<d>&copy;=1"),
        *("/careers/", "#source-1", "../other/", "mailto:a@example.org", "https://example.org/`a`|b\\"),
        *("javascript:alert(1)", "data:text/html,x", "http://[broken", "JaVaScRiPt:alert(1)", ""),
    ]
)


def element(tag, inner, **attributes):
    told = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{told}>{inner}</{tag}>"


def several(of, most=4):
    return st.lists(of, min_size=1, max_size=most).map("".join)


PLAIN = TEXTS.map(escape)
EMPHASIS = st.builds(element, st.sampled_from(["em", "strong"]), several(PLAIN | st.just("<br>"), 3))
NESTED = st.builds(element, st.sampled_from(["em", "strong"]), several(PLAIN | EMPHASIS, 3))
LINKS = st.builds(lambda inner, href: element("a", inner, href=href), several(PLAIN | EMPHASIS, 2), ADDRESSES)
INLINE = several(st.one_of(PLAIN, EMPHASIS, NESTED, LINKS, st.just("<br>")))
PARAGRAPHS = INLINE.map(lambda inner: element("p", inner))
HEADINGS = st.builds(element, st.sampled_from(["h2", "h3", "h4"]), INLINE)


def holding(blocks):
    inner = several(blocks, 3)
    return st.one_of(
        inner.map(lambda each: element("blockquote", each)),
        st.builds(
            element, st.sampled_from(["ul", "ol"]), several((inner | INLINE).map(lambda i: element("li", i)))
        ),
        several(st.lists(INLINE, min_size=1, max_size=3).map(row)).map(lambda rows: element("table", rows)),
        several(INLINE.map(lambda i: f"<div><dt>{i}</dt><dd>{i}</dd></div>")).map(lambda i: element("dl", i)),
    )


def row(cells):
    return element("tr", "".join(element("td", cell) for cell in cells))


DOCUMENTS = several(st.recursive(PARAGRAPHS | HEADINGS, holding, max_leaves=8))


def said(html):
    """Words alone: terms of lists get a colon and a dash, and rows of tables are filled up."""
    return "".join(words(html).replace("–", "").replace(":", "").split())


@given(DOCUMENTS)
@example("<p>a<br>===</p><p>b</p>")
@example("<p>Hi!<a href='/x'>x</a></p>")
@example("<p>a<strong>“b”</strong>c<em>d</em><em>e</em></p>")
def test_the_words_are_the_same_and_there_is_nothing_else(html):
    found = markdown(html, BASE)
    assert said(rendered(found)) == said(html)
    assert not {token.type for token in tokens(found)} & {"html_block", "html_inline", "code_block", "image"}


@given(st.lists(PLAIN.filter(str.strip), min_size=1, max_size=6))
def test_a_paragraph_is_one_paragraph(texts):
    found = markdown(f"<p>{'<br>'.join(texts)}</p>", BASE)
    kinds = [token.type for token in tokens(found) if token.block]
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]
    assert not {token.type for token in tokens(found)} - {*kinds, "text", "hardbreak", "text_special"}


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=2), min_size=1, max_size=5))
def test_a_table_has_the_cells_that_it_had(rows):
    found = markdown(element("table", "".join(map(row, rows))), BASE)
    cells = [
        [" ".join("".join(cell.itertext()).split()) for cell in each]
        for each in tree(rendered(found)).iter("tr")
    ]
    assert cells == [[words(cell) for cell in each] for each in rows]


@given(
    st.lists(PLAIN.filter(lambda text: text.strip()), min_size=1, max_size=4), st.sampled_from(["ul", "ol"])
)
def test_a_list_has_the_items_that_it_had(texts, tag):
    found = rendered(markdown(element(tag, "".join(element("li", text) for text in texts)), BASE))
    (made,) = tree(found).iter(tag)
    assert [words("".join(item.itertext()).replace("<", "&lt;")) for item in made] == [
        words("".join(tree(text).itertext()).replace("<", "&lt;")) for text in texts
    ]


@given(ADDRESSES, PLAIN.filter(lambda text: text.strip()))
def test_a_link_leads_where_it_led_or_is_no_link(href, text):
    links = list(tree(rendered(markdown(f"<p>{element('a', text, href=href)}</p>", BASE))).iter("a"))
    for link in links:
        assert link.get("href").startswith(("https://", "http://", "mailto:"))
    assert bool(links) == href.startswith(("https://e", "/", "#", "..", "mailto:")) or href == ""


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("#source-1", f"{BASE}#source-1"),
        ("decide/", f"{BASE}decide/"),
        ("/careers/", "https://example.org/careers/"),
        ("https://example.org/a(b)", "https://example.org/a%28b%29"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_are_whole_addresses(href, leads):
    assert markdown(f'<p><a href="{href}">there</a></p>', BASE) == f"[there]({leads})\n"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>a <strong>b</strong> <em>c</em></p>", "a **b** *c*"),
        ("<p><strong>Pay:</strong> low</p>", "**Pay**: low"),
        ("<h2>One<br>two #</h2>", "## One two \\#"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n\n- b\n\n  - c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<div><ul><li>a</li></ul></div><div><div><ul><li>b</li></ul></div></div>", "- a\n\n* b"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ('<ol start="-3"><li>a</li></ol>', "1. a"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<p>2.5 or 3-4 a_b</p>", "2.5 or 3-4 a\\_b"),
        ("<p>3. May</p>", "3\\. May"),
        ('<p>So<sup><a href="#n">1</a> <a href="#m">2</a></sup></p>', f"So ([1]({BASE}#n) [2]({BASE}#m))"),
        (
            '<figure><img src="/media/a b.png" alt="A [b]"></figure>',
            "![A \\[b\\]](https://example.org/media/a%20b.png)",
        ),
        ('<figure><img src="data:image/png,x" alt="A"></figure>', "A"),
        ("<pre>a ``` b\n\nc</pre>", "````\na ``` b\n\nc\n````"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<dl><dt>Pay</dt><dd>2</dd><dd>a month</dd></dl>", "- **Pay**: 2 – a month"),
        ('<p hidden>a</p><p aria-hidden="true">b</p><form><p>c</p></form><nav>d</nav><p>e</p>', "e"),
        ("<section><h2>Nothing</h2><form>a</form></section><p>b</p>", "b"),
        (
            "<table><caption>T</caption><tr><th>a</th><th>b|c</th></tr><tr><td>d</td></tr></table>",
            "T\n\n| a | b\\|c |\n| --- | --- |\n| d |  |",
        ),
        ("<p>a\u202eb</p>", "a\u202eb\u202c"),
        ("", ""),
        ("<hr>", "---"),
    ],
)
def test_each_element_has_its_form(html, said):
    assert markdown(html, BASE) == (f"{said}\n" if said else "")


@pytest.mark.parametrize("tag", ["blockquote", "ul", "em", "div"])
def test_what_is_nested_without_end_is_read_all_the_same(tag):
    inner = "<li>" if tag == "ul" else ""
    found = markdown(f"<{tag}>{inner}" * 5000 + "deep" + f"</{tag}>" * 5000, BASE)
    assert "deep" in rendered(found)
