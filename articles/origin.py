"""Forms for readers, who have no session to protect: other sites still may not send them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from articles import frames

View = Callable[..., HttpResponse]


def same_origin_only(view: View) -> View:
    """Refuse a POST that a browser says comes from another site. No cookie is needed for that."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and _foreign(request):
            message = "This form was sent from another site. Open the page here and send it again."
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
