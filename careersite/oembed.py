"""oEmbed 1.0 (https://oembed.com/): what other sites show where somebody pastes an address of ours.

A comparison is shown as its card in a frame, an article or a career path as a link with its title.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape, format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import kinds, link_targets, moments, reading, rendering, site_addresses
from articles.feeds.plain_texts import line
from articles.models import Publication
from articles.reading import Found, Moved, Outcome
from articles.site_addresses import absolute
from articles.social_cards import card
from articles.social_cards.drawing import SIZE
from comparisons.embed_code import HEIGHT, WIDTH, frame

VERSION = "1.0"
FRAMED = "comparison"
LEAST, DIGITS = 16, 6  # of the pixels that a frame can be asked to have
KEPT = 3_600  # seconds for which other sites may keep an answer
FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`?url=` an address of ours; `maxwidth`, `maxheight` in pixels; `format` json or xml (else 501)."""
    wanted = request.GET.get("format", "json")
    if wanted not in FORMATS:
        return HttpResponse(gettext("Ask for the format json or xml."), "text/plain; charset=utf-8", 501)
    try:
        room = _pixels(request, "maxwidth"), _pixels(request, "maxheight")
    except ValueError as error:
        return HttpResponse(str(error), "text/plain; charset=utf-8", 400)
    moment = moments.now()
    publication = _publication(request.GET.get("url", ""), moment)
    told = _told(publication, moment, *room)
    text = _xml(told) if wanted == "xml" else json.dumps(told, ensure_ascii=False)
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": f"public, max-age={KEPT}",
        "Content-Language": publication.language,
    }
    return HttpResponse(text, FORMATS[wanted], headers=headers)


def _pixels(request: HttpRequest, name: str) -> int:
    """The room there is; as much as one likes, where nothing is said."""
    given = request.GET.get(name) or str(10**DIGITS - 1)
    if not given.isascii() or not given.isdecimal() or len(given) > DIGITS or int(given) < LEAST:
        said = gettext("“%(name)s” takes a whole number of pixels, at least %(least)s.")
        raise ValueError(said % {"name": name, "least": LEAST})
    return int(given)


def _publication(address: str, moment: datetime) -> Publication:
    """What is live at an address of this site, or where that moved to. Raises Http404 where nothing is."""
    page = address.partition("#")[0].partition("?")[0]
    found = _resolved(page, moment)
    if isinstance(found, Moved):
        found = _resolved(settings.SITE_URL + found.address, moment)
    if not isinstance(found, Found):
        raise Http404(
            gettext("This is not the address of an article, career path or comparison of this site.")
        )
    return found.publication


def _resolved(address: str, moment: datetime) -> Outcome:
    place = link_targets.place(address, (settings.SITE_URL,))
    return reading.resolve(*place, moment) if place else None


def _told(publication: Publication, moment: datetime, width: int, height: int) -> dict[str, Any]:
    address = absolute(site_addresses.of(publication.kind, publication.slug))
    framed = publication.kind == FRAMED
    return {
        "version": VERSION,
        "type": "rich" if framed else "link",
        "title": line(publication.title),
        **_author(publication),
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute("/"),
        "cache_age": KEPT,
        **_thumbnail(publication, address, moment, width, height),
        **(_frame(publication, address, min(width, WIDTH), min(height, HEIGHT)) if framed else {}),
    }


def _author(publication: Publication) -> dict[str, str]:
    """The first of the authors; none wrote what is compiled, which is not stored."""
    authors = json.loads(rendering.card(publication))["authors"] if publication.pk else []
    return {
        name: value
        for author in authors[:1]
        for name, value in (
            ("author_name", line(author["name"])),
            ("author_url", absolute(f"/authors/{author['slug']}/")),
        )
    }


def _thumbnail(
    publication: Publication, address: str, moment: datetime, width: int, height: int
) -> dict[str, Any]:
    """The social card, where there is room for it; what is compiled has none of its own."""
    if not publication.pk or width < SIZE[0] or height < SIZE[1]:
        return {}
    contenders = kinds.get(publication.kind).contenders(publication, moment)
    digest = card.digest(rendering.page(publication)[card.PART], contenders)
    return {
        "thumbnail_url": card.address(address, digest),
        "thumbnail_width": SIZE[0],
        "thumbnail_height": SIZE[1],
    }


def _frame(publication: Publication, address: str, width: int, height: int) -> dict[str, Any]:
    html = frame(address, line(publication.title), width, height)
    return {"html": html, "width": width, "height": height}


def _xml(told: Mapping[str, Any]) -> str:
    elements = format_html_join(
        "", "<{0}>{1}</{0}>", ((name, escape(str(value))) for name, value in told.items())
    )
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{elements}</oembed>\n'
