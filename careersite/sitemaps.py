"""The sitemap: for machines, every page that is live, and since when it says what it says.

A file has what is live in a block of publications by their numbers: none has too many, none is found by
counting through those before it, and what is asked for is written as it is read, however much it is.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import compress_sequence
from django.views.decorators.http import require_safe

from articles import kinds, moments, reading, site_addresses
from articles.models import Author, Facet, PublicationQuerySet, Tag
from careersite.compression import accepted

MOST = 50_000  # addresses in a file, by the protocol (sitemaps.org)
FILES = 50_000  # that an index can name
NAMED: dict[str, type[Tag] | type[Author]] = {"tag": Tag, "author": Author}  # they have pages of their own
OF_A_NAME = MOST // len(NAMED) - 100  # in a file; the rest is for the pages of the site itself
AT_ONCE = 2_000  # rows that are read, and written, together
XML = "application/xml; charset=utf-8"
KEPT = {"Cache-Control": "public, max-age=3600"}
OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All files, those of publications with the time of the newest of them. Three queries."""
    moment = moments.now()
    blocks = _listed(moment).order_by().values(block=F("id") / MOST).annotate(latest=Max("starts_at"))
    files: list[tuple[str, datetime | None]] = [(reverse("sitemap-pages"), None)]
    more = range(1, max(_parts(name, moment) for name in NAMED))
    files += [(reverse("sitemap-more-pages", args=[number]), None) for number in more]
    files += [
        (reverse("sitemap-block", args=[found["block"]]), found["latest"])
        for found in blocks.order_by("block")
    ]
    entries = "".join(_entry("sitemap", address, latest) for address, latest in files)
    return HttpResponse(f"{OPENING.format('sitemapindex')}{entries}</sitemapindex>\n", XML, headers=KEPT)


@require_safe
def block(request: HttpRequest, number: int) -> HttpResponseBase:
    """What is live of one block. Two queries; the rows of the second are sent as they come."""
    number = min(number, FILES)
    own = _listed(moments.now()).filter(id__gte=number * MOST, id__lt=(number + 1) * MOST)
    if not own.exists():
        raise Http404("There is no such part of the sitemap.")
    rows = own.order_by("id").values_list("kind", "slug", "starts_at").iterator(chunk_size=AT_ONCE)
    return _sent(request, ((site_addresses.of(kind, slug), since) for kind, slug, since in rows))


@require_safe
def pages(request: HttpRequest, number: int = 0) -> HttpResponseBase:
    """What is no publication: pages of the site itself, of topics and of authors with something live.

    The first of these files has the site's own pages; the others have topics and authors only.
    """
    start, moment = min(number, FILES) * OF_A_NAME, moments.now()
    found = {name: _with_pages(name, moment)[start : start + OF_A_NAME] for name in NAMED}
    if number and not any(rows.exists() for rows in found.values()):
        raise Http404("There is no such part of the sitemap.")
    own = [reverse(name) for name in ("home", "how-we-decide", "accessibility")]
    own += [kind.prefix for kind in kinds.every() if kind.prefix]
    named = (reverse(f"articles:{name}", args=[slug]) for name, slugs in found.items() for slug in slugs)
    return _sent(request, ((address, None) for each in ([] if number else own, named) for address in each))


def _parts(name: str, moment: datetime) -> int:
    """How many files topics or authors take. Only where there are many are those that are live counted."""
    total = NAMED[name].objects.count()
    return -(-_with_pages(name, moment).count() // OF_A_NAME) if total > OF_A_NAME else 1


def _with_pages(name: str, moment: datetime) -> QuerySet[Tag, str] | QuerySet[Author, str]:
    """The slugs of topics or authors with something live."""
    live = Exists(_listed(moment).filter(pk=OuterRef("publication")))
    own = Exists(Facet.objects.filter(live, name=name, target=OuterRef("pk")))
    return NAMED[name].objects.filter(own).order_by("slug").values_list("slug", flat=True)


def _listed(moment: datetime) -> PublicationQuerySet:
    return reading.live(moment).listed()


def _sent(request: HttpRequest, found: Iterable[tuple[str, datetime | None]]) -> HttpResponseBase:
    written = _written(found)
    headers = dict(KEPT, Vary="Accept-Encoding")
    if accepted(request.headers.get("Accept-Encoding", "")):
        written, headers = compress_sequence(written), headers | {"Content-Encoding": "gzip"}
    return StreamingHttpResponse(written, content_type=XML, headers=headers)


def _written(found: Iterable[tuple[str, datetime | None]]) -> Iterator[bytes]:
    lines = [OPENING.format("urlset")]
    for address, since in found:
        lines.append(_entry("url", address, since))
        if len(lines) == AT_ONCE:
            yield "".join(lines).encode()
            lines = []
    yield "".join([*lines, "</urlset>\n"]).encode()


def _entry(element: str, address: str, since: datetime | None) -> str:
    modified = f"<lastmod>{since.isoformat(timespec='seconds')}</lastmod>" if since else ""
    return f"<{element}><loc>{escape(settings.SITE_URL + address)}</loc>{modified}</{element}>\n"
