"""Where on a form stands what a place of a document names: the field, else the row, else the set of rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from articles import comparing
from articles.checks.found import Place
from articles.records import Record


class Places:
    """The fields of an article's form and of its rows, by their places."""

    def __init__(self, record: Record, form: forms.ModelForm, formsets: Sequence[Any]) -> None:
        self.record, self.form, self.formsets = record, form, formsets
        self.rows = {str(row.instance.pk): row for each in formsets for row in each.forms if row.instance.pk}

    def anchor(self, place: Place) -> str:
        """The identifier of the element; that of the form's first field where the form has no such place."""
        return next(filter(None, self._nearest(place)), self.form["title"].auto_id)

    def _nearest(self, place: Place) -> Iterator[str]:
        for length in range(len(place), 0, -1):
            if row := self.rows.get(place[length - 1]):
                yield _field(row, place[length:]) or str(row.prefix)
        if len(place) == 1 or (place[:1] and place[0] in self.form.fields):
            yield _field(self.form, place)
        if place:
            yield self._set_of_rows(place[0])

    def _set_of_rows(self, name: str) -> str:
        """Rows are of the table that the list names, or stand between it and the article."""
        try:
            part: Any = comparing.part_named(self.record, name)
        except LookupError:
            return ""
        wanted = getattr(part, "record", None)
        model = wanted.model if wanted else getattr(part, "model", None)
        for each in self.formsets:
            if model in (each.model, *_referred_to(each.model)):
                return f"{each.prefix}-group"
        return ""


def _referred_to(model: Any) -> Iterator[Any]:
    return (column.related_model for column in model._meta.concrete_fields if column.many_to_one)


def _field(form: Any, names: Place) -> str:
    """A field; where it has several inputs, the one that the next name says."""
    if not names or names[0] not in form.fields:
        return ""
    field = form[names[0]]
    keys = getattr(field.field.widget, "keys", [])
    if len(names) > 1 and names[1] in keys:
        return f"{field.auto_id}_{keys.index(names[1])}"
    return str(field.auto_id)
