"""Rows of a form, which others may add, delete and reorder while somebody writes."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.http import QueryDict

from articles import siblings
from articles.admin.base import Choosing

GONE = (
    "This row was deleted by somebody else meanwhile. The rest of the form is kept, and so is what you typed "
    "here, as a new row: save again to add it anew, or remove it first."
)
TAKEN = "Somebody else added the same meanwhile. Remove this row and save again: theirs stays."


class RowFormSet(CustomInlineFormSet):
    """Takes in rows as they were when the page was made, and says where they aren't so any more."""

    data: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gone = range(0)
        if self.is_bound and self.management_form.is_valid():
            self._part_with_gone_rows()

    def _part_with_gone_rows(self) -> None:
        """Rows that are no longer there come after those that are, as new ones, unless they were to go."""
        there = {str(row.pk) for row in super().get_queryset()}
        sent = self._sent()
        gone = [place for place, pk in enumerate(sent) if pk is not None and pk not in there]
        if not gone:
            return
        kept = [place for place in gone if f"{self.add_prefix(place)}-DELETE" not in self.data]
        stayed = [place for place in range(len(sent)) if place not in gone]
        self.gone = range(len(stayed), len(stayed) + len(kept))
        self.data = rearranged(
            self.data, self.prefix, [*stayed, *kept, *range(len(sent), self.total_form_count())]
        )
        for place in self.gone:
            self.data[self._key(place)] = ""
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(stayed))
        del self.management_form

    def _sent(self) -> list[str | None]:
        """The keys of the rows that were there when the page was made."""
        count = min(self.initial_form_count(), self.total_form_count())
        return [self.data.get(self._key(place)) for place in range(count)]

    def _key(self, place: int) -> str:
        return f"{self.add_prefix(place)}-{self.model._meta.pk.name}"

    def get_queryset(self) -> Any:
        """In the order in which they were sent: pages pair rows and forms by their places."""
        return self._matched if self.is_bound else super().get_queryset()

    @cached_property
    def _matched(self) -> list[Any]:
        rows = {str(row.pk): row for row in super().get_queryset()}
        return [rows.pop(pk) for pk in self._sent() if pk in rows] + list(rows.values())

    # --- What is refused ---------------------------------------------------------------------

    def clean(self) -> None:
        for place in self.gone:
            self.forms[place].add_error(None, GONE)
        for form in self.forms:
            _show_hidden_errors(form)
            if self._is_taken(form):
                form.add_error(None, TAKEN)
        super().clean()

    def _is_taken(self, form: Any) -> bool:
        place = siblings.place(form.instance, self.fk.name)
        return bool(place) and place in self._added_meanwhile

    @cached_property
    def _added_meanwhile(self) -> list[Any]:
        sent = self._sent()
        return [siblings.place(row, self.fk.name) for row in self.get_queryset() if str(row.pk) not in sent]

    # --- Saving ------------------------------------------------------------------------------

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        if commit:
            siblings.make_way(self.model, self.fk.name, [form.instance.pk for form in self._leaving()])
        return super().save_existing_objects(commit)

    def _leaving(self) -> list[Any]:
        """Forms of rows that go, or that others may follow in what they name."""
        names = {column.name for column in siblings.distinct_columns(self.model, self.fk.name)}
        return [
            form
            for form in self.initial_forms
            if form in self.deleted_forms or names.intersection(form.changed_data)
        ]


class Rows(Choosing, InlineModelAdmin):
    formset = RowFormSet


def rearranged(data: QueryDict, prefix: str, order: Sequence[int]) -> QueryDict:
    """What was sent, with the rows in another order; those that it leaves out are not there any more."""
    places = {str(old): new for new, old in enumerate(order)}
    found = QueryDict(mutable=True)
    for key, values in data.lists():
        row = re.fullmatch(rf"{re.escape(prefix)}-(\d+)-(.+)", key)
        if row is None:
            found.setlist(key, values)
        elif row[1] in places:
            found.setlist(f"{prefix}-{places[row[1]]}-{row[2]}", values)
    found[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    return found


def _show_hidden_errors(form: forms.BaseForm) -> None:
    for field in form.hidden_fields():
        for error in field.errors:
            form.add_error(None, f"{field.label}: {error}")
