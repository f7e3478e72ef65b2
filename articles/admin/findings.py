"""The report: what the checks find in all drafts as they were last saved."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from articles import checking, finding, kinds, report
from articles.admin import display, exporting, found
from articles.admin.filters import KindFilter, NamedOfArticleFilter
from articles.admin.history import ReadOnlyAdmin
from articles.checks.found import Level
from articles.models import Article, Byline, Finding


class LevelFilter(admin.SimpleListFilter):
    title = "level"
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(level.value, found.TITLES[level]) for level in report.GRAVITY]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if not (level := self.value()):
            return queryset
        if level not in tuple(report.GRAVITY):
            raise IncorrectLookupParameters(f"“{level}” is no level of findings.")
        return queryset.filter(gravity=report.GRAVITY[Level(level)])


class CheckFilter(admin.SimpleListFilter):
    title = "check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return sorted(checking.labels().items(), key=lambda check: check[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return queryset.filter(check_name=self.value()) if self.value() else queryset


class StandingFilter(admin.SimpleListFilter):
    title = "state of the article"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Finding.Standing.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if not (state := self.value()):
            return queryset
        if state not in Finding.Standing.values:
            raise IncorrectLookupParameters(f"“{state}” is no state of an article.")
        return queryset.standing(state, timezone.now())


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    change_list_template = "admin/findings/list.html"
    list_display = ("level", "what", "of", "state")
    list_display_links = None
    list_filter: ClassVar[Any] = (
        LevelFilter,
        CheckFilter,
        KindFilter,
        StandingFilter,
        ("article__authors", NamedOfArticleFilter),
    )
    sortable_by = ()
    search_fields = ("article__title",)
    search_help_text = "Words of the article."
    finder = staticmethod(finding.findings)
    fields = ("of", "level", "check_label", "message", "since", "until")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="articles_finding_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = {"title": "What the checks find in the drafts as they were last saved"}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Finding]:
        return Finding.objects.holding(timezone.now())

    def get_paginator(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        paginator: Any = super().get_paginator(request, queryset, *args, **kwargs)
        paginator.rows = paginator.rows.prefetch_related(*with_articles())
        return paginator

    @method_decorator(require_GET)
    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The findings that the list shows, as a table for other programs."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect("admin:articles_finding_changelist")
        return exporting.answer(shown, with_articles())

    @admin.display(description="level")
    def level(self, finding: Finding) -> SafeString:
        level = report.LEVEL[Finding.Gravity(finding.gravity)]
        icon = '<span class="level level-{}"><span aria-hidden="true">{}</span> {}</span>'
        return format_html(icon, level, found.ICONS[level], found.TITLES[level])

    @admin.display(description="what is found")
    def what(self, finding: Finding) -> SafeString:
        link = format_html(
            '<a href="{}">{}</a>', found.address(finding.article, finding.place), finding.message
        )
        return format_html('{}<br><span class="quiet">{}</span>', link, self.check_label(finding))

    @admin.display(description="check")
    def check_label(self, finding: Finding) -> str:
        return checking.label(finding.check_name)

    @admin.display(description="article")
    def of(self, finding: Finding) -> SafeString:
        authors = [byline.author.name for byline in finding.article.bylines.all()]
        about = ", ".join([kinds.get(finding.kind).label, *authors])
        return format_html('{}<br><span class="quiet">{}</span>', display.edit_link(finding.article), about)

    @admin.display(description="state")
    def state(self, finding: Any) -> SafeString:
        return display.badge(finding.article.state)


def with_articles() -> Sequence[Prefetch]:
    """What lists say of the article; three queries for any number of rows."""
    articles = Article.objects.with_state(timezone.now())
    bylines = Byline.objects.select_related("author")
    return Prefetch("article", articles), Prefetch("article__bylines", bylines)
