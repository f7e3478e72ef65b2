"""What is chosen before something is done to many articles: the options of each action, as jobs keep them."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import formats, workflow
from articles.admin.fields import MomentField, SentBackField
from articles.admin.known import FormedAutocompletes
from articles.admin.review_forms import BACKEND
from articles.models import Article, Tag


class KeyField(SentBackField, forms.UUIDField):
    """Of the job that this page starts, so that pressing the button twice starts one."""


class CountField(SentBackField, forms.IntegerField):
    """How many those were that the page spoke of."""


class BulkForm(forms.Form):
    key = KeyField(initial=uuid4)
    count = CountField()

    def options(self) -> dict[str, Any]:
        """As plain data."""
        return {}


class MomentForm(BulkForm):
    def refuse_past(self, name: str) -> Any:
        moment = self.cleaned_data[name]
        if moment and moment <= timezone.now():
            raise ValidationError(f"{formats.moment(moment)} has passed. Choose a time in the future.")
        return moment

    def plain(self, name: str) -> str | None:
        moment = self.cleaned_data[name]
        return moment.isoformat() if moment else None


class PublishForm(BulkForm):
    together = forms.BooleanField(
        label="Publish what they need as well",
        required=False,
        help_text="Without this, an article that needs others which are not live is refused, and says which.",
    )

    def options(self) -> dict[str, Any]:
        return {"together": self.cleaned_data["together"]}


class ScheduleForm(PublishForm, MomentForm):
    at = MomentField(label="Goes live on")
    until = MomentField(label="Until", required=False, help_text="Leave empty where it is to stay.")
    field_order = ("at", "until", "together")

    def clean_at(self) -> Any:
        return self.refuse_past("at")

    def clean_until(self) -> Any:
        at, until = self.cleaned_data.get("at"), self.cleaned_data["until"]
        if at and until and until <= at:
            raise ValidationError("It would end before it begins. Choose a later time.")
        return until

    def options(self) -> dict[str, Any]:
        return super().options() | {"at": self.plain("at"), "until": self.plain("until")}


class WithdrawForm(MomentForm):
    at = MomentField(label="When", required=False, help_text="Leave empty to withdraw them at once.")
    together = forms.BooleanField(
        label="Withdraw what needs them as well",
        required=False,
        help_text="Without this, an article that live ones need is refused, and says which.",
    )

    def clean_at(self) -> Any:
        return self.refuse_past("at")

    def options(self) -> dict[str, Any]:
        return {"at": self.plain("at"), "together": self.cleaned_data["together"]}


def tags_field(label: str) -> Any:
    widget = FormedAutocompletes(Article._meta.get_field("tags"), admin.site)
    return forms.ModelMultipleChoiceField(Tag.objects.all(), label=label, required=False, widget=widget)


class TagForm(BulkForm):
    add = tags_field("Add")
    remove = tags_field("Remove")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        added, removed = (set(cleaned.get(name) or ()) for name in ("add", "remove"))
        if both := added & removed:
            raise ValidationError(f"“{both.pop()}” is to be added and removed. Choose one of the two.")
        if not self.errors and not added | removed:
            raise ValidationError("Choose at least one tag to add or to remove.")
        return cleaned

    def options(self) -> dict[str, Any]:
        return {name: [str(tag.pk) for tag in self.cleaned_data[name]] for name in ("add", "remove")}


class AssignForm(BulkForm):
    to = forms.ModelChoiceField(
        User.objects.none(), label="Who is asked", required=False, empty_label="Whoever may review"
    )
    due_on = forms.DateField(
        label="Decide by",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Leave empty to keep the day that each has.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewers = User.objects.with_perm(workflow.REVIEW, backend=BACKEND)
        self.fields["to"].queryset = reviewers.order_by("username")  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise ValidationError(f"{formats.day(day)} has passed. Choose a day to come.")
        return day

    def options(self) -> dict[str, Any]:
        to, due_on = self.cleaned_data["to"], self.cleaned_data["due_on"]
        return {"to": to.pk if to else None, "due_on": due_on.isoformat() if due_on else None}
