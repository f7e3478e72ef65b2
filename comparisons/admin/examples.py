"""Reader examples in the form of their comparison: a choice for each question and each criterion."""

from collections.abc import Sequence
from functools import cached_property
from uuid import UUID

from adminsortable2.admin import SortableStackedInline
from django import forms
from django.db.models import Count
from django.utils.text import format_lazy

from articles.admin.rows import RowFormSet, Rows
from comparisons.admin.contenders import NamesContenders
from comparisons.admin.forms import Choice, ChoicesField
from comparisons.answers import DEFAULT_IMPORTANCE, POSITIONS
from comparisons.models import CareerPath, Comparison, Criterion, FormQuestion, Question, ReaderExample
from comparisons.sensitivity import IMPORTANCES

NUMBERED = tuple(f"option {number}" for number in range(1, len(POSITIONS) + 1))
NOTHING = "Nothing can be answered yet: on no question all paths have a rating."
USUAL = format_lazy("as usual: {}", IMPORTANCES[DEFAULT_IMPORTANCE])


class ReaderExampleFormSet(NamesContenders, RowFormSet):
    """What is asked is read once for all rows. What an example still answers beside that stays in sight."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "answers" in form.fields:
            form.fields["answers"] = ChoicesField(
                self.questions,
                "skipped",
                label="What they answer",
                help_text="" if self.questions else NOTHING,
            )
            form.fields["importances"] = ChoicesField(
                self.criteria, str(USUAL), label="How much each area matters to them"
            )
            self.offer(form.fields["expected"], "too close to call", self.left)

    @cached_property
    def questions(self) -> list[Choice]:
        asked = [Choice(str(question.pk), question.prompt, question.options) for question in self.asked]
        strangers = self._stored("answers") - {choice.key for choice in asked}
        known = {str(question.pk): question for question in Question.objects.filter(pk__in=strangers)}
        return asked + [
            Choice(key, f"{known[key].prompt} (not asked here)", known[key].options)
            if key in known
            else Choice(key, "A question that is not there any more", NUMBERED)
            for key in sorted(strangers)
        ]

    @cached_property
    def criteria(self) -> list[Choice]:
        asked = {str(question.criterion_id): question.criterion.name for question in self.asked}
        strangers = self._stored("importances") - asked.keys()
        known = {str(each.pk): each.name for each in Criterion.objects.filter(pk__in=strangers)}
        names = asked | {
            key: f"{known[key]} (not asked here)" if key in known else "An area that is not there any more"
            for key in sorted(strangers)
        }
        return [Choice(key, name, tuple(map(str, IMPORTANCES))) for key, name in names.items()]

    @cached_property
    def left(self) -> dict[str, str]:
        """Paths that examples should lead to and that are not compared here any more."""
        pks = {row.expected_id for row in self.get_queryset() if row.expected_id}
        strangers = {pk for pk in pks if str(pk) not in self.contenders}
        found = CareerPath.objects.filter(pk__in=strangers) if strangers else ()
        return {str(path.pk): f"{path.title} (not compared here)" for path in found}

    @cached_property
    def asked(self) -> list[Question]:
        return asked_questions(self.instance, list(self.contenders))

    def _stored(self, column: str) -> set[str]:
        return {key for row in self.get_queryset() for key in getattr(row, column)}


def asked_questions(comparison: Comparison, paths: Sequence[str]) -> list[Question]:
    """The questions that the comparison has chosen, or else those on which all its paths have a rating."""
    chosen = FormQuestion.objects.filter(comparison=comparison.pk).select_related("question__criterion")
    if found := [each.question for each in chosen]:
        return found
    rated = Question.objects.filter(ratings__path__in=list(map(UUID, paths))).annotate(rated=Count("ratings"))
    shared = rated.filter(rated=len(paths)).select_related("criterion")
    return list(shared.order_by("criterion__position", "criterion", "position", "pk"))


class ReaderExampleInline(Rows, SortableStackedInline):
    model = ReaderExample
    formset = ReaderExampleFormSet
    extra = 0
    classes = ("collapse",)
    fields = ("description", "expected", "answers", "importances")
    verbose_name_plural = "reader examples (publishing stops where one leads elsewhere)"
