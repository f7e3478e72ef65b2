"""The trail to read: what was decided, filtered, and as a file."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from articles import finding, kinds, spreadsheets
from articles.admin.filters import KindFilter
from articles.admin.history import ReadOnlyAdmin
from articles.models import Event

COLUMNS = ("at", "action", "kind", "title", "article", "revision", "who", "channel", "address", "detail")


class PersonFilter(admin.SimpleListFilter):
    """By the name of a login, which is typed: the trail outlasts logins."""

    title = "person"
    parameter_name = "who"
    template = "admin/filters/typed.html"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(who=self.value()) if self.value() else queryset

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        kept = [(key, value) for key, value in changelist.params.items() if key != self.parameter_name]
        everybody = changelist.get_query_string(remove=[self.parameter_name])
        yield {"name": self.parameter_name, "typed": self.value() or "", "kept": kept, "all": everybody}


class ArticleFilter(admin.SimpleListFilter):
    """By an article that a link names; it may be there no more."""

    title = "article"
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(self.value() or "", self._title())] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(article=self._identifier()) if self.value() else queryset

    def _title(self) -> str:
        newest = Event.objects.filter(article=self._identifier()).first()
        return newest.title if newest else "unknown"

    def _identifier(self) -> UUID:
        try:
            return UUID(self.value() or "")
        except ValueError as error:
            raise IncorrectLookupParameters("That is no article.") from error


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    change_list_template = "admin/events/event_list.html"
    list_display = ("at", "what", "about", "by", "detail")
    list_filter = ("action", PersonFilter, KindFilter, ArticleFilter, "at")
    sortable_by = ("at",)
    search_fields = ("title",)
    search_help_text = "Words of an article that is there still."
    finder = staticmethod(finding.events)
    fields = ("at", "action", "about", "revision", "by", "address", "detail")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="articles_event_export"), *super().get_urls()]

    @admin.display(description="what")
    def what(self, event: Event) -> str:
        number = f", revision {event.revision}" if event.revision else ""
        return f"{event.get_action_display()}{number}"

    @admin.display(description="article")
    def about(self, event: Event) -> SafeString:
        """With a link to all that was decided about it."""
        address = reverse("admin:articles_event_changelist")
        kind = kinds.get(event.kind).label if event.kind in kinds.names() else event.kind
        link = format_html('<a href="{}?article={}">{}</a>', address, event.article, event.title)
        return format_html('{} <span class="quiet">({})</span>', link, kind)

    @admin.display(description="by")
    def by(self, event: Event) -> SafeString:
        where = event.get_channel_display()
        return format_html('{} <span class="quiet">({})</span>', event.who or "–", where)

    @method_decorator(require_GET)
    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """What the list shows with the same filters, and all of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{reverse('admin:articles_event_changelist')}?e=1")
        return spreadsheets.response("trail", COLUMNS, _rows(found))


def _rows(found: QuerySet[Any]) -> Iterator[list[Any]]:
    for some in spreadsheets.chunks(found, Event.objects.all()):
        yield from map(_row, some)


def _row(event: Event) -> list[Any]:
    told = {"action": event.get_action_display(), "channel": event.get_channel_display()}
    return [told.get(name, getattr(event, name)) for name in COLUMNS]
