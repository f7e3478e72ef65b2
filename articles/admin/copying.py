"""Copies of articles: from the form of one, or of several from their list."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import copying, kinds
from articles.admin import display
from articles.admin.rights import person
from articles.admin.trash import TrashViews
from articles.models import Article
from articles.obstacles import PublishingError
from articles.records import DocumentError

AT_ONCE = 20


class CopyView(TrashViews):
    actions: Any = (*TrashViews.actions, "copy_articles")
    kind_name: ClassVar[str]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.copy_view)
        return [path("<uuid:pk>/copy/", view, name=self._route("copy")), *super().get_urls()]

    def has_copy_permission(self, request: HttpRequest) -> bool:
        return kinds.get(self.kind_name).copied and self.has_add_permission(request)

    @method_decorator(require_POST)
    def copy_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_copy_permission(request) or not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        made = self._copy(request, article)
        return redirect(self.address("change", made or article))

    @admin.action(description="Copy", permissions=["copy"])
    def copy_articles(self, request: HttpRequest, articles: QuerySet[Any]) -> None:
        chosen = list(articles[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            messages.error(request, f"Select at most {AT_ONCE} to copy at once. Nothing was copied.")
            return
        for article in chosen:
            self._copy(request, article)

    def _copy(self, request: HttpRequest, article: Article) -> Article | None:
        try:
            made = copying.copy(article, by=person(request))
        except (DocumentError, PublishingError) as error:
            messages.error(request, f"“{article.title}” was not copied. {error}")
            return None
        link = display.edit_link(made)
        messages.success(request, format_html("“{}” is a draft, with what was saved.", link))
        return made
