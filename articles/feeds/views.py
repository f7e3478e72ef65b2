"""The addresses of the feeds. They are the same for everybody, and not sent again to who has them.

A program that reads feeds has no language of its own, so a feed's own words are in that of the site.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import moments, reading
from articles.feeds import atom, json_feed
from articles.feeds.entries import corrected, newest
from articles.feeds.feed import Entry, Feed, Person
from articles.languages import spoken
from articles.models import Author, Publication, Tag
from articles.site_addresses import absolute
from articles.views import ABSENT, renamed

WRITERS = {each.NAME: (each.written, each.TYPE) for each in (atom, json_feed)}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
def site(request: HttpRequest, form: str) -> HttpResponseBase:
    def made(moment: datetime) -> Feed:
        subtitle = gettext("Careers compared: articles, career paths and comparisons.")
        entries = newest(reading.live(moment).listed(), moment)
        return _feed(absolute("/"), settings.SITE_NAME, subtitle, "/", "/feed/", entries)

    return _answer(request, form, made)


@require_safe
def corrections(request: HttpRequest, form: str) -> HttpResponseBase:
    def made(moment: datetime) -> Feed:
        title = gettext("{site}: corrections").format(site=settings.SITE_NAME)
        subtitle = gettext("What was wrong in what is published here, and what is right.")
        address = "/feed/corrections/"
        return _feed(absolute(address), title, subtitle, "/", address, corrected(moment))

    return _answer(request, form, made)


@require_safe
def tag(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        return renamed("tag", slug, Tag, view=_name("tag", form))
    return _named(request, form, "tag", found, found.description)


@require_safe
def author(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    found = Author.objects.filter(slug=slug).first()
    if found is None:
        return renamed("author", slug, Author, view=_name("author", form))
    return _named(request, form, "author", found, found.expertise)


def _name(facet: str, form: str) -> str:
    return f"{facet}-feed" if form == atom.NAME else f"{facet}-feed-{form}"


def _named(
    request: HttpRequest, form: str, facet: str, found: Author | Tag, subtitle: str
) -> HttpResponseBase:
    """What names the author or tag; where nothing live does, readers don't know of them."""
    page = found.get_absolute_url()

    def made(moment: datetime) -> Feed:
        entries = newest(reading.live(moment).listed().about(facet, found.pk), moment)
        if not entries:
            raise Http404(str(ABSENT[facet]))
        title = f"{found.name} – {settings.SITE_NAME}"
        return _feed(f"urn:uuid:{found.pk}", title, subtitle, page, f"{page}feed/", entries)

    return _answer(request, form, made, by_date=False)  # when it was renamed is kept nowhere


def _feed(pk: str, title: str, subtitle: str, page: str, address: str, entries: tuple[Entry, ...]) -> Feed:
    return Feed(
        id=pk,
        title=title,
        subtitle=subtitle,
        language=settings.LANGUAGE_CODE,
        page=absolute(page),
        addresses={atom.NAME: absolute(address), json_feed.NAME: absolute(f"{address}json/")},
        by=Person(settings.SITE_NAME, absolute("/")),
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
    )


def _answer(
    request: HttpRequest, form: str, made: Callable[[datetime], Feed], *, by_date: bool = True
) -> HttpResponseBase:
    """`by_date` says whether all that changes the feed is a publication, or the end of one."""
    moment = moments.now()
    with spoken(settings.LANGUAGE_CODE):
        feed = made(moment)
    write, media_type = WRITERS[form]
    content = write(feed)
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response["ETag"] = tag = f'W/"{sha256(content).hexdigest()[:24]}"'
    patch_vary_headers(response, ["Accept-Encoding"])  # as what compresses it does where it is sent
    changed = _last_change(moment) if by_date else None
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    found = get_conditional_response(request, tag, changed, response) or response
    found["Content-Language"] = settings.LANGUAGE_CODE
    return found


def _last_change(moment: datetime) -> int | None:
    """When something was last published or ended, anywhere on the site, in seconds since 1970.

    A text may show what other articles say, and what ends is missing from then on: so it goes by all of them.
    Until the second is over there may be more to come in it, and nothing is said.
    """
    started = Publication.objects.filter(starts_at__lte=moment).aggregate(last=Max("starts_at"))
    ended = Publication.objects.ended(moment).aggregate(last=Max("ends_at"))
    last = max((int(each["last"].timestamp()) for each in (started, ended) if each["last"]), default=None)
    return last if last is not None and last < int(moment.timestamp()) else None
