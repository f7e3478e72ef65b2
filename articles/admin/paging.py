"""Lists of any length, a page at a time: what a page costs does not grow with the number of rows."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from articles.admin.filters import FilteredList

MOST = 2_500  # rows of a list, which are counted; nobody pages further, but searches or filters


class BoundedPaginator(Paginator):
    """Counts and shows the first 2,500 rows; `has_more` says that there are others.

    Which rows a page has is asked first, by an index alone; `rows` then says what is shown of these few.
    """

    def __init__(self, found: QuerySet[Any], per_page: int, *, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(found, per_page, **kwargs)
        self.found, self.rows = found, rows

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def has_more(self) -> bool:
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        return self.found.order_by().values("pk")[: MOST + 1].count()

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = list(self.found.values_list("pk", flat=True)[start : min(start + self.per_page, MOST)])
        rows = self.rows.in_bulk(keys) if keys else {}
        return Page([rows[key] for key in keys if key in rows], number, self)


class BoundedList(FilteredList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:  # those of one page are not asked for through the paginator
            self.result_list = self.paginator.page(1).object_list

    def get_ordering_field(self, field_name: Any) -> Any:
        """Sorted by no other columns than its page offers, as those have indexes."""
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None


class BoundedAdmin(admin.ModelAdmin):
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would be counted in all rows
    list_select_related: ClassVar[Any] = ()
    list_prefetch_related: ClassVar[Any] = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedList

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any
    ) -> "Paginator[Any]":
        rows = self.get_queryset(request).prefetch_related(*self.list_prefetch_related)
        rows.query.select_related = queryset.query.select_related
        return BoundedPaginator(queryset, per_page, rows=rows)
