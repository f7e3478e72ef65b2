from adminsortable2.admin import SortableStackedInline
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.inlines import BylineInline, CallToActionInline, CitingInline, SectionInline, SourceInline
from articles.admin.publishing import PublishingAdmin
from articles.admin.rows import Rows
from comparisons.models import CareerPath, Fact, Platform, Point, Rating


class PointInline(CitingInline):
    """The path's own points; those that hold in one comparison only are edited there."""

    model = Point
    fields = (("side", "label"), "text", "sources")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Point]:
        return super().get_queryset(request).filter(comparison=None)


class PlatformInline(Rows, SortableStackedInline):
    model = Platform
    extra = 0
    fields = (("name", "type"), "url", "text")


class FactInline(CitingInline):
    model = Fact
    fields = (("label", "region"), ("low", "high", "unit", "period"), "note", "sources")


class RatingInline(CitingInline):
    model = Rating
    autocomplete_fields = ("question",)
    fields = ("question", ("value", "uncertainty"), "rationale", "sources")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rating]:
        return super().get_queryset(request).select_related("question")


@admin.register(CareerPath)
class CareerPathAdmin(PublishingAdmin):
    kind_name = "career-path"
    inlines = (
        BylineInline,
        SectionInline,
        PointInline,
        SourceInline,
        FactInline,
        PlatformInline,
        RatingInline,
        CallToActionInline,
    )
