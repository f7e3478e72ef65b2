from adminsortable2.admin import SortableStackedInline
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from articles.admin import display
from articles.admin.groups import Group
from articles.admin.inlines import CallToActionInline, CitingInline, SectionInline
from articles.admin.publishing import ABOUT, CORRECTIONS, FACTS, PUBLISHING, SOURCES, PublishingAdmin
from articles.admin.rights import person
from articles.admin.rows import Rows
from articles.obstacles import PublishingError
from articles.records import DocumentError
from comparisons import starting
from comparisons.admin.effects import AffectingForms
from comparisons.admin.reuse import SharedPointFormSet
from comparisons.models import (
    FEWEST_CONTENDERS,
    MOST_CONTENDERS,
    CareerPath,
    Fact,
    Platform,
    Point,
    Rating,
)


class PointInline(CitingInline):
    """The path's own points; those that hold in one comparison only are edited there."""

    model = Point
    formset = SharedPointFormSet
    template = "admin/comparisons/_points_of_path.html"
    rows_template = CitingInline.template
    fields = (("side", "label"), "text", "sources")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Point]:
        return super().get_queryset(request).filter(comparison=None)


class PlatformInline(Rows, SortableStackedInline):
    model = Platform
    extra = 0
    fields = (("name", "type"), "url", "text")


class FactInline(CitingInline):
    model = Fact
    fields = (("label", "region"), ("low", "high", "unit", "period"), "is_pay", "note", "sources")


class RatingInline(CitingInline):
    model = Rating
    autocomplete_fields = ("question",)
    fields = (("question", "value", "uncertainty"), "rationale", "sources")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rating]:
        return super().get_queryset(request).select_related("question")


@admin.register(CareerPath)
class CareerPathAdmin(AffectingForms, PublishingAdmin):
    kind_name = "career-path"
    actions = (*PublishingAdmin.actions, "start_comparison")
    groups = (
        ABOUT,
        Group("Introduction and text", inlines=(SectionInline,)),
        Group("Pros and cons", inlines=(PointInline,)),
        Group("Facts and platforms", inlines=(FactInline, PlatformInline)),
        Group("Ratings", inlines=(RatingInline,)),
        Group("Links onward", inlines=(CallToActionInline,)),
        SOURCES,
        CORRECTIONS,
        FACTS,
        PUBLISHING,
    )

    def has_start_permission(self, request: HttpRequest) -> bool:
        return person(request).has_perm("comparisons.add_comparison")

    @admin.action(description="Start a comparison of these paths", permissions=["start"])
    def start_comparison(self, request: HttpRequest, paths: QuerySet[CareerPath]) -> HttpResponse | None:
        count = paths.count()
        if not FEWEST_CONTENDERS <= count <= MOST_CONTENDERS:
            wanted = f"Select {FEWEST_CONTENDERS} to {MOST_CONTENDERS} paths to compare"
            messages.error(request, f"{wanted}, not {count}. Nothing was started.")
            return None
        try:
            comparison = starting.start(list(paths), by=person(request))
        except starting.AlreadyThere as error:
            there = display.edit_link(error.comparison)
            place = ", in the trash," if error.comparison.trashed_at else ""
            refusal = format_html("{}{} has this address already. Nothing was started.", there, place)
            messages.error(request, refusal)
            return None
        except (DocumentError, PublishingError) as error:
            messages.error(request, f"No comparison could be started from these paths. {error}")
            return None
        messages.success(request, f"“{comparison}” is a draft now, with the facts that its paths share.")
        return redirect(display.edit_address(comparison))
