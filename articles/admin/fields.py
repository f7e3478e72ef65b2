"""Form fields of the editors' desk: what may be typed into them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.urls import reverse_lazy
from django_prose_editor.fields import ProseEditorFormField

from articles.records import UNPRINTABLE
from articles.richtext import RichTextField, cleaned


def validate_printable(value: str) -> None:
    """No document can hold control characters."""
    if found := UNPRINTABLE.search(value):
        raise ValidationError(f"This has the control character U+{ord(found[0]):04X}. Remove it.")


def printable(field: forms.Field) -> forms.Field:
    """The field, refusing control characters in place of Django's own refusal of one of them."""
    others = [each for each in field.validators if not isinstance(each, ProhibitNullCharactersValidator)]
    field.validators = [*others, validate_printable]
    return field


YEARS = range(1990, 2200)  # of moments that somebody may name; every time zone can express them


class MomentField(forms.DateTimeField):
    """A moment in the time zone of the site."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> Any:
        moment = super().to_python(value)
        if moment and moment.year not in YEARS:
            raise ValidationError(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")
        return moment


class PlainTextField(forms.CharField):
    """Text with the line ends it came with: browsers send CRLF, and that alone is no change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text and text.replace("\r\n", "\n")


class ProseField(ProseEditorFormField):
    """Sanitised here already, as that writes out the characters that `&#2;` and the like stand for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Where the link chooser asks for articles, and by which name their addresses may begin.
        self.widget.attrs["data-link-targets"] = reverse_lazy("admin:link_targets")
        self.widget.attrs["data-link-site"] = settings.SITE_URL

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        validate_printable(text)
        return text


class SentBackField(forms.Field):
    """What held when the page was made; it goes back with the form."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


FORM_FIELDS: dict[type[models.Field], dict[str, Any]] = {
    RichTextField: {"form_class": ProseField, "sanitize": cleaned, "widget": AdminTextareaWidget},
    models.TextField: {"form_class": PlainTextField, "widget": AdminTextareaWidget(attrs={"rows": 3})},
    models.URLField: {"assume_scheme": "https"},
}
