"""Forms of the editors' desk: the article itself, and each decision about it."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from articles import kinds, publishing
from articles.models import Article, Publication, Revision
from articles.richtext import RichTextField

MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class PlainTextField(forms.CharField):
    """Text with the line ends it came with: browsers send CRLF, and that alone is no change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text and text.replace("\r\n", "\n")


FORM_FIELDS: dict[type[models.Field], dict[str, Any]] = {
    RichTextField: {"widget": AdminTextareaWidget},
    models.TextField: {"form_class": PlainTextField, "widget": AdminTextareaWidget(attrs={"rows": 3})},
    models.URLField: {"assume_scheme": "https"},
}


class Choosing(BaseModelAdmin):
    """Choices without the icons that change or delete what is chosen: it belongs to others as well."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class StandingField(forms.CharField):
    """What was live and scheduled when the page was made; it goes back with every decision."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ArticleForm(forms.ModelForm):
    """The working copy of an article of the `kind` that its admin sets."""

    kind: ClassVar[kinds.Kind]
    note = forms.CharField(
        label="Note on this change",
        max_length=300,
        required=False,
        widget=AdminTextInputWidget,
        help_text="For the history: what you changed, and why.",
    )
    seen = StandingField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.kind = self.kind.name
        else:
            self.initial["seen"] = publishing.standing(self.instance)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        others = Article.objects.of_kind(self.kind.name).exclude(pk=self.instance.pk)
        if other := others.filter(slug=slug).first():
            raise ValidationError(f"“{other.title}” has this slug. Choose another.")
        return slug


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


class PublishForm(DecisionForm):
    revision = forms.ModelChoiceField(Revision.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, article: Article, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(article, data, initial)
        self.fields["revision"].queryset = article.revisions.all()  # type: ignore[attr-defined]

    def decision(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().decision() | {
            "revision": cleaned["revision"],
            "with_required": cleaned["together"],
        }


class ScheduleForm(DecisionForm):
    at = forms.DateTimeField(label="Goes live on", widget=MOMENT)
    until = forms.DateTimeField(
        label="Until", required=False, widget=MOMENT, help_text="Leave empty where it is to stay."
    )

    def decision(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().decision() | {
            "at": cleaned["at"],
            "until": cleaned["until"],
            "with_required": cleaned["together"],
        }


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
