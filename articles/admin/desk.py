"""The desk's first page: figures at a glance, then lists; and each list of its own that has no other page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import jobs
from articles.admin import panels
from articles.admin.rights import person


def desk(request: HttpRequest) -> dict[str, Any]:
    """What the person may see. One query for each panel, one for all other figures, one for jobs in vain."""
    user, now = person(request), timezone.now()
    shown = list(panels.shown_to(user, now))
    return {
        "panels": shown,
        "glances": panels.glances(user, now, shown),
        "waiting_in_vain": jobs.waiting_in_vain(now),
        "now": timezone.localtime(now),
    }


@require_safe
def whole_list(request: HttpRequest, name: str) -> HttpResponse:
    """The rows of a panel, as far as a page goes."""
    panel = panels.get(name)
    if panel is None or panel.whole:
        raise Http404(f"There is no list “{name}”.")
    user = person(request)
    if not panel.may(user):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": panel.title,
        "found": panel.find(user, timezone.now(), panels.LISTED),
        "nothing": panel.nothing(user),
        "most": panels.LISTED,
    }
    return TemplateResponse(request, "admin/desk/list.html", context)
