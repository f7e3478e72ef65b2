"""The report on links to other sites: what leads nowhere, since when, and where it stands."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, UUIDField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_GET, require_POST

from articles import formats, spreadsheets
from articles.admin import display
from articles.admin.history import ReadOnlyAdmin
from articles.admin.link_filters import HostFilter, ResultFilter, SeenFilter
from articles.admin.link_uses import uses_by_article
from articles.admin.replacing import ReplaceView
from articles.admin.rights import CHECK_LINKS, person
from articles.external_links import checking, reporting, turn
from articles.models import Article, ExternalLink, LinkUse

COUNTED = 100  # articles that use one; beyond that, it is said that there are more
SHOWN_URL = 90
TONES = {
    "good": "live",
    "moved": "changed",
    "trouble": "changed",
    "broken": "withdrawn",
    "closed": "draft",
    "refused": "draft",
    "unchecked": "draft",
}
COLUMNS = (
    "address",
    "host",
    "result",
    "status",
    "what came of it",
    "address to use instead",
    "since",
    "last seen good",
    "last checked",
    "articles",
    "first article",
)


class Counted(Subquery):
    """How many rows a query of some finds, each of which is counted."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@admin.register(ExternalLink)
class ExternalLinkAdmin(ReplaceView, ReadOnlyAdmin):
    change_list_template = "admin/external_links/list.html"
    change_form_template = "admin/external_links/link.html"
    list_display = ("address", "told", "began", "used")
    list_filter = (ResultFilter, SeenFilter, HostFilter)
    sortable_by = ("began",)
    ordering = ("-since", "id")
    search_fields = ("url",)
    search_help_text = "A part of the address, as it is written."
    finder = staticmethod(reporting.written)
    actions = ("check_again",)
    fields = (
        "opened",
        "badge",
        "words",
        "leads_to",
        "suggestion",
        ("since", "last_good_at"),
        ("checked_at", "next_check_at"),
        "failures",
        "stands",
    )
    readonly_fields = (
        "opened",
        "badge",
        "words",
        "leads_to",
        "suggestion",
        "since",
        "last_good_at",
        "checked_at",
        "next_check_at",
        "failures",
        "stands",
    )

    class Media:
        css = {"all": ("careersite/admin/keeping.css", "careersite/admin/external-links.css")}

    def get_urls(self) -> list[URLPattern]:
        views = (("export", self.export_view), ("check", self.check_view))
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"articles_externallink_{name}")
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def has_check_permission(self, request: HttpRequest) -> bool:
        return person(request).has_perm(CHECK_LINKS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExternalLink]:
        used = LinkUse.objects.lasting().filter(link=OuterRef("pk")).order_by("article_id")
        articles = used.values("article").distinct()[: COUNTED + 1]
        first = Subquery(used.values("article")[:1], output_field=UUIDField())
        return super().get_queryset(request).annotate(used_in=Counted(articles), first_used=first)

    # --- The list -----------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        now = timezone.now()
        context = {
            "running": turn.under_way(now),
            "due": ExternalLink.objects.due(now)[: COUNTED + 1].count(),
            "counted": COUNTED,
            "may_check": self.has_check_permission(request),
            "query": request.GET.urlencode(),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        found = super().get_changelist_instance(request)
        self._name(found.result_list)
        return found

    def _name(self, links: Iterable[Any]) -> None:
        """One query for what is shown of the articles of a page."""
        rows = list(links)
        articles = Article.objects.only("title", "kind").in_bulk([each.first_used for each in rows])
        for link in rows:
            link.first_article = articles.get(link.first_used)

    @admin.display(description="address")
    def address(self, link: ExternalLink) -> str:
        return Truncator(link.url).chars(SHOWN_URL)

    @admin.display(description="result")
    def badge(self, link: ExternalLink) -> SafeString:
        label = link.get_result_display()
        return format_html('<span class="state state-{}">{}</span>', TONES[link.result], label)

    @admin.display(description="what came of it")
    def told(self, link: ExternalLink) -> SafeString:
        said = format_html("{} {}", self.badge(link), link.words)
        if not link.suggestion:
            return said
        address = reverse("admin:articles_externallink_replace", args=[link.pk])
        shown = Truncator(link.suggestion).chars(SHOWN_URL)
        return format_html('{} <a href="{}">Replace by {}</a>', said, address, shown)

    @admin.display(description="since", ordering="since")
    def began(self, link: ExternalLink) -> str:
        return formats.day(timezone.localdate(link.since))

    @admin.display(description="used in")
    def used(self, link: Any) -> SafeString | str:
        if link.first_article is None:
            return "–"
        more = _more(link.used_in - 1)
        return format_html("{}{}", display.edit_link(link.first_article), f" and {more}" if more else "")

    @admin.action(description="Check these again now", permissions=["check"])
    def check_again(self, request: HttpRequest, links: QuerySet[Any]) -> None:
        now = timezone.now()
        chosen = ExternalLink.objects.filter(pk__in=[link.pk for link in links])
        chosen.filter(next_check_at__gt=now).update(next_check_at=now)
        checking.begin()
        messages.success(request, "They are checked in the background. Reload the page to see results.")

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_check_permission(request):
            raise PermissionDenied
        checking.begin()
        messages.success(
            request, "What is due is checked in the background. Reload this page to see results."
        )
        return redirect(self._list())

    @method_decorator(require_GET)
    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """What the list shows, filtered as it is, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            links = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return redirect(f"{self._list()}?e=1")
        return spreadsheets.response("links", COLUMNS, _rows(links))

    def _list(self) -> str:
        return reverse("admin:articles_externallink_changelist")

    # --- One of them --------------------------------------------------------------------------

    @admin.display(description="address")
    def opened(self, link: ExternalLink) -> SafeString:
        return format_html('<a href="{0}" rel="noreferrer" target="_blank">{0}</a>', link.url)

    @admin.display(description="where it stands")
    def stands(self, link: ExternalLink) -> str:
        used: Any = link
        articles = uses_by_article(link, timezone.now())
        context = {"articles": articles, "used": used.used_in, "counted": COUNTED}
        return render_to_string("admin/external_links/_uses.html", context)


def _more(number: int) -> str:
    if number < 1:
        return ""
    shown = f"more than {COUNTED - 1}" if number >= COUNTED else str(number)
    return f"{shown} other{'' if number == 1 else 's'}"


def _rows(links: QuerySet[Any]) -> Iterator[tuple[object, ...]]:
    titles = Article.objects.filter(pk=OuterRef("first_used")).values("title")[:1]
    columns = (
        "url",
        "host",
        "result",
        "status",
        "words",
        "suggestion",
        "since",
        "last_good_at",
        "checked_at",
    )
    rows = links.annotate(title=Subquery(titles)).values_list(*columns, "used_in", "title")
    for *said, used, title in rows[: spreadsheets.MOST + 1].iterator(chunk_size=spreadsheets.AT_ONCE):
        yield (*said, f"more than {COUNTED}" if used > COUNTED else used, title)
