"""The frame around every page, and pages put into it.

Stored parts go into a frame that is rendered once per process; everything else is a template that extends
the same `base.html`. Neither is given the request: readers have no session, no cookie and no name.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from articles import slots
from articles.languages import spoken
from articles.social_cards.card import site_image


def site() -> dict[str, Any]:
    """What every template of the public site is given."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "social_image": site_image(),
    }


def framed(head: str, body: str, language: str) -> HttpResponse:
    """A page from stored parts, in the language of what it shows."""
    with spoken(language):
        html = slots.fill(slotted("frame.html"), {"head": head, "body": body})
    return HttpResponse(html, headers={"Content-Language": language})


def slotted(template: str, **context: Any) -> str:
    """A template's HTML with slots in it, rendered once per process for each context (of hashable values)
    and language."""
    render = _slotted.__wrapped__ if settings.DEBUG else _slotted
    return render(template, get_language(), **context)


@lru_cache(maxsize=512)
def _slotted(template: str, language: str | None, **context: Any) -> str:
    return slots.unindented(render_to_string(template, {**site(), **context}))


def page(template: str, context: Mapping[str, Any], *, status: int = 200, language: str = "") -> HttpResponse:
    """A page from a template; in a language of its own, where it belongs to an article that has one."""
    response = HttpResponse(render_to_string(template, {**site(), **context}), status=status)
    if language:
        response["Content-Language"] = language
    return response
