"""Several things in one sentence, as the language of the page strings them together."""

from collections.abc import Iterable, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from articles.records import JSON


def both(items: Iterable[str]) -> str:
    """“one”, “one and another”, “one, another and a third”; HTML where the items are."""
    return _strung(list(items), pgettext("the last two of a list", "%(first)s and %(last)s"))


def either(items: Iterable[str]) -> str:
    """“one or another”."""
    return _strung(list(items), pgettext("the last two of a list", "%(first)s or %(last)s"))


def in_turn(items: Iterable[str]) -> str:
    """Items that have commas themselves: “Ann, editor; Ben”."""
    between = pgettext("between items that have commas", "%(first)s; %(last)s")
    return _folded(list(items), between)


def bylines(authors: Iterable[JSON]) -> SafeString:
    """The authors of a page, each with a link and what they know."""
    told = (_author(author) for author in authors)
    return mark_safe(in_turn(told))  # noqa: S308 -- put together from escaped pieces


def _author(author: JSON) -> str:
    link = format_html('<a href="/authors/{}/"><bdi>{}</bdi></a>', author["slug"], author["name"])
    if not author["expertise"]:
        return link
    told = gettext("%(author)s, %(expertise)s")
    return told % {"author": link, "expertise": conditional_escape(author["expertise"])}


def _strung(items: Sequence[str], end: str) -> str:
    if len(items) < 2:
        return "".join(items)
    begun = _folded(items[:-1], pgettext("within a list", "%(first)s, %(last)s"))
    return end % {"first": begun, "last": items[-1]}


def _folded(items: Sequence[str], between: str) -> str:
    text = "".join(items[:1])
    for item in items[1:]:
        text = between % {"first": text, "last": item}
    return text
