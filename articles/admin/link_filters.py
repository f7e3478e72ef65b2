"""Which links to other sites a list shows: what came of them, of which host, seen by readers."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import ExternalLink

Result = ExternalLink.Result
ALL = "all"


class ResultFilter(admin.SimpleListFilter):
    """Unless another result is chosen, those are shown that somebody should look at."""

    title = "result"
    parameter_name = "result"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        found = (Result.BROKEN, Result.TROUBLE, Result.MOVED, Result.CLOSED, Result.REFUSED)
        named = [(value.value, str(value.label)) for value in (*found, Result.GOOD, Result.UNCHECKED)]
        return [*named, (ALL, "All")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": "All to look at"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset.filter(needs_attention=True)
        if value == ALL:
            return queryset
        if value not in Result.values:
            raise IncorrectLookupParameters(f"“{value}” is no result.")
        return queryset.filter(result=value)


class HostFilter(admin.SimpleListFilter):
    """Typed, as lists of all hosts would be endless."""

    title = "host"
    parameter_name = "host"
    template = "admin/filters/typed.html"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        kept = [(name, value) for name, value in changelist.params.items() if name != self.parameter_name]
        everything = changelist.get_query_string(remove=[self.parameter_name])
        yield {"name": self.parameter_name, "typed": self.value() or "", "kept": kept, "all": everything}

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        host = (self.value() or "").strip().lower()
        return queryset.filter(host=host) if host else queryset


class SeenFilter(admin.SimpleListFilter):
    title = "where it stands"
    parameter_name = "seen"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("live", "Readers see it")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return queryset.live(timezone.now()) if self.value() == "live" else queryset
