"""The history page of an article, and its revisions and publications to read."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import finding, kinds, late, publishing
from articles.admin import display, timeline
from articles.admin.base import DeskAdmin
from articles.admin.filters import KindFilter, KindOfArticleFilter, LanguageFilter
from articles.admin.period_filter import PeriodFilter
from articles.admin.transitions import TransitionViews
from articles.models import Publication, Revision

PAGE = 50
MOST_EVENTS = 20


class HistoryView(TransitionViews):
    object_history_template = "admin/publishing/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self._article(request, object_id)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        now = timezone.now()
        context = {
            "page": Paginator(timeline.revisions(article, now), PAGE).get_page(request.GET.get("p")),
            "periods": timeline.periods(article),
            "events": timeline.events(article)[:MOST_EVENTS],
            "most_events": MOST_EVENTS,
            "late": late.warnings(article, now),
            "now": now,
            "seen": publishing.standing(article),
            "may_change": self.has_change_permission(request, article),
            "may_share": self.has_change_permission(request, article)
            and kinds.get(article.kind).prefix is not None,
            "may_publish": self.has_publish_permission(request),
            **(extra_context or {}),
        }
        return self.page_about(article, request, self.object_history_template, "History", context)


class ReadOnlyAdmin(DeskAdmin):
    """Nobody adds, changes or deletes these by hand: the transitions do."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "of", "author", "created_at", "note")
    list_filter = (KindOfArticleFilter, "created_at")
    list_select_related = ("article", "author")
    sortable_by = ("created_at",)
    search_fields = ("article__title", "note")
    search_help_text = "Words of the note or of the article."
    finder = staticmethod(finding.revisions)
    ordering = ("-created_at", "-id")
    fields = ("of", "number", "author", "created_at", "note", "digest", "document")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("text")

    @admin.display(description="article")
    def of(self, revision: Revision) -> SafeString:
        return display.edit_link(revision.article)

    @admin.display(description="document")
    def document(self, revision: Revision) -> SafeString:
        text = json.dumps(revision.document, ensure_ascii=False, indent=2)
        return format_html('<pre class="document" tabindex="0">{}</pre>', text)


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "slug", "starts_at", "ends_at", "revision", "by")
    list_filter = (PeriodFilter, KindFilter, LanguageFilter, "starts_at")
    list_select_related = ("revision", "by")
    sortable_by = ("starts_at",)
    search_fields = ("article__title",)
    search_help_text = "Words of the article."
    finder = staticmethod(finding.publications)
    fields = (
        "of",
        "revision",
        ("starts_at", "until", "ends_at"),
        ("by", "ended_by"),
        "override",
        ("kind", "slug", "language"),
        "title",
        "summary",
    )
    readonly_fields = (
        "of",
        "revision",
        "starts_at",
        "until",
        "ends_at",
        "by",
        "ended_by",
        "override",
        "kind",
        "slug",
        "language",
        "title",
        "summary",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        return super().get_queryset(request).defer(*timeline.BULKY)

    @admin.display(description="article")
    def of(self, publication: Publication) -> SafeString:
        return display.edit_link(publication.article)
