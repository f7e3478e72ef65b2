"""The search page, and what it suggests while somebody types."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_safe

from articles import frames, kinds, lists, moments
from articles.languages import attributes
from articles.markdown import addresses
from articles.search.candidates import MOST
from articles.search.facets import Chosen
from articles.search.searching import Hit, Results, search, suggest
from articles.search.terms import terms
from comparisons.related import most_compared

LONGEST = 500  # characters of what was typed that are shown again
WAYS_ON = 5
GROUPS = {
    "kind": gettext_lazy("Kind"),
    "tag": gettext_lazy("Topic"),
    "path": gettext_lazy("Career path"),
    "author": gettext_lazy("Author"),
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    moment, number = moments.now(), lists.page_number(request)
    query, chosen = _query(request), _chosen(request)
    asked = bool(query) or chosen != Chosen() or number > 1
    start = (number - 1) * lists.PER_PAGE
    if start >= MOST:
        raise Http404(gettext("The list is not that long."))
    found = search(query, moment, chosen=chosen, limit=lists.PER_PAGE, offset=start)
    if number > 1 and not found.hits:
        raise Http404(gettext("The list is not that long."))
    newer, older = lists.neighbours(request, number, more=start + lists.PER_PAGE < found.count)
    context = {
        "kind": "search",
        "query": query,
        "hidden": asked,
        "canonical": "" if asked else f"{settings.SITE_URL}/search/",
        "twin": addresses.of_twin(f"/search/?{request.GET.urlencode()}".removesuffix("?")),
        "has_words": bool(terms(query)),
        "number": number,
        "found": found,
        "most": _number(MOST),
        "results": list(map(_result, found.hits)),
        "groups": list(_groups(request, found, chosen)),
        "narrowed": _without(request, *GROUPS) if chosen != Chosen() else "",
        "meant": _with(request, q=found.meant) if found.meant else "",
        "is_last": found.more and start + lists.PER_PAGE >= found.count,
        "newer": newer,
        "older": older,
    }
    return frames.page("careersite/search.html", context | _ways_on(found, moment))


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that have the words, asked for while somebody types; no cache shows one that is withdrawn."""
    found = suggest(_query(request), moments.now())
    listed = [{"title": each.title, "kind": _kind(each.kind), "url": each.address} for each in found]
    return JsonResponse({"suggestions": listed})


def _result(hit: Hit) -> dict[str, Any]:
    spoken = attributes(hit.publication.language, get_language() or settings.LANGUAGE_CODE)
    return {"hit": hit, "kind": _kind(kinds.get(hit.publication.kind).label), "spoken": spoken}


def _kind(label: str) -> str:
    """What readers call a kind, as a label that stands alone."""
    return str(capfirst(gettext(label)))


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST].replace("\x00", " ").strip()


def _chosen(request: HttpRequest) -> Chosen:
    """What the search is narrowed to. What is no slug is nobody's."""
    given = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in GROUPS}
    return Chosen(**given)


def _groups(request: HttpRequest, found: Results, chosen: Chosen) -> Iterator[dict[str, Any]]:
    for name, label in GROUPS.items():
        current = getattr(chosen, name)
        values = [
            {
                "label": _kind(value.label) if name == "kind" else value.label,
                "count": _number(value.count),
                "is_current": value.slug == current,
                "address": _without(request, name)
                if value.slug == current
                else _with(request, **{name: value.slug}),
            }
            for value in found.facets.get(name, ())
        ]
        if len(values) > 1 or current:
            yield {"name": name, "label": label, "values": values, "is_current": bool(current)}


def _ways_on(found: Results, moment: datetime) -> dict[str, Any]:
    """Something to read where nothing was found, or asked for yet."""
    if found.hits:
        return {}
    compared = most_compared(moment, WAYS_ON)
    return {"compared": compared, "latest": () if compared else lists.newest(moment, WAYS_ON)}


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))


def _with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _without(request: HttpRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return f"?{query.urlencode()}"
