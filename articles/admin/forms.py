"""Forms of the editors' desk: the article itself, and each decision about it."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import kinds, publishing
from articles.admin import display
from articles.admin.fields import PlainTextField, SentBackField, printable
from articles.models import Article, Publication, Revision

MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class StandingField(SentBackField, forms.CharField):
    """What was live and scheduled."""


class NumberField(SentBackField, forms.IntegerField):
    """The newest revision's number; none is 0."""


class ArticleForm(forms.ModelForm):
    """The working copy of an article of the `kind` that its admin sets, as the `editor` wants it."""

    kind: ClassVar[kinds.Kind]
    editor: ClassVar[User]
    data: Any
    note = printable(
        forms.CharField(
            label="Note on this change",
            max_length=300,
            required=False,
            widget=AdminTextInputWidget,
            help_text="For the history: what you changed, and why.",
        )
    )
    seen = StandingField()
    based_on = NumberField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.kind = self.kind.name
        else:
            self.initial["seen"] = publishing.standing(self.instance)
            self.initial["based_on"] = self.instance.revisions.values_list("number", flat=True).first() or 0

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        others = Article.objects.of_kind(self.kind.name).exclude(pk=self.instance.pk)
        if other := others.filter(slug=slug).first():
            raise ValidationError(f"“{other.title}” has this slug. Choose another.")
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stored = not self.instance._state.adding and "_preview" not in self.data
        if stored and (newer := self._newer(cleaned.get("based_on") or 0)):
            self.data = self.data.copy()
            self.data[self.add_prefix("based_on")] = str(newer.number)
            raise ValidationError(overtaken(newer))
        return cleaned

    def _newer(self, number: int) -> Revision | None:
        """What somebody else has saved since."""
        if "_publish" in self.data:
            publishing.take_turn()
        Article.objects.select_for_update().get(pk=self.instance.pk)  # two who save at once take turns
        others = self.instance.revisions.exclude(author=self.editor).select_related("author", "article")
        newest = others.defer("text").first()
        return newest if newest and newest.number > number else None


def overtaken(by: Revision) -> SafeString:
    return format_html(
        "{} saved {} on {}, after you had opened this page, so nothing of yours is stored yet. All that you "
        "typed is kept below. The {} has what they wrote: take over from it what is to stay, and save again. "
        "This page now counts as made from {}, and saving it puts yours in place of theirs.",
        by.author or "Somebody",
        by,
        display.moment(by.created_at),
        display.history_link(by.article),
        by,
    )


class DecisionForm(forms.Form):
    """A transition that somebody decides on, on the ground of the page they saw."""

    seen = StandingField()
    together = forms.BooleanField(required=False)  # the value of a button

    def __init__(self, article: Article, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**(initial or {}), "seen": publishing.standing(article)})
        self.article = article

    def decision(self) -> dict[str, Any]:
        """The arguments of the transition."""
        return {"seen": self.cleaned_data["seen"] or None}


class BeginningForm(DecisionForm):
    """A decision that makes something live."""

    override = printable(
        PlainTextField(
            label="Why it is to be published all the same",
            max_length=publishing.LONGEST_OVERRIDE,
            required=False,
            widget=AdminTextareaWidget(attrs={"rows": 3}),
            help_text="The history keeps it, with your name.",
        )
    )

    def decision(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().decision() | {"with_required": cleaned["together"], "override": cleaned["override"]}


class PublishForm(BeginningForm):
    revision = forms.ModelChoiceField(Revision.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, article: Article, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(article, data, initial)
        self.fields["revision"].queryset = article.revisions.all()  # type: ignore[attr-defined]

    def decision(self) -> dict[str, Any]:
        return super().decision() | {"revision": self.cleaned_data["revision"]}


class ScheduleForm(BeginningForm):
    at = forms.DateTimeField(label="Goes live on", widget=MOMENT)
    until = forms.DateTimeField(
        label="Until", required=False, widget=MOMENT, help_text="Leave empty where it is to stay."
    )

    def decision(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().decision() | {"at": cleaned["at"], "until": cleaned["until"]}


class WithdrawForm(DecisionForm):
    at = forms.DateTimeField(
        label="When", required=False, widget=MOMENT, help_text="Leave empty to withdraw it at once."
    )

    def decision(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().decision() | {"at": cleaned["at"], "with_dependents": cleaned["together"]}


class CancelForm(DecisionForm):
    publication = forms.ModelChoiceField(Publication.objects.none())

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(article, data)
        self.fields["publication"].queryset = article.publications.all()  # type: ignore[attr-defined]


class RestoreForm(forms.Form):
    revision = forms.ModelChoiceField(Revision.objects.none())

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(data)
        self.fields["revision"].queryset = article.revisions.all()  # type: ignore[attr-defined]
