"""The question bank: its criteria in its own form, their questions one step further."""

from collections.abc import Iterable, Sequence
from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableStackedInline, SortableTabularInline
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join

from articles.admin import display
from articles.admin.deletion import SHOWN, NeededAdmin
from articles.admin.filters import NamedFilter, StateFilter
from articles.admin.groups import Group
from articles.admin.more_rows import OffersRows
from articles.admin.publishing import PublishingAdmin, record
from articles.admin.rows import RowFormSet, Rows
from articles.models import Article
from comparisons.admin.effects import AffectingForms
from comparisons.admin.forms import OptionsField
from comparisons.models import Criterion, Question, QuestionBank


def questions_of(rows: Sequence[Any]) -> QuerySet[Question]:
    """The questions of criteria; of questions, they themselves."""
    pks = [row.pk for row in rows]
    return Question.objects.filter(Q(criterion__in=pks) | Q(pk__in=pks))


def drafts_asking(rows: Sequence[Any]) -> QuerySet[Article]:
    """The drafts that rate or ask these questions, or those of these criteria."""
    questions = questions_of(rows)
    rated, asked = Q(careerpath__ratings__question__in=questions), Q(comparison__questions__in=questions)
    return Article.objects.filter(rated | asked).distinct()


class PartRows(RowFormSet):
    """Rows that stay while drafts rate or ask them."""

    def clean(self) -> None:
        going = [form.instance for form in self.initial_forms if self._should_delete_form(form)]
        if going and (drafts := drafts_asking(going)[: SHOWN + 1]):
            named = format_html_join(", ", "{}", ((line,) for line in shortened_links(drafts)))
            what = display.joined(f"“{row}”" for row in going)
            raise ValidationError(
                format_html(
                    "{} can't be removed: rated or asked by {}. Take it out of these first.", what, named
                )
            )
        super().clean()


def shortened_links(articles: Iterable[Article]) -> list[str]:
    return display.shortened(map(display.edit_link, articles), SHOWN)


class CriterionInline(Rows, SortableTabularInline):
    model = Criterion
    formset = PartRows
    extra = 0
    fields = ("name", "slug", "swing")
    prepopulated_fields = {"slug": ("name",)}
    show_change_link = True
    verbose_name_plural = "criteria (save, then “Change” leads to a criterion's questions)"


@admin.register(QuestionBank)
class QuestionBankAdmin(AffectingForms, PublishingAdmin):
    kind_name = "question-bank"
    groups = (
        Group("Title and summary", ("title", "slug", "summary", "language")),
        Group("Criteria", inlines=(CriterionInline,)),
    )
    autocomplete_fields = ()
    list_display = ("title", "state", "updated_at")
    list_filter = (StateFilter,)
    in_bulk = False


class PartOfBank(NeededAdmin):
    """A row of the bank with a form of its own. Saving or deleting it makes a revision of the bank."""

    actions = None

    def bank_of(self, row: Any) -> QuestionBank:
        raise NotImplementedError

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        return drafts_asking(rows)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record(request, self.bank_of(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        bank = self.bank_of(obj)
        super().delete_model(request, obj)
        record(request, bank)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(display.edit_address(self.bank_of(obj)))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(display.edit_address(self.bank_of(obj)))


class PartForm(forms.ModelForm):
    def _get_validation_exclusions(self) -> set[str]:
        """What is unique in the bank or criterion is so as well where that can't be changed."""
        shown_only = {"bank", "criterion"} - self.fields.keys()
        return super()._get_validation_exclusions() - shown_only  # type: ignore[misc]


class QuestionForm(PartForm):
    options = OptionsField(help_text="From position 0 to position 100.")


class QuestionInline(Rows, SortableStackedInline):
    model = Question
    formset = PartRows
    form = QuestionForm
    extra = 0
    fields = (("prompt", "slug"), "help", ("shape", "reversed"), "options")
    prepopulated_fields = {"slug": ("prompt",)}


@admin.register(Criterion)
class CriterionAdmin(SortableAdminBase, OffersRows, PartOfBank):
    class Media:
        js = (Script("careersite/admin/form.js", type="module"),)

    change_form_template = "admin/comparisons/criterion_form.html"
    form = PartForm
    inlines = (QuestionInline,)
    list_display = ("name", "slug", "bank")
    list_select_related = ("bank",)
    search_fields = ("name", "slug")
    fields = ("bank", ("name", "slug"), "swing")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("bank",)

    def get_readonly_fields(self, request: HttpRequest, obj: Criterion | None = None) -> tuple[str, ...]:
        return ("bank",) if obj else ()

    def bank_of(self, row: Criterion) -> QuestionBank:
        return row.bank


@admin.register(Question)
class QuestionAdmin(PartOfBank):
    form = QuestionForm
    list_display = ("prompt", "criterion", "shape", "slug")
    list_filter = (("criterion", NamedFilter), "shape")
    list_select_related = ("criterion",)
    search_fields = ("prompt", "slug", "criterion__name")
    fields = ("criterion", ("prompt", "slug"), "help", ("shape", "reversed"), "options")
    prepopulated_fields = {"slug": ("prompt",)}
    autocomplete_fields = ("criterion",)

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> tuple[str, ...]:
        return ("criterion",) if obj else ()

    def bank_of(self, row: Question) -> QuestionBank:
        return row.criterion.bank
