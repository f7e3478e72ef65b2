"""What many articles share: authors and tags; `images` has the third."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.deletion import NeededAdmin
from articles.models import Article, Author, Byline, Tag


class SharedAdmin(NeededAdmin):
    view_on_site = False


@admin.register(Author)
class AuthorAdmin(SharedAdmin):
    facets = ("author", "reviewer")
    list_display = ("name", "slug", "expertise", "user")
    list_select_related = ("user",)
    search_fields = ("name", "slug", "expertise")
    prepopulated_fields = {"slug": ("name",)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        """Two reads by an index: a condition that joins both would go through all articles."""
        written = Byline.objects.filter(author__in=rows).order_by().values("article")
        reviewed = Article.objects.filter(reviewer__in=rows).order_by().values("pk")
        return Article.objects.filter(pk__in=written.union(reviewed))


@admin.register(Tag)
class TagAdmin(SharedAdmin):
    facets = ("tag",)
    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
