"""The parts of an article as rows of its form, in an order set by dragging."""

import re
from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from adminsortable2.admin import SortableStackedInline, SortableTabularInline
from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from articles import kinds
from articles.admin.image_chooser import PICTURE, IllustratedAdmin, IllustratedFormSet
from articles.admin.known import Known, once
from articles.admin.rows import RowForm, RowFormSet, Rows
from articles.models import Byline, CallToAction, Correction, Section, Source

UNTICK = "Untick it here, or keep it."


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


class SectionFormSet(IllustratedFormSet):
    """The sections of an article; those of some roles only, where its form has them in several groups."""

    roles: ClassVar[Collection[str]] = ()
    elsewhere: ClassVar[Collection[str]] = ()
    name: ClassVar[str] = ""

    def stored(self) -> list[Section]:
        """What was sent belongs here even if somebody else has given it another role meanwhile."""
        found = once(self.instance, "sections", lambda: list(super(SectionFormSet, self).stored()))
        return found if self.is_bound else [section for section in found if self._shows(section.role)]

    def _shows(self, role: str) -> bool:
        if self.elsewhere:
            return role not in self.elsewhere
        return not self.roles or role in self.roles

    @classmethod
    def get_default_prefix(cls) -> str:
        prefix: str = super().get_default_prefix()
        return f"{prefix}-{cls.name}" if cls.name else prefix

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        field: Any = form.fields.get("role")
        if field is None:
            return
        offered = dict(field.choices)
        if self.roles and form.instance._state.adding:
            form.initial["role"] = next(iter(offered))
        if (role := form.initial.get("role", field.initial)) not in offered:
            field.choices = [*field.choices, (role, f"{Section.Role(role).label} (this page shows none)")]
        elif len(offered) == 1:
            field.widget = forms.HiddenInput()


class SectionInline(IllustratedAdmin, Rows, Beginning, SortableStackedInline):
    """All sections, or in subclasses with a name those of some `roles`."""

    model = Section
    formset = SectionFormSet
    fields = (("role", "heading"), "body", *PICTURE, "caption")
    named_in_contents = True
    name: ClassVar[str] = ""
    roles: ClassVar[Collection[str]] = ()
    elsewhere: ClassVar[Collection[str]] = ()  # roles of other groups: this one takes all others

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.name, formset.roles, formset.elsewhere = self.name, self.roles, self.elsewhere
        return formset

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The kind says which roles its sections may have."""
        if db_field.name == "role":
            roles = self.roles or self._kind.roles
            kwargs["choices"] = [(role, Section.Role(role).label) for role in roles]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @property
    def _kind(self) -> kinds.Kind:
        return next(kind for kind in kinds.every() if kind.model is self.parent_model)


class SourceFormSet(RowFormSet):
    def stored(self) -> list[Source]:
        return list(own_sources(self.instance).values())


def own_sources(article: Any) -> dict[UUID, Source]:
    """The sources of an article, read once for the rows that they are and for those that cite them."""
    found = Source.objects.filter(article=article.pk).order_by("position", "pk")
    return once(article, "sources", lambda: {source.pk: source for source in found})


class SourceInline(Rows, SortableStackedInline):
    model = Source
    formset = SourceFormSet
    extra = 0
    fields = (("publisher", "title"), "url", "passage", ("retrieved_on", "valid_until"))


class CallToActionInline(Rows, SortableStackedInline):
    model = CallToAction
    extra = 0
    fields = (("label", "url"), "text", ("sponsored", "disclosure"), "ends_on")


class CorrectionForm(RowForm):
    def clean_corrected_on(self) -> date:
        day: date = self.cleaned_data["corrected_on"]
        if day > timezone.localdate():
            raise ValidationError("This day is still to come. Give the day on which readers are told.")
        return day


class CorrectionInline(Rows, SortableStackedInline):
    model = Correction
    form = CorrectionForm
    extra = 0
    fields = (("corrected_on", "credit"), "was", "now", "why")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "corrected_on":
            kwargs["initial"] = timezone.localdate
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class CitingFormSet(RowFormSet):
    """Offers each claim the sources of its own article, read once for all rows."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if field := form.fields.get("sources"):
            field.queryset = Source.objects.filter(article=self.instance.pk)  # type: ignore[attr-defined]
            field.choices = self.sources  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A source that goes is not to be cited by what stays."""
        for form in self.forms:
            cited = () if self._should_delete_form(form) else form.cleaned_data.get("sources") or ()
            for source in cited:
                if str(source.pk) in self.leaving:
                    form.add_error("sources", f"“{source}” is to be removed, and is cited here. {UNTICK}")
        super().clean()

    @cached_property
    def leaving(self) -> set[str]:
        """The sources that are to be removed with the same page."""
        row = re.compile(r"sources-(\d+)-DELETE")
        places = [found[1] for key in self.data if (found := row.fullmatch(key))]
        return {self.data.get(f"sources-{place}-id", "") for place in places}

    def named(self, name: str, field: Any) -> Known:
        return own_sources(self.instance) if name == "sources" else super().named(name, field)

    @cached_property
    def sources(self) -> list[tuple[UUID, str]]:
        numbered = enumerate(own_sources(self.instance).values(), start=1)
        return [(source.pk, f"{number}. {source}") for number, source in numbered]


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
