"""The page that replaces a link in all drafts, and what became of each draft."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from articles import open_forms
from articles.admin import display
from articles.admin.fields import printable
from articles.admin.history import ReadOnlyAdmin
from articles.admin.rights import person
from articles.external_links import replacing
from articles.models import ExternalLink, LinkReplacement, LinkUse, OpenForm, ReplacedLink

SHOWN = 100  # drafts
Outcome = ReplacedLink.Outcome


class ReplaceForm(forms.Form):
    new = printable(
        forms.CharField(label="Address to use instead", max_length=2000, widget=AdminTextInputWidget)
    )

    def __init__(self, link: ExternalLink, data: Any = None) -> None:
        super().__init__(data, initial={"new": link.suggestion})
        self.link = link

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"].strip()
        replacing.validate(self.link, new)
        return new


class ReplaceView(admin.ModelAdmin):
    """Whoever may see a link replaces it in the drafts that they may change."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.replace_view)
        return [path("<uuid:pk>/replace/", view, name="articles_externallink_replace"), *super().get_urls()]

    def replace_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        link = ExternalLink.objects.filter(pk=pk).first()
        if link is None:
            raise Http404("This address is used nowhere any more.")
        form = ReplaceForm(link, request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return self._replace_page(request, link, form)
        replacement = replacing.begin(link, form.cleaned_data["new"], by=person(request))
        return redirect("admin:articles_linkreplacement_change", replacement.pk)

    def _replace_page(self, request: HttpRequest, link: ExternalLink, form: ReplaceForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Replace an address",
            "opts": self.opts,
            "original": link,
            "form": form,
            "extent": replacing.extent(link, person(request)),
            "drafts": drafts(link, request),
            "shown": SHOWN,
            "at_once": replacing.AT_ONCE,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/external_links/replace.html", context, status=status)


def drafts(link: ExternalLink, request: HttpRequest) -> list[dict[str, Any]]:
    """The first drafts with the address: where each has it, why it is left out, who has it open."""
    found = list(replacing.drafts(link)[:SHOWN])
    uses = LinkUse.objects.in_drafts().filter(link=link, article__in=found).order_by("id")
    places: dict[Any, list[str]] = {}
    for article, words in uses.values_list("article", "words"):
        places.setdefault(article, []).append(words)
    there = OpenForm.objects.filter(article__in=found, seen_at__gt=timezone.now() - open_forms.LAPSE)
    open_to: dict[Any, set[str]] = {}
    for article, name in there.values_list("article", "user__username"):
        open_to.setdefault(article, set()).add(name)
    return [
        {
            "link": display.edit_link(article),
            "places": places.get(article.pk, []),
            "obstacle": replacing.obstacle(person(request), article),
            "open_to": sorted(open_to.get(article.pk, ())),
        }
        for article in found
    ]


@admin.register(LinkReplacement)
class LinkReplacementAdmin(ReadOnlyAdmin):
    """What was replaced, and what became of each draft; also while that is under way."""

    change_form_template = "admin/external_links/replacement.html"
    list_display = ("old", "new", "by", "created_at", "progress")
    list_select_related = ("by",)
    sortable_by = ("created_at",)
    search_fields = ("old", "new")
    search_help_text = "A part of one of the addresses."
    fields = ("old", "new", "by", "created_at", "ended_at", "outcomes")
    readonly_fields = fields

    class Media:
        css = {"all": ("careersite/admin/keeping.css", "careersite/admin/external-links.css")}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.go_on_view)
        return [path("<int:pk>/go-on/", view, name="articles_linkreplacement_goon"), *super().get_urls()]

    @admin.display(description="progress")
    def progress(self, replacement: LinkReplacement) -> str:
        return "Done" if replacement.ended_at else "Under way"

    @admin.display(description="what became of each draft")
    def outcomes(self, replacement: LinkReplacement) -> str:
        counted = replacement.items.order_by().values_list("outcome").annotate(number=Count("pk"))
        numbers = dict(counted)
        context = {
            "numbers": [(each.label, numbers[each]) for each in Outcome if each in numbers],
            "groups": [(each.label, _items(replacement, each)) for each in Outcome if each in numbers],
            "shown": SHOWN,
        }
        return render_to_string("admin/external_links/_outcomes.html", context)

    @method_decorator(require_POST)
    def go_on_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where the worker was stopped half-way. It is done with the rights of whoever asked for it."""
        replacement = LinkReplacement.objects.filter(pk=pk, by=person(request)).first()
        if replacement is None:
            raise PermissionDenied
        replacing.resume(replacement)
        messages.success(request, "What waits is changed in the background.")
        return redirect(reverse("admin:articles_linkreplacement_change", args=[pk]))


def _items(replacement: LinkReplacement, outcome: str) -> list[dict[str, Any]]:
    rows = replacement.items.filter(outcome=outcome).select_related("article")[:SHOWN]
    return [
        {"link": display.edit_link(item.article) if item.article else item.title, "words": item.words}
        for item in rows
    ]
