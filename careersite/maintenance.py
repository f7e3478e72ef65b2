"""While MAINTENANCE is on, the site says so and touches neither database nor cache."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from articles.api import problems

PAGE = Path(settings.BASE_DIR, "templates/503.html")  # the proxy shows the same file where nothing answers
LATER = {"Retry-After": "300", "Cache-Control": "no-store"}
ANSWERED = ("/healthz", "/readyz", "/static/")


class Maintenance:
    """Middleware, only where MAINTENANCE is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.page = PAGE.read_text(encoding="utf-8")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(ANSWERED):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            answer = problems.respond(503, "The site is being worked on. Please try again in a few minutes.")
        else:
            answer = HttpResponse(self.page, status=503)
        for name, value in LATER.items():
            answer[name] = value
        return answer
