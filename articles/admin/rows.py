"""Rows of a form, which others may add, delete and reorder while somebody writes."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.contrib.admin.options import InlineModelAdmin, TabularInline
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from articles import siblings
from articles.admin import linking, more_rows
from articles.admin.base import Choosing
from articles.admin.known import Known, KnownAutocomplete, KnownChoiceField, KnownChoicesField, key
from articles.records import link_table

GONE = (
    "This row was deleted by somebody else meanwhile. The rest of the form is kept, and so is what you typed "
    "here, as a new row: save again to add it anew, or remove it first."
)
TAKEN = "Somebody else added the same meanwhile. Remove this row and save again: theirs stays."


class RowForm(forms.ModelForm):
    """A row whose choices were found to be there: nobody asks the database for them again."""

    def _post_clean(self) -> None:
        fields = ((name, field) for name, field in self.fields.items() if self.cleaned_data.get(name))
        self.found = {name for name, field in fields if isinstance(field, KnownChoiceField)}
        super()._post_clean()  # type: ignore[misc]
        self.found = set()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | getattr(self, "found", set())  # type: ignore[misc]


class RowFormSet(CustomInlineFormSet):
    """Takes in rows as they were when the page was made, and says where they aren't so any more.

    However many rows there are, they are checked and stored with the same few queries.
    """

    data: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gone: dict[int, str | None] = {}  # the keys that rows at these places had
        self.told: set[int] = set()  # those of which the page has said so before
        self._known: dict[str, Known] = {}
        if self.is_bound and self.management_form.is_valid():
            self._part_with_gone_rows()

    @cached_property
    def empty_form(self) -> Any:
        """What a new row begins as: the page asks for it in several places, and would make it in each."""
        return super().empty_form

    def _part_with_gone_rows(self) -> None:
        """Rows that are no longer there come after those that are, as new ones, unless they were to go."""
        there = {str(row.pk) for row in self.stored()}
        keys = dict(enumerate(self._sent()))
        told = {
            place: key
            for place in range(len(keys), self.total_form_count())
            if (key := self._sent_key(place))
        }
        gone = {place: key for place, key in keys.items() if key is not None and key not in there}
        if not gone and not told:
            return
        gone |= {place: key for place, key in told.items() if key not in there}
        stayed = [place for place in keys | told if place not in gone]
        kept = [place for place in gone if f"{self.add_prefix(place)}-DELETE" not in self.data]
        new = [place for place in range(len(keys), self.total_form_count()) if place not in told]
        self.data = rearranged(self.data, self.prefix, [*stayed, *kept, *new])
        self.gone = dict(enumerate((gone[place] for place in kept), start=len(stayed)))
        self.told = {len(stayed) + number for number, place in enumerate(kept) if place in told}
        if not self._has_lasting_keys:
            for place in self.gone:
                self.data[self._key(place)] = ""
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(stayed))
        del self.management_form

    def _sent(self) -> list[str | None]:
        """The keys of the rows that were there when the page was made."""
        count = min(self.initial_form_count(), self.total_form_count())
        return [self._sent_key(place) for place in range(count)]

    def _sent_key(self, place: int) -> str | None:
        return self.data.get(self._key(place))

    def _key(self, place: int) -> str:
        return f"{self.add_prefix(place)}-{self.model._meta.pk.name}"

    @property
    def _has_lasting_keys(self) -> bool:
        """Whether a row can be stored again as the one that it was."""
        return isinstance(self.model._meta.pk, models.UUIDField)

    def get_queryset(self) -> Any:
        """In the order in which they were sent: pages pair rows and forms by their places."""
        return self._matched if self.is_bound else self.stored()

    def stored(self) -> Any:
        """The rows that there are now."""
        return super().get_queryset()

    @cached_property
    def _matched(self) -> list[Any]:
        rows = {str(row.pk): row for row in self.stored()}
        return [rows.pop(pk) for pk in self._sent() if pk in rows] + list(rows.values())

    # --- What rows name ----------------------------------------------------------------------

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if not self.is_bound:
            _know_what_is_chosen(form)
            return
        form.fields[self.model._meta.pk.name] = self._key_field(form, index)
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField | KnownChoicesField):
                field.known = partial(self.named, name, field)
                _tell(field, field.known)
        # What is as it was stored was checked then.
        form.empty_permitted |= not form.instance._state.adding and self._is_at_home(form)

    def _key_field(self, form: Any, index: int | None) -> forms.Field:
        """Django's own reads the row again, once for each."""
        if index in self.gone and self._has_lasting_keys:
            return forms.UUIDField(required=False, widget=forms.HiddenInput)
        old = form.fields[self.model._meta.pk.name]
        return KnownChoiceField(old.queryset, initial=old.initial, required=False, widget=old.widget)

    def _is_at_home(self, form: Any) -> bool:
        return self.data.get(form.add_prefix(self.fk.name), "") in ("", str(self.instance.pk))

    def named(self, name: str, field: Any) -> Known:
        """All that the rows sent name in a column, by primary key."""
        if name == self.model._meta.pk.name:
            return self._by_key
        if name not in self._known:
            names = (f"{self.add_prefix(place)}-{name}" for place in range(self.total_form_count()))
            texts = {text for each in names for text in self.data.getlist(each)}
            self._known[name] = field.queryset.in_bulk({key(field, text) for text in texts} - {None})
        return self._known[name]

    @cached_property
    def _by_key(self) -> Known:
        return {row.pk: row for row in self.get_queryset()}

    # --- What is refused ---------------------------------------------------------------------

    def clean(self) -> None:
        for form in self.initial_forms:
            form.cleaned_data = form.cleaned_data or self._distinct_values(form)
        contested = getattr(self.instance, "overtaken", None) is not None  # both versions are to be shown
        for place, was in self.gone.items():
            if not (self._keeps_its_key(self.forms[place], was) and contested) and place not in self.told:
                self.forms[place].add_error(None, GONE)
        for form in self.forms:
            _show_hidden_errors(form)
            if self._is_taken(form):
                form.add_error(None, TAKEN)
        linking.refuse_missing(form for form in self.forms if form not in self.deleted_forms)
        super().clean()

    def _keeps_its_key(self, form: Any, key: Any) -> bool:
        if not self._has_lasting_keys:
            return False
        try:
            pk = self.model._meta.pk.to_python(key)
        except ValidationError:
            return False
        if self.model._default_manager.filter(pk=pk).exists():
            return False
        form.instance.pk = pk
        return True

    def _is_taken(self, form: Any) -> bool:
        place = siblings.place(form.instance, self.fk.name)
        return bool(place) and place in self._added_meanwhile

    @cached_property
    def _added_meanwhile(self) -> list[Any]:
        sent = self._sent()
        return [siblings.place(row, self.fk.name) for row in self.get_queryset() if str(row.pk) not in sent]

    def _distinct_values(self, form: Any) -> dict[str, Any]:
        """What an unchanged row has that no other may have."""
        columns = siblings.distinct_columns(self.model, self.fk.name)
        values = {column.name: getattr(form.instance, column.attname) for column in columns}
        return {self.fk.name: self.instance, **values}

    # --- Saving ------------------------------------------------------------------------------

    def save(self, commit: bool = True) -> list[Any]:
        found = super().save(commit=False)
        if commit:
            self._store()
        return found

    def get_max_order(self) -> int:
        """The position before that of a new row: new ones follow each other."""
        self._last += 1
        return self._last - 1

    @cached_property
    def _last(self) -> int:
        column = self.default_order_field
        rows = self.model._default_manager.filter(**{self.fk.attname: self.instance.pk})
        return rows.aggregate(last=Max(column))["last"] or 0

    def _store(self) -> None:
        rows = self.model._default_manager
        siblings.make_way(self.model, self.fk.name, [form.instance.pk for form in self._leaving()])
        if self.deleted_objects:
            rows.filter(pk__in=[row.pk for row in self.deleted_objects]).delete()
        columns = [column.name for column in self.model._meta.concrete_fields if not column.primary_key]
        rows.bulk_update([row for row, _ in self.changed_objects], columns)
        rows.bulk_create(self.new_objects)
        for column in self.model._meta.many_to_many:
            self._link(column.name, [form for form in self.saved_forms if column.name in form.changed_data])

    def _link(self, name: str, rows: Iterable[Any]) -> None:
        """Store what rows name in a many-to-many column."""
        named = {form.instance.pk: form.cleaned_data[name] for form in rows}
        if not named:
            return
        through, owner, target = link_table(self.model, name)
        if before := named.keys() - {row.pk for row in self.new_objects}:
            through.objects.filter(**{f"{owner}__in": before}).delete()
        through.objects.bulk_create(
            through(**{f"{owner}_id": pk, f"{target}_id": other.pk})
            for pk, others in named.items()
            for other in others
        )

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """A row that others deleted stands where it stood, be that the first place, which counts as none."""
        row = super().save_new(form, commit)
        column = self.default_order_field
        if column and any(form is self.forms[place] for place in self.gone):
            setattr(row, column, form.cleaned_data.get(column) or 0)
            if commit:
                row.save(update_fields=[column])
        return row

    def _leaving(self) -> list[Any]:
        """Forms of rows that go, or that others may follow in what they name."""
        names = {column.name for column in siblings.distinct_columns(self.model, self.fk.name)}
        return [
            form
            for form in self.initial_forms
            if form in self.deleted_forms or names.intersection(form.changed_data)
        ]


