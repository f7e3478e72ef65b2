"""The list of claims to check again: what rests on sources that have expired, over all articles."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from articles import claims, comparing, documents, freshness, kinds
from articles.admin import display
from articles.admin.paging import BoundedPaginator
from articles.admin.rights import may_write
from articles.claims import Claim
from articles.models import Article, Facet, Revision, Source
from articles.records import JSON

PAGE = 50
SHOWN = 8  # claims of one source
OTHERS = 100  # that the other part of the list has as many is enough to know
PUBLISHED = "published"
RENDERED = ("search_text", "card", "card_html", "page", "fragments")


@dataclass(frozen=True, slots=True)
class Expired:
    """A source that has expired, of an article, and the document in which claims rest on it."""

    pk: str
    words: str
    ended: date
    article: Article
    document: JSON


@dataclass(frozen=True, slots=True)
class Row:
    source: SafeString
    article: SafeString
    kind: str
    ended: date
    days: int
    claims: list[SafeString]


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """`?where=published`: what the drafts have right already, and readers don't."""
    if not may_write(request):
        raise PermissionDenied
    now, today = timezone.now(), timezone.localdate()
    is_published = request.GET.get("where") == PUBLISHED
    pages = _published(now) if is_published else _in_drafts(today)
    page = pages.get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": "Claims to check again",
        "page": page,
        "rows": list(_rows(_of_facets(page) if is_published else _of_sources(page), today)),
        "is_published": is_published,
        "others": (freshness.expired(today) if is_published else freshness.still_shown(now))[:OTHERS].count(),
        "most": OTHERS,
        "has_more": pages.has_more,
    }
    return TemplateResponse(request, "admin/freshness/claims.html", context)


def _in_drafts(today: date) -> BoundedPaginator:
    return BoundedPaginator(freshness.expired(today), PAGE, rows=Source.objects.all())


def _published(moment: datetime) -> BoundedPaginator:
    rows = Facet.objects.select_related("publication__article", "publication__revision")
    rows = rows.defer(*(f"publication__{name}" for name in RENDERED))
    return BoundedPaginator(freshness.still_shown(moment), PAGE, rows=rows)


def _of_sources(page: Iterable[Any]) -> Iterator[Expired]:
    sources = list(page)
    drafts = _drafts({source.article_id for source in sources})
    for source in sources:
        article, document = drafts[source.article_id]
        yield Expired(str(source.pk), str(source), source.valid_until, article, document)


def _drafts(pks: set[UUID]) -> dict[UUID, tuple[Article, JSON]]:
    """Articles with what their newest revisions say, which is what their working copies do; one query."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("text")
    found = Article.objects.filter(pk__in=pks).only("kind", "title").order_by()
    return {each.pk: (each, _document(each)) for each in found.annotate(text=Subquery(newest[:1]))}


def _document(article: Any) -> JSON:
    saved = article.text is not None
    return documents.upgrade(json.loads(article.text)) if saved else documents.compose(article)


def _of_facets(page: Iterable[Any]) -> Iterator[Expired]:
    for facet in page:
        publication = facet.publication
        document = documents.upgrade(publication.revision.document)
        ended = date.fromisoformat(facet.slug)
        yield Expired(str(facet.target), facet.label, ended, publication.article, document)


def _rows(expired: Iterable[Expired], today: date) -> Iterator[Row]:
    every = list(expired)
    names = _names(every)
    for each in every:
        record = kinds.get(each.article.kind).record
        found = list(claims.resting_on([each.pk], record, each.document, names))
        yield Row(
            source=_link(each.article, ("sources", each.pk), each.words),
            article=display.edit_link(each.article),
            kind=kinds.get(each.article.kind).label,
            ended=each.ended,
            days=(today - each.ended).days,
            claims=_shortened(each.article, found),
        )


def _names(found: Sequence[Expired]) -> dict[str, str]:
    names: dict[str, str] = {}
    for kind in {each.article.kind for each in found}:
        own = [each for each in found if each.article.kind == kind]
        sources = {each.pk for each in own}
        names |= claims.names_for(sources, kinds.get(kind).record, [each.document for each in own])
    return names


def _shortened(article: Article, found: Sequence[Claim]) -> list[SafeString]:
    links = [_link(article, claim.place, capfirst(claim.words)) for claim in found[:SHOWN]]
    more = len(found) - SHOWN
    return [*links, format_html("and {} more", more)] if more > 0 else links


def _link(article: Article, place: comparing.Place, words: str) -> SafeString:
    address = display.place_address(article, comparing.address(place))
    return format_html('<a href="{}">{}</a>', address, words)
