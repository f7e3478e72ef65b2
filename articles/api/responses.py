"""Answers as JSON text, and not at all where the client has them already."""

import hashlib
import json
import re
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.request import Request

JSON_TYPE = "application/json"


def dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def respond(request: Request, text: str, version: str = "") -> HttpResponse:
    """The text, or 304. `version` is a shorter text that changes whenever the text does."""
    return tagged(request, text, f'W/"{_digest(version or text)}"')


def tagged(request: Request, text: str, tag: str) -> HttpResponse:
    """The text with an ETag, or 304 to whoever asks and has it already."""
    if request.method in ("GET", "HEAD") and _has(request, tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(text, JSON_TYPE, headers={"ETag": tag})


def revision_tag(number: int, text: str) -> str:
    """Begins with the number of the revision, by which If-Match goes."""
    return f'"{number}-{_digest(text)}"'


def revision_of(tag: str) -> int | None:
    """The revision that an ETag names; plain numbers are understood as well."""
    # Proxies that compress write behind it with what.
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})(?:-[0-9a-z-]*)?"?', tag.strip(), re.ASCII)
    return int(found[1]) if found else None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()


def _has(request: Request, tag: str) -> bool:
    given = request.META.get("HTTP_IF_NONE_MATCH")
    if not given:
        return False
    own = tag.removeprefix("W/")
    return any(each == "*" or each.removeprefix("W/") == own for each in parse_etags(given))
