"""Every error as problem details (RFC 9457), and old addresses as redirects."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.log import log_response
from rest_framework.exceptions import (
    APIException,
    NotAcceptable,
    NotFound,
    PermissionDenied,
    UnsupportedMediaType,
)
from rest_framework.request import Request

from articles.reading import moved_status
from articles.records import Problem, join

PROBLEM_JSON = "application/problem+json"
SAID: Mapping[type[APIException], str] = {
    NotAcceptable: "This API answers in application/json only. Accept that, or send no Accept header.",
    UnsupportedMediaType: "Send the body as application/json, and say so in the Content-Type header.",
}


class Moved(Exception):
    """What was asked for has another address now."""

    def __init__(self, address: str, permanent: bool) -> None:
        self.address, self.permanent = address, permanent


class Gone(APIException):
    status_code = HTTPStatus.GONE
    default_detail = "It was withdrawn."


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is too large."


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The answer to whatever an API view raises (REST_FRAMEWORK's EXCEPTION_HANDLER)."""
    if isinstance(error, Moved):
        return _redirect(error, context["request"])
    if isinstance(error, Http404):
        error = NotFound(*error.args)
    elif isinstance(error, DjangoPermissionDenied):
        error = PermissionDenied(*error.args)
    if isinstance(error, APIException):
        return _refusal(error)
    return None if settings.DEBUG else _failure(error, context["request"])


def respond(
    status: int,
    detail: str,
    errors: list[Problem] | None = None,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Problem details; `more` are further members, for programs."""
    told = [{"where": problem.where, "message": problem.message} for problem in errors or ()]
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    whole = {**body, **({"errors": told} if told else {}), **(more or {})}
    text = json.dumps(whole, ensure_ascii=False)
    # What is quoted from a request may hold half a surrogate pair, which UTF-8 cannot express.
    return HttpResponse(text.encode(errors="replace"), PROBLEM_JSON, status, headers=headers)


def _redirect(moved: Moved, request: Request) -> HttpResponse:
    query = request.META.get("QUERY_STRING")
    address = f"{moved.address}?{query}" if query else moved.address
    return HttpResponseRedirect(address, status=moved_status(request.method, permanent=moved.permanent))


def _refusal(error: APIException) -> HttpResponse:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if not isinstance(error.detail, list | dict):
        return respond(error.status_code, SAID.get(type(error), str(error.detail)), headers=headers)
    problems = list(_flat(error.detail, ""))
    return respond(error.status_code, " ".join(map(str, problems)), problems, headers)


def _flat(detail: Any, where: str) -> Iterator[Problem]:
    if isinstance(detail, dict):
        for name, part in detail.items():
            yield from _flat(part, where if name == "non_field_errors" else join(where, name))
    elif isinstance(detail, list):
        for index, part in enumerate(detail):
            yield from _flat(part, f"{where}[{index}]" if isinstance(part, dict) and part else where)
    else:
        yield Problem(where, str(detail))


def _failure(error: Exception, request: Request) -> HttpResponse:
    """An error of ours: told to whoever listens and to the log, not to the client."""
    response = respond(500, "Something went wrong on our side. It has been logged; please try again later.")
    got_request_exception.send(sender=handle, request=request._request)
    said = ("%s: %s", response.reason_phrase, request.path)
    log_response(*said, response=response, request=request._request, exception=error)
    return response
