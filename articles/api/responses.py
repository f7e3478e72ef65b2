"""Answers as JSON text, and not at all where the client has them already."""

import hashlib
import json
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.request import Request

JSON_TYPE = "application/json"


def dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def respond(request: Request, text: str, version: str = "") -> HttpResponse:
    """The text, or 304. `version` is a shorter text that changes whenever the text does."""
    digest = hashlib.blake2b((version or text).encode(), digest_size=12).hexdigest()
    tag = f'W/"{digest}"'
    if _has(request, tag):
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(text, JSON_TYPE, headers={"ETag": tag})


def _has(request: Request, tag: str) -> bool:
    given = request.META.get("HTTP_IF_NONE_MATCH")
    if not given:
        return False
    return any(each == "*" or each.removeprefix("W/") == tag[2:] for each in parse_etags(given))
