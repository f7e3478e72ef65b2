"""A form that leads to a place of its document: links say which, as only the page knows where that is."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles import kinds, places
from articles.admin.anchors import Anchors

GONE = "What that was about is not in this form any more."


class LeadingForm(admin.ModelAdmin):
    kind_name: ClassVar[str]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With `?at=` the page begins at the field or the row that the place names."""
        if request.method != "GET" or not context["original"] or not (text := request.GET.get("at")):
            return super().render_change_form(request, context, *args, **kwargs)
        record = kinds.get(self.kind_name).record
        try:
            anchor = Anchors(record, context["adminform"].form, context["outlines"]).of(places.parse(text))
        except LookupError:
            anchor = ""
        if not anchor:
            messages.info(request, GONE)
        return redirect(f"{request.path}#{anchor}" if anchor else request.path)
