"""Choices of rows: what all rows of a form name is read once, and not for each of them."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

Known = Mapping[Any, Any]  # rows by primary key


def nothing() -> Known:
    return {}


class KnownChoiceField(forms.ModelChoiceField):
    """Finds what was chosen among what is known; what is not is looked up, and refused as usual."""

    known: Callable[[], Known] = staticmethod(nothing)

    def to_python(self, value: Any) -> Any:
        return self.known().get(key(self, value)) or super().to_python(value)


class KnownChoicesField(forms.ModelMultipleChoiceField):
    known: Callable[[], Known] = staticmethod(nothing)

    def clean(self, value: Any) -> Any:
        chosen = value if isinstance(value, list | tuple) else []
        found = [self.known().get(key(self, each)) for each in chosen]
        return list(dict.fromkeys(found)) if found and all(found) else super().clean(value)


def key(field: forms.ModelChoiceField, value: Any) -> Any:
    """The primary key that a text stands for; None where it stands for none."""
    try:
        return field.queryset.model._meta.pk.to_python(value) if value else None  # type: ignore[union-attr]
    except ValidationError:
        return None
