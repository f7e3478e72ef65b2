"""Moving articles to the trash and putting them back, in place of the admin's own deletion."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from articles import trash
from articles.admin import display
from articles.admin.rights import person
from articles.admin.transitions import TransitionViews
from articles.models import Article, State
from articles.obstacles import InUse, PublishingError

SHOWN = 20
AT_ONCE = 100


class TrashViews(TransitionViews):
    """Who may delete articles moves them to the trash; who writes may do so with drafts of their own."""

    class Media:
        css = {"all": ("careersite/admin/keeping.css",)}

    actions: Any = ("move_to_trash", "put_back")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.put_back_view)
        return [path("<uuid:pk>/put-back/", view, name=self._route("putback")), *super().get_urls()]

    # --- Who may, and what is offered ---------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if super().has_delete_permission(request, obj):
            return True
        own = obj is not None and super().has_change_permission(request, obj)
        return own and trash.is_own_draft(obj, person(request))  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What is in the trash is for reading. A form that was open then comes back with what was typed."""
        trashed = obj is not None and obj.trashed_at is not None
        return super().has_change_permission(request, obj) and (not trashed or self._is_saving(request))

    def _is_saving(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        return request.method == "POST" and match is not None and match.url_name == self._route("change")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without the admin's own deletion; of the others, those that fit what the list shows."""
        found = super().get_actions(request)
        back = {"put_back"}
        offered = back if request.GET.get("state") == State.TRASHED else {*(self.actions or ())} - back
        return {name: action for name, action in found.items() if name in offered}

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """What is in the trash is not found by typing. Lists leave it out by their filter."""
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            queryset = queryset.not_trashed()
        return super().get_search_results(request, queryset, search_term)

    # --- One article --------------------------------------------------------------------------

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self._article(request, object_id)
        if not self.has_delete_permission(request, article):
            raise PermissionDenied
        if request.method != "POST":
            return self._trash_page(request, [article])
        try:
            with transaction.atomic():
                trash.hold(article)  # whose own draft it is stays so until it is moved
                if not self.has_delete_permission(request, article):
                    raise PermissionDenied
                trash.trash(article, by=person(request))
        except PublishingError:
            return self._trash_page(request, [article])
        messages.success(request, _moved(article))
        return redirect(self._list())

    @method_decorator(require_POST)
    def put_back_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_delete_permission(request, article):
            raise PermissionDenied
        trash.put_back(article, by=person(request))
        messages.success(request, f"“{article.title}” is a draft again, as it was.")
        return redirect(self.address("change", article))

    # --- Several, from their list ---------------------------------------------------------------

    @admin.action(description="Move to the trash", permissions=["delete"])
    def move_to_trash(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(articles[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            messages.error(request, f"Select at most {AT_ONCE} at once. Nothing was moved.")
            return None
        if "post" not in request.POST:
            return self._trash_page(request, chosen)
        for article in chosen:
            try:
                trash.trash(article, by=person(request))
            except PublishingError as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _moved(article))
        return None

    @admin.action(description="Put back", permissions=["delete"])
    def put_back(self, request: HttpRequest, articles: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(articles[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            messages.error(request, f"Select at most {AT_ONCE} at once. Nothing was put back.")
            return None
        moved = [article for article in chosen if trash.put_back(article, by=person(request))]
        names = display.joined(display.shortened(map(str, moved), SHOWN))
        messages.success(request, f"{len(moved)} put back: {names}.")
        return None

    # --- What the pages show --------------------------------------------------------------------

    def trash_context(self, article: Article) -> dict[str, Any]:
        """For the form of what is in the trash."""
        return {"removable_from": trash.removable_from(article), "back": self.address("putback", article)}

    def _trash_page(self, request: HttpRequest, articles: list[Any]) -> HttpResponse:
        now = timezone.now()
        obstacles = [used for article in articles if (used := trash.in_use(article, now))]
        staying = {obstacle.article.pk for obstacle in obstacles}
        moving = [article for article in articles if article.pk not in staying]
        using = trash.drafts_naming(moving)[: SHOWN + 1]
        several = request.resolver_match.url_name != self._route("delete")  # type: ignore[union-attr]
        context = {
            "subtitle": None if several else articles[0].title,
            "obstacles": [self._explained(obstacle) for obstacle in obstacles],
            "moving": moving,
            "using": display.shortened(map(display.edit_link, using), SHOWN),
            "days": trash.KEPT_FOR.days,
            "several": several,
            "away": self._list() if several else self.address("change", articles[0]),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return self.page_about(articles[0], request, "admin/trash/move.html", "Move to the trash", context)

    def _explained(self, obstacle: InUse) -> dict[str, Any]:
        return {
            "message": str(obstacle),
            "withdraw": self.address("withdraw", obstacle.article),
            "title": obstacle.article.title,
            "needing": display.shortened(map(display.edit_link, obstacle.needing), SHOWN),
        }

    def _list(self) -> str:
        return reverse(f"admin:{self._route('changelist')}")


def _moved(article: Article) -> SafeString:
    link = display.edit_link(article)
    return format_html("“{}” is in the trash now. From there it can be put back.", link)
