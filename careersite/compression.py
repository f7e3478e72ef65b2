"""What readers and programs get is compressed once, not per request, and not sent again to who has it.

A page is put together for each request, which takes less time than to compress it. So it is known by a hash
of its bytes: as long as nothing on it changes, the compressed bytes are there already; the hash is its ETag.

Only answers that are the same for everybody take part: those of people who are logged in hold secrets (tokens
of forms), which the length of a compressed answer could give away.

Without a word on it, browsers keep for good that an address has moved, which another article may have next.
"""

import zlib
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

SMALLEST = 500  # bytes; less is not worth it
ROOM = 16 * 1024 * 1024  # bytes of compressed answers that a process keeps
ASK_AGAIN = "no-cache"  # any page may change, move or end at any moment: keep it, and ask whether it holds
LEVEL = 6  # of brotli's 11 and zlib's 9: beyond it each per cent costs twice the time
TEXTS = (
    *("text/", "application/json", "application/xml", "application/problem+json"),
    *("application/atom+xml", "application/feed+json"),
)
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=LEVEL),
    "gzip": lambda content: zlib.compress(content, LEVEL, wbits=zlib.MAX_WBITS | 16),
}


class Shelf:
    """Compressed bytes by encoding and hash; what was asked for last stays, up to a number of bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self._kept: OrderedDict[tuple[str, bytes], bytes] = OrderedDict()
        self._lock = Lock()

    def compressed(self, encoding: str, digest: bytes, content: bytes) -> bytes:
        key = (encoding, digest)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = ENCODERS[encoding](content)
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: tuple[str, bytes], made: bytes) -> None:
        if key not in self._kept and len(made) <= self.room:
            self._kept[key] = made
            self.used += len(made)
        while self.used > self.room:
            _, dropped = self._kept.popitem(last=False)
            self.used -= len(dropped)


shelf = Shelf(ROOM)


class KeptCompression:
    """Middleware: it stands outside all that changes an answer's bytes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = ASK_AGAIN
        if isinstance(response, HttpResponse) and _is_for_everybody(response):
            return _answer(request, response)
        return response


def _is_for_everybody(response: HttpResponse) -> bool:
    return (
        len(response.content) >= SMALLEST
        and response["Content-Type"].startswith(TEXTS)
        and not response.has_header("Content-Encoding")
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
    )


def _answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    digest = sha256(response.content).digest()
    if response.status_code == 200 and not response.has_header("ETag"):
        response["ETag"] = tag = f'W/"{digest[:12].hex()}"'
        if request.method in ("GET", "HEAD") and _has(request, tag):
            return _not_modified(response)
    patch_vary_headers(response, ["Accept-Encoding"])
    if encoding := accepted(request.headers.get("Accept-Encoding", "")):
        response.content = _compressed(encoding, digest, response)
        response["Content-Encoding"] = encoding
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
    return response


def _compressed(encoding: str, digest: bytes, response: HttpResponse) -> bytes:
    """What is private is a reader's own result: that is kept nowhere."""
    if "private" in response.get("Cache-Control", ""):
        return ENCODERS[encoding](response.content)
    return shelf.compressed(encoding, digest, response.content)


def accepted(header: str) -> str | None:
    """The best encoding that an Accept-Encoding header allows; None where it allows none of ours."""
    offered = dict(map(_weighed, header.lower().split(",")))
    weights = {name: offered.get(name, offered.get("*", 0.0)) for name in ENCODERS}
    best = max(weights, key=weights.__getitem__)  # of equals the first, which is the smaller
    return best if weights[best] else None


def _weighed(part: str) -> tuple[str, float]:
    name, _, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0


def _has(request: HttpRequest, tag: str) -> bool:
    given = request.headers.get("If-None-Match", "")
    return any(each == "*" or each.removeprefix("W/") == tag[2:] for each in parse_etags(given))


def _not_modified(response: HttpResponse) -> HttpResponse:
    """304 with what a cache updates of the answer it has."""
    kept = ("Cache-Control", "Content-Location", "ETag", "Expires", "Vary", "Content-Security-Policy")
    headers = {name: response[name] for name in kept if response.has_header(name)}
    return HttpResponseNotModified(headers=headers)
