"""Hostile markup in every place that takes words, shown by a real browser: nothing of it runs."""

import pytest
from playwright.sync_api import expect

from articles import publishing
from tests.browser.pages import editor, form_of
from tests.browser.test_admin_links import PASTE
from tests.hostile import MARKUP
from tests.makers import make_article, make_comment, make_comparison, make_path, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTICE = """
for (const name of ["alert", "confirm", "prompt", "print", "msgbox"])
    window[name] = (...given) => console.error(`ran: ${name}(${given})`);
Object.defineProperty(window, "pwned", {set: (value) => console.error(`ran: pwned = ${value}`)});
"""
FIRE = """() => {
    const written = ".prose *, .reply *, .points *, td, h1, h2, li";
    for (const element of document.querySelectorAll(written))
        for (const name of ["click", "mouseover", "focus", "error", "load"])
            element.dispatchEvent(new Event(name, {cancelable: true}));
}"""
BODY = "".join(MARKUP)
PIECES = ["".join(MARKUP[start : start + 40]) for start in range(0, len(MARKUP), 40)]
PASTED = [["text/html", markup] for markup in (*MARKUP, BODY)]


def parts(name):
    """The words of an article, all of them hostile; what has a limit has the first that fit."""
    return {
        "slug": name,
        "title": "".join(MARKUP)[:200],
        "summary": "".join(MARKUP[20:])[:300],
        "sections": [
            {"role": "introduction", "heading": BODY[400:600], "body": BODY},
            *({"role": "body", "heading": each[:200], "body": each} for each in PIECES),
        ],
        "sources": [
            {"publisher": each[:200], "title": each[:300], "passage": each, "url": "https://example.org/"}
            for each in MARKUP[:40]
        ],
        "calls_to_action": [
            {"label": each[:120], "text": each[:300], "url": "/articles/"} for each in MARKUP[40:80]
        ],
    }


def hostile_pages():
    article = make_article(**parts("one"))
    points = [
        {"side": side, "label": each[:120], "text": each}
        for side, each in zip(("pro", "con") * 40, MARKUP, strict=False)
    ]
    platforms = [
        {"name": each[:120], "text": each, "url": "https://example.org/"} for each in MARKUP[120:140]
    ]
    paths = [make_path(**parts(f"path-{name}"), points=points, platforms=platforms) for name in "ab"]
    cells = [
        {"aspect": each[:120], "cells": {str(path.pk): each for path in paths}} for each in MARKUP[80:120]
    ]
    comparison = make_comparison(*paths, **parts("both"), differences=cells)
    for each in (article, *paths, comparison):
        make_comment(each, text=BODY[:5000], name=MARKUP[0][:80])
        publish(each)
    article.sections.update(caption=MARKUP[0])
    publishing.record(article, by=None, note=BODY[:300])
    return article, comparison


def test_nothing_that_is_hostile_runs_anywhere(desk):
    desk.context.add_init_script(NOTICE)
    article, comparison = hostile_pages()
    form = form_of(article)
    addresses = (
        "/articles/one/",
        "/careers/path-a/",
        "/compare/both/",
        "/compare/",
        "/search/?q=script",
        "/admin/",
        "/admin/articles/article/",
        form.replace("change", "history"),
        form.replace("change", "compare") + "?from=1&to=2",
        form.replace("change", "withdraw"),
        f"/admin/articles/revision/{article.revisions.first().pk}/change/",
        form_of(comparison),
        form,
    )
    for address in addresses:
        answer = desk.goto(address)
        assert answer.status == 200, address
        expect(desk.locator("body")).to_contain_text("<script>alert(1)")
        if not address.startswith("/admin/"):
            desk.evaluate(FIRE)
    text = editor(desk)
    text.click()
    text.evaluate(f"(element, all) => all.forEach((each) => ({PASTE})(element, each))", PASTED)
    assert text.locator("script, iframe, svg, form, style, [onclick], [href^='javascript']").count() == 0
