"""Whatever a stranger sends, on whatever address: a clean page or a refusal, never a failure of ours.

The addresses come from the URL table, so that a new one is tried as well. The desk lets no stranger in; what
is for programs with a token is tried with an editor's.
"""

import re
from uuid import UUID

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from tests.careersite.test_pages import make_site
from tests.makers import make_article
from tests.programs import Program

pytestmark = pytest.mark.django_db

KNOWN = {
    "kind": "article",
    "slug": "microtask-gig-work",
    "section": "article",
    "code": "AAAA",
    "digest": "0123456789abcdef0123",
    "language": "en",
    "token": "none",
    "rest": "nothing",
    "pk": str(UUID(int=7)),
    "note": str(UUID(int=8)),
    "number": "1",
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
    *(
        "kind",
        "to",
        "reply",
        "thread",
        "parent",
        "name",
        "email",
        "text",
        "website",
        "from",
        "section",
        "format",
        "answers",
    ),
)
METHODS = ("post", "put", "patch", "delete", "options", "trace", "head")
TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "💣")
BODIES = (b"", b"{", b"\xff\xfe\x00", b'{"answers": [' + b"[" * 2000)
CLEAN = {
    200,
    201,
    204,
    301,
    302,
    303,
    304,
    307,
    308,
    400,
    403,
    404,
    405,
    406,
    409,
    410,
    413,
    414,
    415,
    422,
    428,
    429,
    501,  # oEmbed's refusal of a format
}


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
def sender(client, route):
    """A stranger on a site that has some of each kind, or an editor's program where no other is let in."""
    if "/drafts/" not in route:
        make_site()
        return client
    make_article("Whoever has a token", id=KNOWN["pk"])
    return Program("edith", group="Editor").client


def check(response, said):
    assert response.status_code in CLEAN, said
    assert b"<script>alert(1)" not in b"".join(response if response.streaming else [response.content]), said
    assert "Set-Cookie" not in response.headers, said


@pytest.mark.parametrize("route", ROUTES)
def test_no_query_fails_a_page(sender, route):
    for value in HOSTILE:
        check(sender.get(address(route), {name: [value, value] for name in PARAMETERS}), (route, value[:40]))
    for name in PARAMETERS:  # alone, as one refusal hides the next
        check(sender.get(address(route), {name: "\x00'\"<"}), (route, name))


@pytest.mark.parametrize("route", [route for route in ROUTES if "<" in route])
def test_no_address_fails(sender, route):
    for value in HOSTILE:
        for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
            check(sender.get(address(route, **{name: value[:2000] or "-"})), (route, value[:40]))


@pytest.mark.any_database
@pytest.mark.parametrize("route", ROUTES)
def test_no_method_or_content_type_fails(sender, route):
    for method in METHODS:
        check(getattr(sender, method)(address(route)), (route, method))
    for content_type in TYPES:
        for body in BODIES:
            check(sender.post(address(route), body, content_type), (route, content_type, body[:9]))
