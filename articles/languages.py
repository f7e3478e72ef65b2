"""In which language a page's own words are: an article's page in its own, all others in the reader's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

DESK, DESK_LANGUAGE = "/admin/", "en"  # its words are English, so its dates are as well


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Words, dates and numbers inside are of that language; of the site's own where we have none of it."""
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if known == translation.get_language():
        yield
        return
    with translation.override(known):
        yield


def attributes(language: str, around: str) -> SafeString:
    """What an element says of its language and its direction within a page of another language."""
    if language == around:
        return mark_safe("")
    told = get_language_info(language) if language in LANG_INFO else {"bidi": False}
    return format_html(' lang="{}" dir="{}"', language, "rtl" if told["bidi"] else "ltr")


class ReadersLanguage:
    """Middleware: of the site's languages, the one that the browser asks for. No cookie says which."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(DESK):
            with spoken(DESK_LANGUAGE):
                return self.get_response(request)
        language = translation.get_language_from_request(request)
        with spoken(language):
            response = self.get_response(request)
        if not response.has_header("Content-Language"):
            response["Content-Language"] = language
            patch_vary_headers(response, ["Accept-Language"])
        return response
