"""All preview links of all articles, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import finding
from articles.admin import display
from articles.admin.history import ReadOnlyAdmin
from articles.admin.rights import person
from articles.admin.sharing import state
from articles.models import PreviewLink


class LinkStateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("open", "Open"), ("expired", "Expired"), ("revoked", "Revoked")]

    def queryset(self, request: HttpRequest, links: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "open":
                return links.open(timezone.now())  # type: ignore[attr-defined]
            case "expired":
                return links.filter(revoked_at=None, expires_at__lte=timezone.now())
            case "revoked":
                return links.exclude(revoked_at=None)
        return links


@admin.register(PreviewLink)
class PreviewLinkAdmin(ReadOnlyAdmin):
    list_display = ("what", "of", "note", "created_by", "created_at", "expires_at", "state")
    list_filter = (LinkStateFilter, "created_at")
    list_select_related = ("revision__article", "created_by", "revoked_by")
    search_fields = ("revision__article__title", "note")
    ordering = ("-created_at", "id")
    sortable_by = ("created_at",)
    search_help_text = "Words of the note or of the article."
    finder = staticmethod(finding.preview_links)
    fields = ("of", "what", "besides", "note", "created_by", "created_at", "expires_at", "state")
    readonly_fields = fields

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may read revisions may know to whom they were shown."""
        return super().has_view_permission(request, obj) or person(request).has_perm("articles.view_revision")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PreviewLink]:
        return super().get_queryset(request).defer("revision__text")

    @admin.display(description="revision")
    def what(self, link: PreviewLink) -> str:
        return str(link.revision).capitalize()

    @admin.display(description="article")
    def of(self, link: PreviewLink) -> SafeString:
        return display.share_link(link.revision.article)

    @admin.display(description="with drafts of")
    def besides(self, link: PreviewLink) -> str:
        found = link.beside.select_related("article").defer("text")
        return display.joined(f"“{each.article}” ({each})" for each in found)

    @admin.display(description="state")
    def state(self, link: PreviewLink) -> str:
        return state(link, timezone.now())
