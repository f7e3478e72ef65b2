"""What the site tells language models: where its pages are as Markdown, and what to know (llmstxt.org)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import kinds, moments, reading, site_addresses
from articles.frames import site
from articles.languages import spoken
from articles.markdown import addresses, twins
from articles.prepared import SAMPLE, PreparedRows
from careersite.sitemaps import KEPT

NEWEST = 50  # of a kind; its list has the others
SECTIONS = (
    ("comparison", _("Comparisons"), _("All comparisons")),
    ("career-path", _("Career paths"), _("All career paths")),
    ("article", _("Articles"), _("All articles")),
)
LEFT_OUT = "Optional"  # by programs that have little room; the convention's own word in every language


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """One query for each kind. A program has no language of its own, so it is in that of the site."""
    moment = moments.now()
    with spoken(settings.LANGUAGE_CODE):
        sections = [(heading, _pages(kind, moment), _list(kind), rest) for kind, heading, rest in SECTIONS]
        context = {**site(), "sections": sections, "optional": LEFT_OUT}
        text = twins.text(render_to_string("careersite/llms.html", context), f"{settings.SITE_URL}/")
    headers = {**KEPT, "Content-Language": settings.LANGUAGE_CODE}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _pages(kind: str, moment: datetime) -> list[dict[str, Any]]:
    """Those that are newest, each with the address of its twin."""
    rows = _newest(NEWEST, kind=kind, moment=moment)
    found = ((row, addresses.of_twin(site_addresses.of(kind, row.slug))) for row in rows)
    return [{"address": address, "title": row.title, "summary": row.summary} for row, address in found]


def _list(kind: str) -> str:
    return addresses.of_twin(kinds.get(kind).prefix or "/")


_newest = PreparedRows(
    lambda kind, moment: (
        reading.live(moment)
        .of_kind(kind)
        .newest_first(moment)
        .values_list("slug", "title", "summary", named=True)
    ),
    kind="<kind>",
    moment=SAMPLE,
)
