"""The preview beside the form: the page with what is not saved yet, or what keeps it from being shown."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse

PANEL = "panel"  # the value of the button that only the panel's script presses


class PreviewPanel(admin.ModelAdmin):
    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """In place of a form that can't be saved, the panel is told which fields are in the way."""
        if request.POST.get("_preview") != PANEL:
            return super().render_change_form(request, context, *args, **kwargs)
        own = _obstacles(context["adminform"].form, "")
        rows = (each for formset in context["inline_admin_formsets"] for each in _row_obstacles(formset))
        return JsonResponse({"waits_for": [*own, *rows]}, status=422)


def _row_obstacles(inline: Any) -> Iterator[dict[str, str]]:
    formset, noun = inline.formset, inline.opts.verbose_name
    for message in formset.non_form_errors():
        yield _obstacle(str(inline.opts.verbose_name_plural), f"{formset.prefix}-group", str(message))
    for number, form in enumerate(formset.forms, start=1):
        if not form.cleaned_data.get(DELETION_FIELD_NAME):
            yield from _obstacles(form, f"{noun} {number}")


def _obstacles(form: forms.BaseForm, row: str) -> Iterator[dict[str, str]]:
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        label = ", ".join(filter(None, (row, str(field.label) if field else "")))
        place = field.id_for_label if field else (form.prefix or "")
        for message in messages:
            yield _obstacle(label, place, str(message))


def _obstacle(label: str, place: str, message: str) -> dict[str, str]:
    return {"label": label[:1].upper() + label[1:], "place": place, "message": message}
