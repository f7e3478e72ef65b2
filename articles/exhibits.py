"""Pages to look at and not to use: what readers see at another moment, or may come to see.

Each stands under a notice that says what it is, without scripts, and with its forms to send switched off, so
that nobody takes it for the site and nothing that is tried on it reaches what readers have.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

MASTHEAD = '<header class="masthead">'
SCRIPT = re.compile(r'<script type="module"[^>]*></script>')
SENDING_FORM = re.compile(r'(<form\b[^>]*\bmethod="post"[^>]*>)(.*?)(</form>)', re.DOTALL)


def exhibit(response: HttpResponse, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page of the public site under the notice that a template renders."""
    page = SCRIPT.sub("", response.content.decode())
    harmless = SENDING_FORM.sub(r"\1<fieldset disabled>\2</fieldset>\3", page)
    response.content = harmless.replace(MASTHEAD, f"{render_to_string(template, context)}{MASTHEAD}", 1)
    return hide(response)


def hide(response: HttpResponse) -> HttpResponse:
    """Kept from caches and indexes, and its address from other sites."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
