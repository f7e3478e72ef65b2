"""The parts of an article as rows of its form, in an order set by dragging."""

from functools import cached_property
from typing import Any
from uuid import UUID

from adminsortable2.admin import SortableStackedInline, SortableTabularInline
from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.http import HttpRequest

from articles import kinds
from articles.admin.rows import RowFormSet, Rows
from articles.models import Byline, CallToAction, Section, Source


class Beginning(InlineModelAdmin):
    """Rows that a new article begins with, empty; those left empty are not stored."""

    at_first = 1

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else self.at_first


class BylineInline(Rows, Beginning, SortableTabularInline):
    model = Byline
    autocomplete_fields = ("author",)
    verbose_name = "author"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Byline]:
        return super().get_queryset(request).select_related("author", "article")


class SectionInline(Rows, Beginning, SortableStackedInline):
    model = Section
    fields = (("role", "heading"), "body")

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The kind says which roles its sections may have."""
        if db_field.name == "role":
            kwargs["choices"] = [(role, Section.Role(role).label) for role in self._kind.roles]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @property
    def _kind(self) -> kinds.Kind:
        return next(kind for kind in kinds.every() if kind.model is self.parent_model)


class SourceInline(Rows, SortableStackedInline):
    model = Source
    extra = 0
    fields = (("publisher", "title"), "url", "passage", ("retrieved_on", "valid_until"))


class CallToActionInline(Rows, SortableStackedInline):
    model = CallToAction
    extra = 0
    fields = (("label", "url"), "text", ("sponsored", "disclosure"), "ends_on")


class CitingFormSet(RowFormSet):
    """Offers each claim the sources of its own article, read once for all rows."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if field := form.fields.get("sources"):
            field.queryset = Source.objects.filter(article=self.instance.pk)  # type: ignore[attr-defined]
            field.choices = self.sources  # type: ignore[attr-defined]

    @cached_property
    def sources(self) -> list[tuple[UUID, str]]:
        found = Source.objects.filter(article=self.instance.pk).order_by("position", "pk")
        return [(source.pk, f"{number}. {source}") for number, source in enumerate(found, start=1)]


class CitingInline(Rows, SortableStackedInline):
    """Rows that rest on sources."""

    formset = CitingFormSet
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("sources")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "sources":
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["help_text"] = "Add a source to the list of sources and save; then it can be ticked here."
        return super().formfield_for_manytomany(db_field, request, **kwargs)


SHARED_INLINES = (BylineInline, SectionInline, SourceInline, CallToActionInline)
