"""The panels beside the form: the page and the findings of what is not saved yet, or what is in their way."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import transaction
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles import checking, comparing, documents, kinds, previews
from articles.admin import found
from articles.admin.checking import ChecksViews, kept_context, open_notes
from articles.admin.places import Places
from articles.models import Article
from articles.records import JSON, Record

PANEL = "panel"  # the value of the button that only the panels' script presses
CHECKS = "checks"  # that of one for those without scripts


class PreviewPanel(ChecksViews, admin.ModelAdmin):
    kind_name: ClassVar[str]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """In place of a form that can't be saved, the panels are told which fields are in the way."""
        if request.POST.get("_preview") == PANEL:
            own = _obstacles(context["adminform"].form, "")
            rows = (each for inline in context["inline_admin_formsets"] for each in _row_obstacles(inline))
            return JsonResponse({"waits_for": [*own, *rows]}, status=422)
        if article := context["original"]:
            context |= kept_context(article, timezone.now())
        if found.SHOW in request.GET:
            context["shown"] = _anchor(kinds.get(self.kind_name).record, request.GET[found.SHOW], context)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "_preview" in request.POST:
            form.instance.places = Places(kinds.get(self.kind_name).record, form, formsets)

    def looked_at(self, request: HttpRequest, article: Any) -> HttpResponse:
        """What was just saved as a page or as findings, or both for the panels; all of it is taken back."""
        document = documents.compose(article)
        if request.POST["_preview"] == PANEL:
            answer: HttpResponse = self._panels(request, article, document)
        elif request.POST["_preview"] == CHECKS:
            answer = self._page_of_checks(request, article, document)
        else:
            answer = previews.of_document(document, timezone.now())
        transaction.set_rollback(True)
        return answer

    def _panels(self, request: HttpRequest, article: Any, document: JSON) -> HttpResponse:
        wanted, shown = request.POST.getlist("_parts", ["page", CHECKS]), {}
        if CHECKS in wanted:
            shown["checks"] = _found(article, document)
        if "page" in wanted and kinds.get(self.kind_name).prefix:
            shown["page"] = previews.of_document(document, timezone.now()).content.decode()
        return JsonResponse(shown, headers={"Cache-Control": "no-store"})

    def _page_of_checks(self, request: HttpRequest, article: Article, document: JSON) -> HttpResponse:
        findings = checking.holds(document, timezone.now())
        page: Any = self.checks_page(request, article, document, findings, {"unsaved": True})
        return page.render()


def _anchor(record: Record, address: str, context: dict[str, Any]) -> str:
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    return Places(record, context["adminform"].form, formsets).anchor(comparing.parse(address))


def _found(article: Any, document: JSON) -> str:
    findings = checking.holds(document, timezone.now())
    context = {
        "parts": found.parts(findings, lambda place: f"#{article.places.anchor(place)}"),
        "open_notes": open_notes(article),
        "counts": found.counts(each.level for each in findings),
        "snippet": found.search_result(document),
    }
    return render_to_string("admin/publishing/_found.html", context)


# --- What is in the way ------------------------------------------------------------------------------


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
