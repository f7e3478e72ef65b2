"""Forms of reviews: to submit, to assign, to decide, and to write notes."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import User
from django.utils import timezone

from articles import approvals, notes, places, workflow
from articles.admin.fields import PlainTextField, printable
from articles.admin.forms import StandingField
from articles.models import Article, ReviewNote, Revision

BACKEND = "django.contrib.auth.backends.ModelBackend"


def note_field(label: str, help_text: str = "", *, required: bool = False) -> Any:
    widget = AdminTextareaWidget(attrs={"rows": 4})
    field = PlainTextField(
        label=label,
        max_length=workflow.LONGEST_NOTE,
        required=required,
        widget=widget,
        help_text=help_text,
    )
    return printable(field)


class ReviewForm(forms.Form):
    """A decision about a review, on the ground of the page that somebody saw."""

    seen = StandingField()

    def __init__(self, article: Article, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        self.article, self.review = article, approvals.current(article)
        seen = {"seen": workflow.standing(self.review)}
        super().__init__(data, initial={**self.first(), **(initial or {}), **seen})

    def first(self) -> dict[str, Any]:
        """What its fields begin with."""
        return {}

    def decision(self) -> dict[str, Any]:
        """The arguments of the transition."""
        return self.cleaned_data | {"seen": self.cleaned_data["seen"] or None}


class AskingForm(ReviewForm):
    """Who is to decide, and until when."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), label="Who is asked", required=False, empty_label="Whoever may review"
    )
    due_on = forms.DateField(
        label="Decide by",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Leave empty where there is no hurry.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewers = User.objects.with_perm(workflow.REVIEW, backend=BACKEND)
        self.fields["assignee"].queryset = reviewers.order_by("username")  # type: ignore[attr-defined]

    def first(self) -> dict[str, Any]:
        """As it was asked last; a day that has passed is to be chosen anew."""
        if self.review is None:
            return {}
        due_on = self.review.due_on
        to_come = due_on if due_on and due_on >= timezone.localdate() else None
        return {"assignee": self.review.assignee, "due_on": to_come}


class SubmitForm(AskingForm):
    note = note_field("What to know", "What has changed and why, for whoever decides.")


class AssignForm(AskingForm):
    def decision(self) -> dict[str, Any]:
        found = super().decision()
        return {"to": found.pop("assignee")} | found


class ChangesForm(ReviewForm):
    revision = forms.ModelChoiceField(Revision.objects.none(), required=False, widget=forms.HiddenInput)
    note = note_field("What is to change", "Notes that are pinned to a part go with it.")

    def __init__(self, article: Article, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(article, data, initial)
        revisions = article.revisions.select_related("author").defer("text")
        self.fields["revision"].queryset = revisions  # type: ignore[attr-defined]

    def first(self) -> dict[str, Any]:
        return {"revision": self.article.revisions.defer("text").first()}


class ApproveForm(ChangesForm):
    """Names the revision that was looked at."""

    note = note_field("With a word")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].required = True


class RecallForm(ReviewForm):
    pass


class NoteForm(forms.Form):
    place = forms.CharField(label="About", max_length=200, required=False)
    text = printable(
        PlainTextField(label="Note", max_length=notes.LONGEST, widget=AdminTextareaWidget(attrs={"rows": 3}))
    )

    def clean_place(self) -> Any:
        return places.parse(self.cleaned_data["place"])


class AboutNoteForm(forms.Form):
    """Names a note of an article."""

    note = forms.ModelChoiceField(ReviewNote.objects.none())

    def __init__(self, article: Article, data: Any) -> None:
        super().__init__(data)
        found = ReviewNote.objects.filter(review__article=article.pk).select_related("review", "author")
        self.fields["note"].queryset = found  # type: ignore[attr-defined]


class AnswerForm(AboutNoteForm):
    text = printable(PlainTextField(label="Answer", max_length=notes.LONGEST))


class ResolveForm(AboutNoteForm):
    again = forms.BooleanField(required=False)  # it is not done after all
