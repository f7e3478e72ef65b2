"""Whatever a stranger sends, on whatever address: a clean page or a refusal, never a failure of ours.

The addresses come from the URL table, so that a new one is tried as well. The desk lets no stranger in.
"""

import re

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from tests.careersite.test_pages import make_site

pytestmark = pytest.mark.django_db

KNOWN = {
    "kind": "article",
    "slug": "microtask-gig-work",
    "section": "article",
    "code": "AAAA",
    "token": "none",
    "rest": "nothing",
}
HOSTILE = [
    "x" * 10_000,
    "\x00",
    "\r\nSet-Cookie: a=b",
    "\x1e\x1d\x1f",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "' OR 1=1; DROP TABLE articles_publication; --",
    '"unbalanced AND (NEAR',
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "-1",
    "0",
    "99999999999999999999999999",
    "1e309",
    "٣",
    "../../etc/passwd",
    "🙂‮‭",
]
PARAMETERS = (
    *("q", "page", "page_size", "cursor", "fields", "ordering", "tag", "author", "path", "more", "language"),
    *("kind", "to", "parent", "name", "email", "text", "website", "from", "section", "format", "answers"),
)
METHODS = ("post", "put", "patch", "delete", "options", "trace", "head")
TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "💣")
BODIES = (b"", b"{", b"\xff\xfe\x00", b'{"answers": [' + b"[" * 2000)
CLEAN = {200, 201, 204, 301, 302, 303, 304, 307, 308, 400, 403, 404, 405, 406, 410, 413, 414, 415, 422, 429}


def patterns(resolver, before=""):
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        elif not route.startswith("admin/"):
            yield from patterns(each, route)


ROUTES = sorted(set(patterns(get_resolver())))


def address(route, **given):
    values = KNOWN | given
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route).replace("^", "").replace(
        "$", ""
    )


@pytest.fixture
def site():
    make_site()


def check(response, said):
    assert response.status_code in CLEAN, said
    assert b"<script>alert(1)" not in b"".join(response if response.streaming else [response.content]), said
    assert "Set-Cookie" not in response.headers, said


@pytest.mark.parametrize("route", ROUTES)
def test_no_query_fails_a_page(client, site, route):
    for value in HOSTILE:
        check(client.get(address(route), {name: [value, value] for name in PARAMETERS}), (route, value[:40]))
    for name in PARAMETERS:  # alone, as one refusal hides the next
        check(client.get(address(route), {name: "\x00'\"<"}), (route, name))


@pytest.mark.parametrize("route", [route for route in ROUTES if "<" in route])
def test_no_address_fails(client, site, route):
    for value in HOSTILE:
        for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
            check(client.get(address(route, **{name: value[:2000] or "-"})), (route, value[:40]))


@pytest.mark.any_database
@pytest.mark.parametrize("route", ROUTES)
def test_no_method_or_content_type_fails(client, site, route):
    for method in METHODS:
        check(getattr(client, method)(address(route)), (route, method))
    for content_type in TYPES:
        for body in (b"", b"{", b"\xff\xfe\x00", b'{"answers": [' + b"[" * 2000):
            check(
                client.post(address(route), body, content_type=content_type), (route, content_type, body[:9])
            )
