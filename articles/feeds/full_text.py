"""The main part of a page as the text of a feed's entry: readable without our styles and away from our site.

Pure. What a page has to find one's way, to answer or to draw is left out; notes lead to the page's sources.
"""

import re
from functools import lru_cache

import nh3

from articles.feeds.plain_texts import printable
from articles.richtext import SCHEMES
from articles.unstyled import unstyled

MOST_KEPT, LONGEST_KEPT = 100, 200_000  # texts that a process keeps, and characters of one
TAGS = {
    *("a", "blockquote", "br", "caption", "cite", "dd", "dl", "dt", "em", "figcaption", "figure", "h2", "h3"),
    *(
        "h4",
        "img",
        "li",
        "ol",
        "p",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ),
}
UNREAD = {"button", "form", "nav", "object", "script", "source", "style", "svg", "template", "title"}
ATTRIBUTES = {
    "*": {"lang"},  # a path may be written in another language
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "th": {"scope"},
    "time": {"datetime"},
}
LEAD = re.compile(r'<header class="lead">(.*?)</header>', re.DOTALL)
OF_THE_LEAD = re.compile(r'<p class="standfirst">.*?</p>|<figure.*?</figure>', re.DOTALL)
OF_THE_PAGE = re.compile(  # none of these holds another of its name
    r'<(section|span) class="(?:replies|optional|cell-label|visually-hidden)"[^>]*>.*?</\1>'
    r'|<p class="(?:onward|small files)">.*?</p>',
    re.DOTALL,
)
BLANK = re.compile(r"\s*\n\s*")


def full_text(body: str, address: str) -> str:
    """`body` is HTML that our templates made; `address` is that of its page, which links lead on from."""
    return _kept(body, address) if len(body) <= LONGEST_KEPT else _made(body, address)


def _made(body: str, address: str) -> str:
    text = LEAD.sub(lambda lead: "".join(OF_THE_LEAD.findall(lead[1])), printable(body))
    text = _cleaner(address).clean(unstyled(text, OF_THE_PAGE))
    return BLANK.sub("\n", printable(text)).strip()


_kept = lru_cache(maxsize=MOST_KEPT)(_made)  # feeds are asked for again and again, and share their entries


def _cleaner(address: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags=UNREAD,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes=set(SCHEMES),
        url_relative=("rewrite_with_base", address),
    )
