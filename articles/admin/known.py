"""Choices of rows: what all rows of a form name is read once, and not for each of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model

T = TypeVar("T")
Known = Mapping[Any, Any]  # rows by primary key


def nothing() -> Known:
    return {}


class KnownChoiceField(forms.ModelChoiceField):
    """Finds what was chosen among what is known; what is not is looked up, and refused as usual."""

    known: Callable[[], Known] = staticmethod(nothing)

    def to_python(self, value: Any) -> Any:
        return self.known().get(key(self, value)) or super().to_python(value)


class FormedAutocomplete(AutocompleteMixin):
    """What isn't formed like an identifier is not looked for: the page that says so couldn't be made."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        field: Any = self.choices.field
        return super().optgroups(name, [text for text in value if key(field, text) is not None], attr)


class FormedAutocompletes(FormedAutocomplete, AutocompleteSelectMultiple):
    pass


class KnownAutocomplete(FormedAutocomplete, AutocompleteSelect):
    """Shows what is chosen; what is not known is asked for, once for each row."""

    known: Callable[[], Known] = staticmethod(nothing)

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        field: Any = self.choices.field
        texts = [text for text in value if text]
        rows: list[Any] = [self.known().get(key(field, text)) for text in texts]
        if not all(rows):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        for row in rows:
            label = field.label_from_instance(row)
            options.append(self.create_option(name, row.pk, label, selected=True, index=len(options)))
        return [(None, options, 0)]


class KnownChoicesField(forms.ModelMultipleChoiceField):
    known: Callable[[], Known] = staticmethod(nothing)

    def clean(self, value: Any) -> Any:
        chosen = value if isinstance(value, list | tuple) else []
        found = [self.known().get(key(self, each)) for each in chosen]
        return list(dict.fromkeys(found)) if found and all(found) else super().clean(value)


def once(article: Model, name: str, read: Callable[[], T]) -> T:
    """What several sets of rows need to know of the article whose form they are in.

    The article holds it, which is read anew for each request.
    """
    held = vars(article).setdefault("_read_for_rows", {})
    if name not in held:
        held[name] = read()
    found: T = held[name]
    return found


def key(field: forms.ModelChoiceField, value: Any) -> Any:
    """The primary key that a text stands for; None where it stands for none."""
    try:
        return field.queryset.model._meta.pk.to_python(value) if value else None  # type: ignore[union-attr]
    except ValidationError:
        return None
