"""The question bank: its criteria in its own form, their questions one step further."""

from collections.abc import Sequence
from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableStackedInline, SortableTabularInline
from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from articles.admin import display
from articles.admin.deletion import NeededAdmin
from articles.admin.publishing import PublishingAdmin, record
from articles.admin.rows import Rows
from articles.models import Article
from comparisons.admin.effects import AffectingForms
from comparisons.admin.forms import OptionsField
from comparisons.models import Criterion, Question, QuestionBank


class CriterionInline(Rows, SortableTabularInline):
    model = Criterion
    extra = 0
    fields = ("name", "slug", "swing")
    prepopulated_fields = {"slug": ("name",)}
    show_change_link = True
    verbose_name_plural = "criteria (save, then “Change” leads to a criterion's questions)"


@admin.register(QuestionBank)
class QuestionBankAdmin(AffectingForms, PublishingAdmin):
    kind_name = "question-bank"
    inlines = (CriterionInline,)
    fieldsets = ((None, {"fields": ("title", "slug", "summary", "language")}),)
    autocomplete_fields = ()
    list_display = ("title", "state", "updated_at")
    list_filter = ()


class PartOfBank(NeededAdmin):
    """A row of the bank with a form of its own. Saving or deleting it makes a revision of the bank."""

    actions = None

    def bank_of(self, row: Any) -> QuestionBank:
        raise NotImplementedError

    def questions(self, rows: Sequence[Any]) -> QuerySet[Question]:
        raise NotImplementedError

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        questions = self.questions(rows)
        rated, asked = Q(careerpath__ratings__question__in=questions), Q(comparison__questions__in=questions)
        return Article.objects.filter(rated | asked)

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
    form = QuestionForm
    extra = 0
    fields = (("prompt", "slug"), "help", ("shape", "reversed"), "options")
    prepopulated_fields = {"slug": ("prompt",)}


@admin.register(Criterion)
class CriterionAdmin(SortableAdminBase, PartOfBank):
    class Media:
        js = (Script("careersite/admin/form.js", type="module"),)

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

    def questions(self, rows: Sequence[Criterion]) -> QuerySet[Question]:
        return Question.objects.filter(criterion__in=rows)


@admin.register(Question)
class QuestionAdmin(PartOfBank):
    form = QuestionForm
    list_display = ("prompt", "criterion", "shape", "slug")
    list_filter = ("criterion", "shape")
    list_select_related = ("criterion",)
    search_fields = ("prompt", "slug", "criterion__name")
    fields = ("criterion", ("prompt", "slug"), "help", ("shape", "reversed"), "options")
    prepopulated_fields = {"slug": ("prompt",)}
    autocomplete_fields = ("criterion",)

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> tuple[str, ...]:
        return ("criterion",) if obj else ()

    def bank_of(self, row: Question) -> QuestionBank:
        return row.criterion.bank

    def questions(self, rows: Sequence[Question]) -> QuerySet[Question]:
        return Question.objects.filter(pk__in=[row.pk for row in rows])
