"""Where a request comes from. Readers have no session to protect: other sites may not send forms for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from articles import frames

View = Callable[..., HttpResponse]


def address_of(request: HttpRequest) -> str:
    """The network address of whoever sent the request."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the proxy's own addition comes last; what stands before, anybody can write
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address


def same_origin_only(view: View) -> View:
    """Refuse a POST that a browser says comes from another site. No cookie is needed for that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and _foreign(request):
            message = gettext("This form was sent from another site. Open the page here and send it again.")
            return frames.page("403.html", {"message": message}, status=403)
        return view(request, *args, **kwargs)

    return guarded


def _foreign(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and _host(origin) != request.get_host()


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
