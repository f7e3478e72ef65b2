"""The frame around every page, and pages put into it.

Stored parts go into a frame that is rendered once per process; everything else is a template that extends
the same `base.html`. Neither is given the request: readers have no session, no cookie and no name.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from articles import slots


def site() -> dict[str, Any]:
    """What every template of the public site is given."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}


@cache
def _frame() -> str:
    return render_to_string("frame.html", site())


def framed(head: str, body: str) -> HttpResponse:
    """A page from stored parts."""
    frame = render_to_string("frame.html", site()) if settings.DEBUG else _frame()
    return HttpResponse(slots.fill(frame, {"head": head, "body": body}))


def page(template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page from a template."""
    return HttpResponse(render_to_string(template, {**site(), **context}), status=status)
