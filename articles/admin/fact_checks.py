"""Saying that the facts of an article were checked: in its form, or on a page for other days and notes."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import freshness
from articles.admin import display, timeline
from articles.admin.fields import YEARS, PlainTextField, printable
from articles.admin.rights import person
from articles.admin.transitions import TransitionViews
from articles.models import Article, Publication
from articles.obstacles import PublishingError

LONGEST_NOTE = 500


class CheckedForm(forms.Form):
    on = forms.DateField(
        label="Checked on",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Empty: today.",
    )
    note = printable(
        PlainTextField(
            label="Note",
            max_length=LONGEST_NOTE,
            required=False,
            widget=AdminTextareaWidget(attrs={"rows": 3}),
            help_text="What was checked, and against what. The trail keeps it, with your name.",
        )
    )

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day.year not in YEARS:
            raise ValidationError(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")
        return day


class FactChecks(TransitionViews):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.checked_view)
        return [path("<uuid:pk>/checked/", view, name=self._route("checked")), *super().get_urls()]

    def facts_context(self, article: Article, periods: Iterable[Publication]) -> dict[str, Any]:
        """What pages say of edits, publications and checks, which are three things."""
        moment = timezone.now()
        live, today = [each for each in periods if each.starts_at <= moment], timezone.localdate(moment)
        return {
            "edited": timeline.revisions(article, moment).first(),
            "live": live[0] if live else None,
            "overdue": (today - article.facts_due_on).days if live and article.facts_due_on else None,
            "still_shown": freshness.still_shown(moment).filter(publication__article=article.pk),
        }

    def facts_checked(self, request: HttpRequest, article: Article) -> HttpResponse:
        """After saving: the facts of what was saved were checked today."""
        self._decide_checked(request, article, {})
        return redirect(self.address("change", article))

    def checked_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = CheckedForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._decide_checked(request, article, form.cleaned_data):
            if "back" in request.POST:
                return redirect(f"{reverse('admin:articles_due_changelist')}?{request.POST['back']}")
            return redirect(self.address("change", article))
        context = {
            **self.admin_site.each_context(request),
            "title": "Facts checked",
            "subtitle": article.title,
            "opts": self.opts,
            "original": article,
            "form": form,
            **self.facts_context(article, timeline.open_periods(article, timezone.now())),
        }
        return TemplateResponse(request, "admin/freshness/checked.html", context)

    def _decide_checked(self, request: HttpRequest, article: Article, chosen: dict[str, Any]) -> bool:
        try:
            revision = freshness.checked(article, by=person(request), **chosen)
        except PublishingError as error:
            messages.error(request, str(error))
            return False
        messages.success(request, _checked(article, revision.document["reviewed_on"]))
        return True


def _checked(article: Article, day: str) -> SafeString:
    return format_html(
        "The facts of {} count as checked on {}. Readers see that once the draft is published.",
        display.edit_link(article),
        display.day(date.fromisoformat(day)),
    )
