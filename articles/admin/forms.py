"""Forms of the editors' desk: the article itself, and each decision about it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import conflicts, kinds, open_forms, publishing
from articles.admin import display
from articles.admin.fields import MomentField, PlainTextField, SentBackField, printable
from articles.models import Article, Publication, Revision

TAKEN_UP = "taken_up"  # refuses, without being a mistake, a form that shows what was typed before
PURGED = "This was removed for good meanwhile. Copy what you typed into a new article."


class StandingField(SentBackField, forms.CharField):
    """What was live and scheduled."""


class NumberField(SentBackField, forms.IntegerField):
    """The newest revision's number; none is 0."""


class PageField(SentBackField, forms.UUIDField):
    """Which page this form stands on, as two tabs of one person count as two."""


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
    page = PageField(initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.kind = self.kind.name
        else:
            self.initial["seen"] = publishing.standing(self.instance)
            self.initial["based_on"] = self.instance.revisions.values_list("number", flat=True).first() or 0

    def _save_m2m(self) -> None:
        """Django's hook: tags that stay as they are need not be read once more."""
        if "tags" in self.changed_data:
            super()._save_m2m()  # type: ignore[misc]  # the stubs leave it out

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug != self.initial.get("slug") or self.instance._state.adding:
            publishing.take_turn()  # so that of two who choose it at once, the second finds it taken
        others = Article.objects.of_kind(self.kind.name).exclude(pk=self.instance.pk)
        if other := others.filter(slug=slug).first():
            raise ValidationError(slug_taken(other))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_trashed()
        if "_take_up" in self.data:
            raise ValidationError("This is not stored until you save it.", code=TAKEN_UP)
        if not self.instance._state.adding and "_preview" not in self.data:
            if "_publish" in self.data:
                publishing.take_turn()
            try:
                self.instance.overtaken = conflicts.overtaken(self.instance, self._knows(cleaned))
            except Article.DoesNotExist:
                raise ValidationError(PURGED) from None
            self._refuse_trashed()  # by whoever had the article locked until now
        if "_return" in self.data:
            raise ValidationError("This is the form with all that you typed. Nothing of it is stored yet.")
        return cleaned

    def _refuse_trashed(self) -> None:
        if self.instance.trashed_at:
            raise ValidationError(trashed_meanwhile(self.instance, self.instance.trashed_at))

    def _knows(self, cleaned: dict[str, Any]) -> int:
        """The newest revision that this page was made from, or that was saved from it."""
        page, based_on = cleaned.get("page"), cleaned.get("based_on") or 0
        return max(based_on, open_forms.last_saved(page, self.instance, self.editor) if page else 0)


def slug_taken(by: Article) -> SafeString | str:
    if by.trashed_at is None:
        return f"“{by.title}” has this slug. Choose another."
    return format_html(
        "“{}” in the trash has this slug. Choose another, or put that one back and change its slug.",
        display.edit_link(by),
    )


def trashed_meanwhile(article: Article, moment: datetime) -> SafeString:
    return format_html(
        "{} moved this to the trash on {}, so nothing of yours is stored. All that you typed is kept below. "
        "{}, then save here again.",
        article.trashed_by or "Somebody",
        display.moment(moment),
        display.put_back_link(article),
    )


def overtaken_note(by: Revision) -> SafeString:
    return format_html(
        "{} saved {} on {}, after you had opened this page, so nothing of yours is stored yet. All that you "
        "typed is kept below; the {} has what they wrote. When you save, both versions are shown side by "
        "side, and you choose.",
        by.author or "Somebody",
        by,
        display.moment(by.created_at),
        display.history_link(by.article),
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
    at = MomentField(label="Goes live on")
    until = MomentField(label="Until", required=False, help_text="Leave empty where it is to stay.")

    def decision(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().decision() | {"at": cleaned["at"], "until": cleaned["until"]}


class WithdrawForm(DecisionForm):
    at = MomentField(label="When", required=False, help_text="Leave empty to withdraw it at once.")

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
