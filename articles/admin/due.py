"""What is due: articles whose facts are to be checked again, and how long they count as checked."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import freshness, kinds
from articles.admin import display
from articles.admin.base import DeskAdmin
from articles.admin.filters import KindFilter, NamedFilter
from articles.admin.history import ReadOnlyAdmin
from articles.admin.rights import may_write, writable_kinds
from articles.models import Article, Due, ReviewInterval


@admin.register(Due)
class DueAdmin(ReadOnlyAdmin):
    """The list alone: an article is edited where all of its kind are."""

    change_list_template = "admin/freshness/due.html"
    list_display = ("of", "overdue", "check_today")
    list_display_links = None
    list_filter: ClassVar[Any] = (KindFilter, ("authors", NamedFilter))
    list_prefetch_related = ("bylines__author",)
    ordering = ("facts_due_on", "id")
    sortable_by = ()

    def get_urls(self) -> list[URLPattern]:
        return [each for each in super().get_urls() if each.name == "articles_due_changelist"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_write(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_write(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Due]:
        now = timezone.now()
        found: Any = Due.objects.due(now).with_state(now).with_first_published()
        may = writable_kinds(request)
        return found if len(may) == len(kinds.every()) else found.filter(kind__in=may)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = {"title": "Due for review: facts to check again"}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description="article")
    def of(self, article: Any) -> SafeString:
        return format_html(
            '{} {} <span class="quiet">{}, by {}</span>',
            display.edit_link(article),
            display.badge(article.state),
            kinds.get(article.kind).label.capitalize(),
            display.joined(byline.author for byline in article.bylines.all()),
        )

    @admin.display(description="overdue")
    def overdue(self, article: Any) -> SafeString:
        days = (timezone.localdate() - article.facts_due_on).days
        told = f"{days} day{'s' * (days != 1)}" if days else "due today"
        return format_html('{} <span class="quiet">{}</span>', told, _checked(article))

    @admin.display(description="check")
    def check_today(self, article: Article) -> SafeString:
        return format_html(
            '<button type="submit" class="button" formaction="{}">'
            'Facts checked today<span class="visually-hidden">: {}</span></button>',
            display.checked_address(article),
            article.title,
        )


def _checked(article: Any) -> str:
    if article.reviewed_on:
        return f"checked {display.day(article.reviewed_on)}"
    return f"never checked, published {display.day(timezone.localdate(article.first_published_at))}"


@admin.register(ReviewInterval)
class ReviewIntervalAdmin(DeskAdmin):
    list_display = ("named", "every")
    fields = ("days",)
    actions = None
    sortable_by = ()

    @admin.display(description="kind")
    def named(self, interval: ReviewInterval) -> str:
        return kinds.get(interval.kind).label.capitalize()

    @admin.display(description="facts count as checked for")
    def every(self, interval: ReviewInterval) -> str:
        return f"{interval.days} days" if interval.days else "ever"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ReviewInterval, form: Any, change: bool) -> None:
        freshness.set_interval(obj.kind, obj.days)