class Rows(Choosing, InlineModelAdmin):
    form: type[forms.ModelForm] = RowForm
    formset: type[RowFormSet] = RowFormSet

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return super().get_extra(request, obj, **kwargs) + more_rows.asked(request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(self, TabularInline):  # its fields have no label but the column's heading
            field.widget.attrs["aria-label"] = capfirst(field.label)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", KnownChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", KnownChoicesField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def rearranged(data: QueryDict, prefix: str, order: Sequence[int]) -> QueryDict:
    """What was sent, with the rows in another order; those that it leaves out are not there any more."""
    places = {str(old): new for new, old in enumerate(order)}
    found = QueryDict(mutable=True)
    for name, values in data.lists():
        row = re.fullmatch(rf"{re.escape(prefix)}-(\d+)-(.+)", name)
        if row is None:
            found.setlist(name, values)
        elif row[1] in places:
            found.setlist(f"{prefix}-{places[row[1]]}-{row[2]}", values)
    found[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    return found


def _know_what_is_chosen(form: Any) -> None:
    """What was read together with a row is not asked for again."""
    for name, field in form.fields.items():
        if isinstance(field, KnownChoiceField) and (row := form.instance._state.fields_cache.get(name)):
            _tell(field, partial(dict, {row.pk: row}))


def _tell(field: forms.Field, known: Callable[[], Known]) -> None:
    widget = getattr(field.widget, "widget", field.widget)  # in the wrapper with the icon for a new one
    if isinstance(widget, KnownAutocomplete):
        widget.known = known


def _show_hidden_errors(form: forms.BaseForm) -> None:
    for field in form.hidden_fields():
        for error in field.errors:
            form.add_error(None, f"{field.label}: {error}")
