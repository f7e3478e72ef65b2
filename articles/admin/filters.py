from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import State


class StateFilter(admin.SimpleListFilter):
    """Articles by where they stand now."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        state = self.value()
        if not state:
            return queryset.not_trashed()
        if state not in State.values:
            raise IncorrectLookupParameters(f"“{state}” is no state.")
        return queryset.in_state(state, timezone.now())


class FilteredList(ChangeList):
    """Filtered as its page offers it. Django takes any lookup of any column, and fails on odd values."""

    def get_filters(self, request: HttpRequest) -> Any:
        found = super().get_filters(request)
        if unknown := found[2]:
            raise IncorrectLookupParameters(f"There is no filter for {', '.join(unknown)}.")
        return found
