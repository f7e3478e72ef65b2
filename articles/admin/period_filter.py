"""Publications by whether they are to come or live."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

SCHEDULED, LIVE = "scheduled", "live"


class PeriodFilter(admin.SimpleListFilter):
    title = "period"
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(SCHEDULED, "Scheduled"), (LIVE, "Live now")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        now = timezone.now()
        match self.value():
            case None:
                return queryset
            case "scheduled":
                return queryset.filter(starts_at__gt=now)
            case "live":
                return queryset.at(now)
        raise IncorrectLookupParameters(f"“{self.value()}” is no period.")
