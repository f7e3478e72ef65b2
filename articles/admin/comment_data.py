"""What is kept about an e-mail address, for staff whom somebody has asked: shown, saved as a file, erased."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from articles.admin.rights import person
from articles.comments import personal


class EmailForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)

    def clean_email(self) -> str:
        return personal.normalised(self.cleaned_data["email"])


class DataView(admin.ModelAdmin):
    """By POST alone, so that no address is written into logs."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.data_view)
        return [path("by-address/", view, name="articles_comment_data"), *super().get_urls()]

    def data_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_change_permission(request) and self.has_delete_permission(request)):
            raise PermissionDenied
        form = EmailForm(request.POST if request.method == "POST" else None)
        if not (form.is_bound and form.is_valid()):
            return self._data_page(request, form, None, status=422 if form.is_bound else 200)
        email = form.cleaned_data["email"]
        if "erase" in request.POST:
            number = personal.erase(email, by=person(request))
            messages.success(request, f"{number} replies of this address are erased.")
            return redirect("admin:articles_comment_data")
        kept = personal.kept(email)
        if "download" in request.POST:
            return personal.as_file(kept)
        return self._data_page(request, form, kept)

    def _data_page(self, request: HttpRequest, form: Any, kept: Any, *, status: int = 200) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "By e-mail address",
            "opts": self.opts,
            "form": form,
            "kept": kept,
            "text": json.dumps(kept, ensure_ascii=False, indent=2) if kept else "",
        }
        return TemplateResponse(request, "admin/comments/data.html", context, status=status)
