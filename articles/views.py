"""The pages of articles, authors and tags, and what all kinds' pages have in common."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles import (
    exhibits,
    frames,
    kinds,
    lists,
    moments,
    pages,
    preview_links,
    previews,
    reading,
    rendering,
    site_addresses,
    structured_data,
    topics,
)
from articles.languages import spoken
from articles.markdown import front_matter, twins
from articles.models import Author, Facet, PreviewLink, Publication, Tag

ABSENT = {
    "author": _("There is no author at this address."),
    "tag": _("There is no topic at this address."),
}
Top = Callable[[Mapping[str, str], Any], str]  # from a page's parts and its publication
Answer = Callable[[str, str, str], HttpResponse]  # from that, the main part and the language


class Elsewhere(Exception):
    """The address asked for leads somewhere else: `response` says where, or that it is gone."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def find(
    request: HttpRequest,
    kind: str,
    slug: str,
    moment: datetime,
    *,
    document: bool = False,
    rest: str = "",
    written: str = "",
) -> Publication:
    """The publication at an address. Raises Elsewhere where it moved or was withdrawn, else Http404.

    `rest` is what follows the article's address in this page's own; `written` is given back where the article
    was withdrawn.
    """
    resolve = reading.resolve_with_document if document else reading.resolve
    match resolve(kind, slug, moment):
        case reading.Found(publication):
            return publication
        case reading.Moved(address, permanent):
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            status = reading.moved_status(request.method, permanent=permanent)
            raise Elsewhere(HttpResponseRedirect(f"{address}{rest}{query}", status=status))
        case reading.Gone(title):
            raise Elsewhere(frames.page("410.html", {"title": title, "written": written}, status=410))
    raise Http404(str(kinds.get(kind).absent))


def show(
    request: HttpRequest, kind: str, slug: str, *, top: Top = pages.head, answer: Answer = frames.framed
) -> HttpResponse:
    """The page of an article of any kind; `top` is what stands before its main part in the answer."""
    moment = moments.now()
    try:
        publication = find(request, kind, slug, moment)
    except Elsewhere as elsewhere:
        return elsewhere.response
    parts = rendering.page(publication)
    with spoken(parts["language"]):
        body = kinds.get(kind).body(publication, moment)
    return answer(top(parts, publication), body, parts["language"])


def show_twin(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The same as Markdown."""
    page = site_addresses.of(kind, slug)
    return show(request, kind, slug, top=front_matter.filled, answer=partial(twins.answer, page=page))


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    return show(request, "article", slug)


@twins.twin
@require_safe
def article_twin(request: HttpRequest, slug: str) -> HttpResponse:
    return show_twin(request, "article", slug)


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    intro = gettext("Background and method: what to know before you compare.")
    return listing(request, "article", gettext("Articles"), intro)


def listing(request: HttpRequest, kind: str, heading: str, intro: str, **more: Any) -> HttpResponse:
    """The list of a kind; `?tag=` narrows it to a topic."""
    moment = moments.now()
    context = {
        "heading": heading,
        "intro": intro,
        "kind": kind,
        "address": kinds.get(kind).prefix,
        "topics": topics.offered(kind, moment),
        **more,
    }
    if not (slug := request.GET.get("tag")):
        return lists.response("articles/list.html", lists.page_of_kind(request, kind, moment), **context)
    found, tag = topics.narrowed(kind, slug, moment)
    page = lists.page(request, found, moment, tag=tag.slug)
    return lists.response("articles/list.html", page, **context, topic=tag.slug, about=tag.name)


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        return renamed("author", slug, Author, view="author")
    page = _named(request, "author", found.pk)
    told = page.structured_data(structured_data.profile(found), _way_to(found))
    return frames.page("articles/author.html", {"author": found, "structured_data": told, **page.context()})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        return renamed("tag", slug, Tag, view="tag")
    page = _named(request, "tag", found.pk)
    told = page.structured_data(structured_data.topic(found), _way_to(found))
    return frames.page("articles/tag.html", {"tag": found, "structured_data": told, **page.context()})


def _way_to(found: Author | Tag) -> dict[str, Any]:
    return structured_data.breadcrumbs((found.name, found.get_absolute_url()))


def _named(request: HttpRequest, facet: str, target: UUID) -> lists.Page:
    """What names the author or tag; where nothing live does, readers don't know of them."""
    moment = moments.now()
    page = lists.page(request, reading.live(moment).listed().about(facet, target), moment)
    if not page.cards:
        raise Http404(str(ABSENT[facet]))
    return page


def renamed(facet: str, slug: str, model: type[Author] | type[Tag], *, view: str) -> HttpResponse:
    """Leads to the view of an author or tag whose slug has changed since something was published under it."""
    past = Facet.objects.filter(name=facet, slug=slug, publication__starts_at__lte=moments.now())
    target = past.values_list("target", flat=True).first()
    current = model.objects.filter(pk=target).values_list("slug", flat=True).first() if target else None
    if current is None:
        raise Http404(str(ABSENT[facet]))
    return redirect(f"articles:{view}", current, permanent=True)


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The revision that a preview link shows, to whoever has the link."""
    moment = timezone.now()
    try:
        link = preview_links.open_link(token, moment)
    except preview_links.Closed:
        return _no_preview(status=410)
    except PreviewLink.DoesNotExist:
        return _no_preview(status=404)
    revision = link.revision
    same = reading.live(moment).filter(article=revision.article, revision__digest=revision.digest)
    context = {"revision": revision, "expires_at": link.expires_at, "published": same.exists()}
    page = previews.page_of(revision, link.beside.all(), moment)
    return exhibits.exhibit(page, "exhibits/preview.html", context)


def _no_preview(*, status: int) -> HttpResponse:
    context = {
        "title": gettext("This preview link doesn’t work"),
        "message": gettext("It has ended, or it is not complete. Ask whoever sent it to you for another."),
    }
    return exhibits.hide(frames.page("404.html", context, status=status))
