"""The public site as of another moment, for the staff: the same views, told that it is then."""

import re
from copy import copy
from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import exhibits, moments
from articles.admin.fields import YEARS, MomentField
from articles.admin.rights import SEE_PUBLICATIONS, person
from careersite import views

READERS_PARTS = {"articles", "comparisons"}  # namespaces
READERS_PAGES = {
    *("home", "search", "how-we-decide", "accessibility", "robots", "llms"),
    *("home-twin", "search-twin", "how-we-decide-twin", "accessibility-twin"),
    *("sitemap-index", "sitemap-pages", "sitemap-more-pages", "sitemap-block"),
}
# Cards are drawn of what is live, and kept; what is embedded may be framed, and has no place for a notice.
NOT_OF_A_MOMENT = {
    *("articles:preview", "articles:card", "articles:site-card"),
    *("comparisons:card", "comparisons:path-card", "comparisons:embed"),
}
ELSEWHERE = ("/admin/", "/api/", "/preview/", settings.STATIC_URL, settings.MEDIA_URL)
LINK = re.compile(r'(<(?:a|area|form|link)\b(?:[^>"]|"[^"]*")*?\s(?:href|action)=")(/(?!/)[^"]*)')


class MomentForm(forms.Form):
    """Which moment, in the time zone of the site, and which page."""

    at = MomentField(label="The site as of")
    address = forms.CharField(label="Page", required=False, empty_value="/", widget=AdminTextInputWidget)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.startswith("/"):
            raise forms.ValidationError("Give an address of this site, such as /careers/.")
        return address


def address_of(moment: datetime, address: str = "/") -> str:
    """Where a page of the public site, with its query, is shown as of the moment."""
    path, mark, query = address.partition("?")
    rest = [path[1:]] if path != "/" else []
    text = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return reverse("admin:as_of", args=[text, *rest]) + mark + query


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Leads to the moment and the page asked for; where none is, asks."""
    _check_right(request)
    form = MomentForm(request.GET or None)
    if form.is_valid():
        return HttpResponseRedirect(address_of(form.cleaned_data["at"], form.cleaned_data["address"]))
    context = {
        **admin.site.each_context(request),
        "title": "The site at another moment",
        "form": form,
        "time_zone": timezone.get_current_timezone_name(),
        "now": timezone.localtime(),
    }
    return TemplateResponse(request, "admin/as_of.html", context, status=400 if form.is_bound else 200)


@csrf_exempt  # nothing is taken in
@require_safe
def show(request: HttpRequest, moment: str, address: str = "") -> HttpResponse:
    """What readers get at an address at a moment."""
    _check_right(request)
    at, asked = _moment(moment), _as_reader(request, f"/{address}")
    match = _readers_view(asked.path)
    if match is None:
        return HttpResponseRedirect(address_of(at, asked.get_full_path(force_append_slash=True)))
    with moments.reading(at):
        response = _answer(asked, match)
    return _kept_at(at, response, asked.get_full_path())


def _check_right(request: HttpRequest) -> None:
    if not person(request).has_perm(SEE_PUBLICATIONS):
        raise PermissionDenied


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Http404(f"“{text}” is not a moment. One is written like 2026-11-23T09:00Z.") from error
    if moment.tzinfo is None:
        raise Http404(f"“{text}” doesn’t say in which time zone. Add Z for UTC, or one like +01:00.")
    if moment.year not in YEARS:
        raise Http404(f"“{text}” is too far away. Choose a year from {YEARS[0]} to {YEARS[-1]}.")
    return moment


def _as_reader(request: HttpRequest, path: str) -> HttpRequest:
    """The request as if a reader had made it, who has no cookie and no name."""
    asked = copy(request)
    kept = {name: value for name, value in request.META.items() if name != "HTTP_COOKIE"}
    asked.META = kept | {"PATH_INFO": path}
    asked.path = asked.path_info = path
    asked.COOKIES, asked.user = {}, AnonymousUser()
    return asked


def _readers_view(path: str) -> ResolverMatch | None:
    """The public view at an address; None where there is one behind a slash that is missing."""
    match = _resolved(path)
    if match and _is_for_readers(match):
        return match
    slashed = None if match else _resolved(f"{path}/")
    if slashed and _is_for_readers(slashed):
        return None
    raise Http404(f"“{path}” is not a page for readers, so it isn’t shown as of another moment.")


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _is_for_readers(match: ResolverMatch) -> bool:
    if match.namespaces:
        return match.namespaces[0] in READERS_PARTS and match.view_name not in NOT_OF_A_MOMENT
    return match.url_name in READERS_PAGES


def _answer(asked: HttpRequest, match: ResolverMatch) -> HttpResponse:
    try:
        response: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    except Http404 as error:
        response = views.not_found(asked, error)
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _kept_at(moment: datetime, response: HttpResponse, address: str) -> HttpResponse:
    """The answer with all that it leads to at the same moment."""
    if "Location" in response:
        response["Location"] = _led(moment, response["Location"])
    if response.streaming or not response.content or not response["Content-Type"].startswith("text/html"):
        return exhibits.hide(response)
    html = response.content.decode()
    response.content = LINK.sub(lambda found: found[1] + _led(moment, found[2]), html)
    context = {"moment": moment, "is_past": moment <= timezone.now(), "address": address}
    return exhibits.exhibit(response, "exhibits/as_of.html", context)


def _led(moment: datetime, address: str) -> str:
    """Where a link within the site leads, at the moment; other links stay as they are."""
    inside = address.startswith("/") and not address.startswith(("//", *ELSEWHERE))
    return address_of(moment, address) if inside else address
