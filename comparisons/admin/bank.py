"""The question bank: its criteria in its own form, their questions one step further."""

from typing import Any

from adminsortable2.admin import SortableAdminBase, SortableStackedInline, SortableTabularInline
from django import forms
from django.contrib import admin
from django.forms import Script
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from articles import publishing
from articles.admin import display
from articles.admin.publishing import PublishingAdmin
from articles.admin.rights import person
from comparisons.admin.forms import OptionsField
from comparisons.models import Criterion, Question, QuestionBank


class CriterionInline(SortableTabularInline):
    model = Criterion
    extra = 0
    fields = ("name", "slug", "swing")
    prepopulated_fields = {"slug": ("name",)}
    show_change_link = True
    verbose_name_plural = "criteria (save, then “Change” leads to a criterion's questions)"


@admin.register(QuestionBank)
class QuestionBankAdmin(PublishingAdmin):
    kind_name = "question-bank"
    inlines = (CriterionInline,)
    fieldsets = ((None, {"fields": ("title", "slug", "summary", "language")}),)
    autocomplete_fields = ()
    list_display = ("title", "state", "updated_at")
    list_filter = ()


class PartOfBank(admin.ModelAdmin):
    """A row of the bank with a form of its own. Saving or deleting it makes a revision of the bank."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def bank_of(self, row: Any) -> QuestionBank:
        raise NotImplementedError

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publishing.record(self.bank_of(form.instance), by=person(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        bank = self.bank_of(obj)
        super().delete_model(request, obj)
        publishing.record(bank, by=person(request))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(display.edit_address(self.bank_of(obj)))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(display.edit_address(self.bank_of(obj)))


class QuestionForm(forms.ModelForm):
    options = OptionsField(help_text="From position 0 to position 100.")


class QuestionInline(SortableStackedInline):
    model = Question
    form = QuestionForm
    extra = 0
    fields = (("prompt", "slug"), "help", ("shape", "reversed"), "options")
    prepopulated_fields = {"slug": ("prompt",)}


@admin.register(Criterion)
class CriterionAdmin(SortableAdminBase, PartOfBank):
    class Media:
        js = (Script("careersite/admin/form.js", type="module"),)

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
