from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import State


class StateFilter(admin.SimpleListFilter):
    """Articles by where they stand now, as `with_state` has found out."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return queryset.filter(state=self.value()) if self.value() else queryset.not_trashed()


class FilteredList(ChangeList):
    """Filtered as its page offers it. Django takes any lookup of any column, and fails on odd values."""

    def get_filters(self, request: HttpRequest) -> Any:
        found = super().get_filters(request)
        if unknown := found[2]:
            raise IncorrectLookupParameters(f"There is no filter for {', '.join(unknown)}.")
        return found
