"""A comparison as a card that other sites may show in a frame: the only page of ours that may be framed."""

from http import HTTPStatus

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from articles import frames, moments, slots
from articles.languages import spoken
from articles.views import Elsewhere, find
from comparisons.reading import embedded

ANY_SITE = {"frame-ancestors": ["*"]}


@require_safe
@xframe_options_exempt
@csp_replace(ANY_SITE)  # type: ignore[arg-type]  # its types know no views with arguments
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a comparison; where it was withdrawn, one that says so. Three queries."""
    moment = moments.now()
    try:
        publication = find(request, "comparison", slug, moment, rest="embed/")
    except Elsewhere as elsewhere:
        return _gone() if elsewhere.response.status_code == HTTPStatus.GONE else elsewhere.response
    with spoken(publication.language):
        response = _framed(publication.title, embedded(publication, moment))
    response["Content-Language"] = publication.language
    return response


def _gone() -> HttpResponse:
    body = render_to_string("comparisons/_embed_gone.html", frames.site())
    response = _framed(gettext("No longer published"), body)
    response.status_code = HTTPStatus.GONE
    return response


def _framed(title: str, body: str) -> HttpResponse:
    html = frames.slotted("comparisons/embed.html")
    response = HttpResponse(slots.fill(html, {"title": escape(title), "body": body}))
    response["X-Robots-Tag"] = "noindex"
    return response
