"""The admin's own log, without what readers wrote and their addresses: it lasts, and they may be erased."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest


class NamelessLog(admin.ModelAdmin):
    """It says which row was added, changed or deleted, by its id."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._without_name([super().log_addition(request, obj, message)])[0]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._without_name([super().log_change(request, obj, message)])[0]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        return self._without_name(super().log_deletions(request, queryset))

    def _without_name(self, entries: list[LogEntry]) -> list[LogEntry]:
        for each in entries:
            each.object_repr = f"{self.opts.verbose_name} {each.object_id}"
        LogEntry.objects.bulk_update(entries, ["object_repr"])
        return entries
