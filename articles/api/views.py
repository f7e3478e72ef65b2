"""What programs read: articles, tags, authors, replies and the search."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Value
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from articles import corrections, kinds, reading
from articles.api import items, parameters, shapes
from articles.api.pagination import MOST_PER_PAGE, PAGE_SIZE, PAGING, PER_PAGE, Page, paginate
from articles.api.parameters import whole_number
from articles.api.problems import Gone, Moved
from articles.api.public import PublicViewSet
from articles.api.responses import dump, respond
from articles.corrections import Corrected
from articles.models import Author, Facet, PublicationQuerySet, Tag
from articles.prepared import SAMPLE, PreparedRows
from articles.records import JSON
from articles.search.facets import NARROWING, Chosen
from articles.search.searching import Hit, Results, search

ORDERS = {"published": "first_published_at", "updated": "starts_at", "title": "title"}
NEWEST_FIRST, NEWEST_DAY = "-published", "-corrected_on"
LISTED = (
    *PAGING,
    parameters.ordering(ORDERS, NEWEST_FIRST),
    parameters.TAG,
    parameters.AUTHOR,
    parameters.LANGUAGE,
)


def visible(kind: str, moment: datetime) -> PublicationQuerySet:
    """Everybody sees what is live at the moment of the request, and nothing else."""
    return reading.live(moment).of_kind(kind)


def with_text(rows: PublicationQuerySet, text: F | Value) -> QuerySet[Any, Any]:
    """What the API shows of one publication, with its document."""
    return rows.order_by().annotate(text=text).values_list(*items.DOCUMENT_COLUMNS, named=True)


NEWEST = PreparedRows(
    lambda kind, moment: visible(kind, moment).newest_first(moment).values_list(*items.COLUMNS, named=True),
    kind="<kind>",
    moment=SAMPLE,
)
WITH_DOCUMENT = PreparedRows(
    lambda kind, slug, moment: with_text(visible(kind, moment).filter(slug=slug), F("revision__text")),
    kind="<kind>",
    slug="<slug>",
    moment=SAMPLE,
)


class LiveViewSet(PublicViewSet):
    """Articles of one kind."""

    kind: ClassVar[str]
    keys: ClassVar[tuple[str, ...]] = items.ITEM
    lookup_field = "slug"
    lookup_value_converter = "slug"
    accepts = {
        "list": (*LISTED, parameters.fields(items.ITEM)),
        "retrieve": (parameters.fields((*items.ITEM, items.DOCUMENT)),),
    }
    # What `?name=slug` filters by: the one target with that slug, as a query.
    facets: ClassVar[Mapping[str, Callable[[str, datetime], Any]]] = {
        "tag": lambda slug, _: Tag.objects.filter(slug=slug).values("pk"),
        "author": lambda slug, _: Author.objects.filter(slug=slug).values("pk"),
    }

    def get_queryset(self) -> PublicationQuerySet:
        return visible(self.kind, self.moment)

    def list(self, request: Request) -> HttpResponse:
        """A page of what is live, newest first unless ordered otherwise."""
        fields = parameters.chosen_fields(request, self.keys)
        page = paginate(request, self.filtered, ORDERS, NEWEST_FIRST, self.newest)
        return listed(request, page, [items.only(item, fields) for item in self.items(page.rows)])

    def retrieve(self, request: Request, slug: str) -> HttpResponse:
        """What is live under a slug, with its whole document."""
        fields = parameters.chosen_fields(request, (*self.keys, items.DOCUMENT))
        found = self.whole(slug)
        if found is None:
            raise self.elsewhere(reading.resolve(self.kind, slug, self.moment))
        row, item = found
        start = items.only(item, fields)
        if fields is not None and items.DOCUMENT not in fields:
            return respond(request, start)
        version = f"{start}{kinds.get(self.kind).schema}{row.revision__digest}"
        return respond(request, items.with_document(start, row), version)

    def whole(self, slug: str) -> tuple[Any, str] | None:
        """What is live under the slug: a row with its document, and what lists show of it."""
        rows = WITH_DOCUMENT(kind=self.kind, slug=slug, moment=self.moment)
        return (rows[0], items.item(rows[0])) if rows else None

    def newest(self, count: int) -> Sequence[Any] | None:
        """The first of the list as it is without filters; None with them."""
        if self.request.query_params.keys() & {*self.facets, "language"}:
            return None
        return NEWEST(count, kind=self.kind, moment=self.moment)

    def filtered(self) -> QuerySet[Any, Any]:
        given = self.request.query_params
        rows = self.get_queryset()
        for name, target in self.facets.items():
            if (slug := given.get(name)) is not None:
                rows = rows.about(name, target(slug, self.moment)[:1])
        if language := given.get("language"):
            rows = rows.filter(language=language)
        return rows.values_list(*items.COLUMNS, named=True)

    def items(self, rows: Sequence[Any]) -> Sequence[str]:
        """The publications as lists show them, as JSON texts."""
        return list(map(items.item, rows))

    def elsewhere(self, outcome: reading.Outcome) -> Exception:
        """What to raise where nothing is live."""
        kind = kinds.get(self.kind)
        match outcome:
            case reading.Moved(address, permanent):
                slug = address.removeprefix(kind.prefix or "").rstrip("/")
                route = self.request.resolver_match
                here = reverse(route.view_name, kwargs={**self.kwargs, "slug": slug}) if route else address
                return Moved(here, permanent)
            case reading.Gone(title):
                return Gone(f"“{title}” was withdrawn.")
        return NotFound(f"There is no {kind.label} at this address.")


class ArticleViewSet(LiveViewSet):
    kind = "article"
    answers = shapes.listed_and_whole("Article", "article")


class NamedViewSet(PublicViewSet):
    """Rows of a shared table that publications are found by."""

    facet: ClassVar[str]
    model: ClassVar[type[Model]]
    accepts = {"list": PAGING}

    def get_queryset(self) -> QuerySet[Any]:
        """Everybody sees those that something live names."""
        live = reading.live(self.moment).listed()
        naming = Facet.objects.filter(name=self.facet, target=OuterRef("pk"), publication__in=live)
        return self.model._default_manager.filter(Exists(naming))

    def list(self, request: Request) -> HttpResponse:
        """A page of those that something live names, by name."""
        page = paginate(request, self.get_queryset, {"name": "name"}, "name")
        return listed(request, page, [dump(self.item(row)) for row in page.rows])

    def item(self, row: Any) -> JSON:
        return {"id": str(row.pk), "name": row.name, "slug": row.slug, "url": row.get_absolute_url()}


class TagViewSet(NamedViewSet):
    facet, model = "tag", Tag
    answers = {"list": shapes.TAG_PAGE}

    def item(self, row: Tag) -> JSON:
        return super().item(row) | {"description": row.description}


class AuthorViewSet(NamedViewSet):
    facet, model = "author", Author
    answers = {"list": shapes.AUTHOR_PAGE}

    def item(self, row: Author) -> JSON:
        return super().item(row) | {"expertise": row.expertise, "bio": row.bio}


class CorrectionViewSet(PublicViewSet):
    """What was wrong in what is live, and what is right."""

    accepts = {"list": PAGING}
    answers = {"list": shapes.CORRECTION_PAGE}

    def list(self, request: Request) -> HttpResponse:
        """A page of corrections, the newest first."""
        page = paginate(request, lambda: corrections.rows(self.moment), {"corrected_on": "slug"}, NEWEST_DAY)
        return listed(request, page, [dump(_corrected(corrections.told(row))) for row in page.rows])


class SearchViewSet(PublicViewSet):
    """Full-text search over everything that is live."""

    accepts = {
        "list": (
            parameters.parameter(
                "q", "The words to find: all of them, the last perhaps begun only.", required=True
            ),
            parameters.parameter("kind", "Only this kind.", enum=shapes.listed_kinds()),
            parameters.TAG,
            parameters.slug("path", "Only what compares the path with this slug."),
            parameters.AUTHOR,
            parameters.parameter("page", "Which page.", type="integer", minimum=1, maximum=1000, default=1),
            PAGE_SIZE,
        )
    }
    answers = {"list": shapes.SEARCH_PAGE}

    def list(self, request: Request) -> HttpResponse:
        """A page of what is live and has all the words, best first."""
        size = whole_number(request, "page_size", default=PER_PAGE, low=1, high=MOST_PER_PAGE)
        number = whole_number(request, "page", default=1, low=1, high=1000)
        given = request.query_params
        chosen = Chosen(**{name: given.get(name, "") for name in ("kind", *NARROWING)})
        start = (number - 1) * size
        found = search(given["q"], self.moment, chosen=chosen, limit=size, offset=start)
        page = Page(
            list(found.hits),
            _numbered(request, number + 1) if start + size < found.count else None,
            _numbered(request, number - 1) if number > 1 else None,
        )
        return listed(request, page, [_found(hit) for hit in page.rows], **_about(found))


def listed(request: Request, page: Page, results: Sequence[str], **more: Any) -> HttpResponse:
    """A page of items, which are JSON texts."""
    links = dump({"next": page.next, "previous": page.previous, **more})
    return respond(request, items.with_keys(links, f'"results":[{",".join(results)}]'))


def _numbered(request: Request, number: int) -> str:
    return replace_query_param(request.build_absolute_uri(), "page", number)


def _about(found: Results) -> JSON:
    """What a search says of all its hits."""
    facets = {
        name: [{"slug": value.slug, "name": value.label, "count": value.count} for value in values]
        for name, values in found.facets.items()
    }
    return {
        "count": found.count,
        "more": found.more,
        "did_you_mean": found.meant or None,
        "facets": {name: facets.get(name, []) for name in ("kind", *NARROWING)},
    }


def _corrected(found: Corrected) -> JSON:
    article = {"kind": found.kind, "slug": found.slug, "url": found.address, "title": found.title}
    return found.correction | {"article": article}


def _found(hit: Hit) -> str:
    """What all kinds' lists show of it, and where the words stand."""
    item = items.only(items.dated(hit.publication), items.ITEM)
    return items.with_keys(item, f'"excerpt":{dump(hit.excerpt)}')
