"""Answers in Markdown: the main part of a page, converted when first asked for and kept while it is the same.

Indexes are to show the page and not its twin, so a twin names it and is left out of them.
"""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from html import unescape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from articles.markdown import addresses, front_matter
from articles.markdown.converting import markdown
from articles.unstyled import unstyled

TYPE = "text/markdown; charset=utf-8"  # RFC 7763
MOST_KEPT, LONGEST_KEPT = 100, 200_000  # texts that a process keeps, and characters of one
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
TO_OTHER_PAGES = re.compile(  # of a list: all other navigation is left out
    r'<nav (class="pages".*?)</nav>', re.DOTALL
)
OF_THE_PAGE = re.compile(  # none of these holds another of its name
    r'<(p|section|span) class="(?:small reply-answer|small files|start|visually-hidden)"[^>]*>.*?</\1>',
    re.DOTALL,
)

View = Callable[..., HttpResponse]


def twin(view: View) -> View:
    """The view of a page's twin: what the page's own view answers, as Markdown."""

    @wraps(view)
    def turned(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if "Location" in response:
            response["Location"] = addresses.of_twin(response["Location"])
        elif response["Content-Type"] != TYPE:
            _turn(response, request.get_full_path())
        return response

    return turned


def _turn(response: HttpResponse, asked: str) -> None:
    html = response.content.decode()
    named = CANONICAL.search(html)
    address = addresses.of_page(unescape(named[1]) if named else f"{settings.SITE_URL}{asked}")
    top = ""  # of what is no document
    if response.status_code == 200 and (found := TITLE.search(html)):
        title = unescape(found[1]).removesuffix(f" – {settings.SITE_NAME}")
        language = response.get("Content-Language") or get_language() or settings.LANGUAGE_CODE
        top = f"{front_matter.of_page(title, address, language)}\n"
    main = MAIN.search(html)
    convert = _made if "private" in response.get("Cache-Control", "") else text
    response.content = top + convert(main[1] if main else "", address)
    _mark(response, address)


def answer(top: str, body: str, language: str, page: str) -> HttpResponse:
    """The twin of a page, from its front matter and the HTML of its main part."""
    address = f"{settings.SITE_URL}{page}"
    response = HttpResponse(f"{top}\n{text(body, address)}", headers={"Content-Language": language})
    _mark(response, address)
    return response


def _mark(response: HttpResponse, address: str) -> None:
    response["Content-Type"] = TYPE
    response["X-Robots-Tag"] = "noindex"
    if response.status_code == 200:
        response["Link"] = f'<{address}>; rel="canonical"'


def text(body: str, address: str) -> str:
    """HTML of our templates as Markdown; `address` is that of its page, which links lead on from."""
    return kept(body, address) if len(body) <= LONGEST_KEPT else _made(body, address)


def _made(body: str, address: str) -> str:
    html = TO_OTHER_PAGES.sub(r"<div \1</div>", body)
    return markdown(unstyled(html, OF_THE_PAGE), address)


kept = lru_cache(maxsize=MOST_KEPT)(_made)
