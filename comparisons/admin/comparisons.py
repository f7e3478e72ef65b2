from collections.abc import Mapping
from functools import cached_property
from typing import Any

from adminsortable2.admin import SortableStackedInline, SortableTabularInline
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.groups import Group
from articles.admin.inlines import Beginning, CallToActionInline, CitingFormSet, CitingInline
from articles.admin.publishing import ABOUT, CORRECTIONS, FACTS, PUBLISHING, SOURCES, PublishingAdmin
from articles.admin.rows import Rows
from comparisons.admin.contenders import NamesContenders
from comparisons.admin.counts import CountsViews
from comparisons.admin.examples import ReaderExampleInline
from comparisons.admin.fairness import FairnessView
from comparisons.admin.forms import CellsField
from comparisons.admin.reuse import OffersPoints, PointView, ShowsOwnPoints
from comparisons.admin.sections import (
    ChoosingInline,
    ConclusionInline,
    DifferencesTextInline,
    IntroductionInline,
)
from comparisons.models import (
    FEWEST_CONTENDERS,
    MOST_CONTENDERS,
    CareerPath,
    Comparison,
    Contender,
    Difference,
    FormQuestion,
    Point,
)


class ContenderInline(ShowsOwnPoints, Rows, Beginning, SortableStackedInline):
    model = Contender
    at_first = FEWEST_CONTENDERS
    max_num = MOST_CONTENDERS
    named_in_contents = True
    autocomplete_fields = ("path",)
    fields = ("path", "understanding", "own_points")
    readonly_fields = ("own_points",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contender]:
        return super().get_queryset(request).select_related("path")


class FormQuestionInline(Rows, SortableTabularInline):
    model = FormQuestion
    extra = 0
    autocomplete_fields = ("question",)
    classes = ("collapse",)
    verbose_name = "question of the form"
    verbose_name_plural = "questions of the form (none: all on which every path has a rating)"

    def get_queryset(self, request: HttpRequest) -> QuerySet[FormQuestion]:
        return super().get_queryset(request).select_related("question")


class ContrastPointFormSet(NamesContenders, CitingFormSet):
    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if field := form.fields.get("path"):
            self.offer(field, "---------")


class ContrastPointInline(OffersPoints, CitingInline):
    """Points about a path that hold in this comparison only."""

    model = Point
    formset = ContrastPointFormSet
    fields = (("path", "side", "label"), "text", "sources", "elsewhere")
    readonly_fields = ("elsewhere",)
    verbose_name = "point in this contrast only"
    verbose_name_plural = "points in this contrast only"


class DifferenceFormSet(NamesContenders, CitingFormSet):
    """One text per contender. Before the contenders are saved, they are known by their places."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "cells" in form.fields:
            form.fields["cells"] = CellsField(self.columns)

    @cached_property
    def columns(self) -> Mapping[str, str]:
        places = {str(place): f"Path {place}" for place in range(1, MOST_CONTENDERS + 1)}
        return (self.contenders or places) | self._strangers

    @property
    def _strangers(self) -> dict[str, str]:
        """Cells of paths that aren't compared here any more, so that nobody's words are lost unseen."""
        keys = {key for row in self.get_queryset() for key in row.cells} - self.contenders.keys()
        places = {key for key in keys if key.isdigit()}
        titles = {str(path.pk): path.title for path in CareerPath.objects.filter(pk__in=keys - places)}
        return {
            key: f"{titles.get(key, f'Path {key}')} (not compared here: move or clear)"
            for key in sorted(keys)
        }

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Difference:
        self._name_paths(form)
        return super().save_new(form, commit)

    def save_existing(self, form: forms.ModelForm, obj: Difference, commit: bool = True) -> Difference:
        self._name_paths(form)
        return super().save_existing(form, obj, commit)

    def _name_paths(self, form: forms.ModelForm) -> None:
        widget: Any = form.fields["cells"].widget  # what is found leads to the cell by the path's name
        widget.keys = [self._saved.get(key, key) for key in widget.keys]
        form.instance.cells = {self._saved.get(key, key): text for key, text in form.instance.cells.items()}

    @cached_property
    def _saved(self) -> dict[str, str]:
        """Path ids by the places of the contenders, which were saved before the differences."""
        found = Contender.objects.filter(comparison=self.instance.pk).values_list("path_id", flat=True)
        return {str(place): str(path) for place, path in enumerate(found, start=1)}


class DifferenceInline(CitingInline):
    model = Difference
    formset = DifferenceFormSet
    fields = ("aspect", "cells", "sources")
    verbose_name_plural = "differences at a glance"


@admin.register(Comparison)
class ComparisonAdmin(PointView, FairnessView, CountsViews, PublishingAdmin):
    kind_name = "comparison"
    change_form_template = "admin/comparisons/comparison_form.html"
    change_list_template = "admin/comparisons/comparison_list.html"
    object_history_template = "admin/comparisons/comparison_history.html"
    groups = (
        ABOUT,
        Group("Introduction", inlines=(IntroductionInline,)),
        Group("Contenders", inlines=(ContenderInline, ContrastPointInline)),
        Group("Differences", inlines=(DifferencesTextInline, DifferenceInline)),
        Group("Choosing", inlines=(ChoosingInline, FormQuestionInline, ReaderExampleInline)),
        Group("Conclusion", inlines=(ConclusionInline, CallToActionInline)),
        SOURCES,
        CORRECTIONS,
        FACTS,
        PUBLISHING,
    )

    def get_inlines(self, request: HttpRequest, obj: Comparison | None) -> Any:
        """Points and examples name one of the contenders, so these have to be saved first."""
        unready = () if obj else (ContrastPointInline, ReaderExampleInline)
        return [inline for inline in super().get_inlines(request, obj) if inline not in unready]
