"""Home, pages about the site, and what robots read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import get_template
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import exhibits, frames, lists, moments, slots, structured_data
from articles.api import problems
from careersite.likely import likely
from comparisons.reading import path_choices
from comparisons.related import most_compared

LATEST, COMPARISONS, COMPARED = 8, 6, 5
# They come for the one page that somebody shares, which may be a result, and not to index it.
PREVIEWING = ("facebookexternalhit", "Twitterbot", "LinkedInBot", "Slackbot", "Discordbot", "TelegramBot")
FOR_NO_ROBOT = ("/admin/", "/preview/", "/replies/", "/*/*/replies/", "/api/v1/drafts/")
FOR_NO_INDEX = ("/search/?", "/search/suggestions/", "/search.md", "/compare/*/decide/")
COLOURS = (
    *("paper", "surface", "ink", "soft", "rule", "edge", "focus", "alert", "mark"),
    *("first", "second", "third", "fourth"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    moment = moments.now()
    comparisons = lists.newest(moment, COMPARISONS, "comparison")
    compared = most_compared(moment, COMPARED)
    shown = {*comparisons, *compared}
    latest = [card for card in lists.newest(moment, LATEST + len(shown)) if card not in shown][:LATEST]
    html = frames.slotted(
        "careersite/home.html",
        latest=(slots.slot("latest"),) if latest else (),
        comparisons=(slots.slot("comparisons"),) if comparisons else (),
        compared=(slots.slot("compared"),) if compared else (),
        paths=path_choices(moment),
        structured_data=structured_data.text([structured_data.site()]),
    )
    cards = {"latest": latest, "comparisons": comparisons, "compared": compared}
    return HttpResponse(slots.fill(html, {name: "".join(each) for name, each in cards.items()}))


@require_safe
def how_we_decide(request: HttpRequest) -> HttpResponse:
    return HttpResponse(frames.slotted("careersite/how_we_decide.html"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return HttpResponse(frames.slotted("careersite/accessibility.html", contact=settings.CONTACT_EMAIL))


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every part that pages are made of, for staff."""
    return exhibits.hide(HttpResponse(frames.slotted("careersite/style.html", colours=COLOURS)))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        *(f"User-agent: {each}" for each in PREVIEWING),
        *(f"Disallow: {each}" for each in FOR_NO_ROBOT),
        "",
        "User-agent: *",
        *(f"Disallow: {each}" for each in (*FOR_NO_ROBOT, *FOR_NO_INDEX)),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


# --- When things go wrong -----------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        said = gettext("Go back: what you typed is still there. Make it shorter, and send it again.")
        return _error(request, 413, gettext("That is more than is taken here"), said)
    return _error(request, 400, gettext("Bad request"), "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, gettext("Not allowed"), "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    for_readers = not request.path.startswith(("/api/", "/admin/"))
    suggested = likely(request.path, moments.now()) if for_readers else []
    return _error(request, 404, gettext("Not found"), said, suggested=suggested)


def untrusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token. Only the editors' forms have one; readers' pages take none at all."""
    if not request.path.startswith("/admin/"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    message = gettext("This form is too old, or cookies are turned off. Open the page again, then send it.")
    return _error(request, 403, gettext("Not allowed"), message)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without database or template context: whatever has failed may be one of them."""
    if request.path.startswith("/api/"):
        return problems.respond(
            500, gettext("Something went wrong on our side. Please try again in a few minutes.")
        )
    return HttpResponse(get_template("500.html").render(), status=500)


def _error(request: HttpRequest, status: int, title: str, message: str, **more: Any) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problems.respond(status, message or f"{title}.")
    return frames.page(f"{status}.html", {"title": title, "message": message, **more}, status=status)
