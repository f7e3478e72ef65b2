"""Empty rows that the address of a form asks for, `?rows=1`: without a script nothing else adds any."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

NAME = "rows"
MOST = 3  # of each kind at once


def asked(request: HttpRequest) -> int:
    given = request.GET.get(NAME, "")
    return int(given) if given in map(str, range(1, MOST + 1)) else 0


class OffersRows(admin.ModelAdmin):
    """Offers its form with one more empty row of each kind."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if any(inline.has_add_permission for inline in context["inline_admin_formsets"]):
            context["more_rows"] = min(asked(request) + 1, MOST)
            context["has_all_rows"] = asked(request) == MOST
        return super().render_change_form(request, context, *args, **kwargs)
