"""Points in the forms of the desk: where else they are shown, and how one comes to be shown everywhere."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin import display
from articles.admin.inlines import CitingFormSet
from articles.admin.rights import person
from articles.admin.transitions import TransitionViews
from articles.obstacles import PublishingError
from comparisons import reuse
from comparisons.models import Contender, Point

SHOWN = 20
CHANGE = "comparisons.change_careerpath"


@dataclass(frozen=True, slots=True)
class Shown:
    """How many comparisons show something, and the first of them as links."""

    count: int
    links: list[str]

    @classmethod
    def of(cls, uses: reuse.Uses) -> "Shown":
        links = [_link(each, uses) for each in uses.some(SHOWN)]
        more = [f"and {uses.count - SHOWN} more"] if uses.count > SHOWN else []
        return cls(uses.count, [*links, *more])


def _link(comparison: Any, uses: reuse.Uses) -> SafeString:
    """A live one may be without the path in its draft, and the other way round."""
    standing = "live" if comparison.pk in uses.live else "draft"
    return format_html("{} ({})", display.edit_link(comparison), standing)


class SharedPointFormSet(CitingFormSet):
    """A path's own points, which all its comparisons show."""

    @cached_property
    def uses(self) -> Shown | None:
        if self.instance._state.adding:
            return None
        return Shown.of(reuse.uses([self.instance.pk], timezone.now())[self.instance.pk])


class ShowsOwnPoints(InlineModelAdmin):
    """Contenders with what their paths say of themselves, to read."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.uses: dict[UUID, reuse.Uses] = {}  # an inline lives as long as the request

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contender]:
        own = Prefetch("path__points", Point.objects.filter(comparison=None), to_attr="own")
        return super().get_queryset(request).select_related("path").prefetch_related(own)

    @admin.display(description="points of the path")
    def own_points(self, contender: Contender) -> str:
        if contender.path_id is None:
            return "They are listed here once a path is chosen and saved."
        path = contender.path
        own = path.own if hasattr(path, "own") else list(path.points.filter(comparison=None))
        context = {"path": path, "points": own, "count": self._uses(contender).count}
        return render_to_string("admin/comparisons/_own_points.html", context)

    def _uses(self, contender: Contender) -> reuse.Uses:
        """Found out for all contenders of the comparison at once."""
        if contender.path_id not in self.uses:
            others = Contender.objects.filter(comparison=contender.comparison_id)
            paths = {contender.path_id, *others.values_list("path", flat=True)}
            self.uses = reuse.uses(paths, timezone.now())
        return self.uses[contender.path_id]


class OffersPoints(InlineModelAdmin):
    """Points in one contrast only, each with the way to use it everywhere."""

    @admin.display(description="elsewhere")
    def elsewhere(self, point: Point) -> str:
        if point._state.adding:
            return "Once it is saved, it can be used in every comparison of its path."
        address = reverse("admin:comparisons_comparison_everywhere", args=[point.comparison_id, point.pk])
        words = "Use it in every comparison of this path…"
        return format_html('<a href="{}">{}</a>', address, words)


class PointView(TransitionViews):
    """The page that makes a point one of its path's own, for those who may change both."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.everywhere_view)
        route = "<uuid:pk>/points/<uuid:point>/"
        return [path(route, view, name=self._route("everywhere")), *super().get_urls()]

    def everywhere_view(self, request: HttpRequest, pk: UUID, point: UUID) -> HttpResponse:
        comparison = self._article(request, pk)
        may = self.has_change_permission(request, comparison) and person(request).has_perm(CHANGE)
        if not may:
            raise PermissionDenied
        found = get_object_or_404(Point.objects.select_related("path"), pk=point, comparison=pk)
        if request.method != "POST":
            return self._everywhere_page(request, comparison, found)
        try:
            reuse.use_everywhere(found, by=person(request))
        except PublishingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _done(found))
        return redirect(self.address("change", comparison))

    def _everywhere_page(self, request: HttpRequest, comparison: Any, point: Point) -> HttpResponse:
        found = reuse.uses([point.path_id], timezone.now())[point.path_id]
        context = {
            "point": point,
            "path": display.edit_link(point.path),
            "uses": Shown.of(found).links,
        }
        template = "admin/comparisons/use_everywhere.html"
        return self.page_about(comparison, request, template, "Use a point everywhere", context)


def _done(point: Point) -> SafeString:
    return format_html(
        "“{}” is one of the points of {} now. Readers see it there once that is published.",
        point.label,
        display.edit_link(point.path),
    )
