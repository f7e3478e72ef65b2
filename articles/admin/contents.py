"""What the contents list beside a form says of each group: its parts, how many rows, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten
from django.utils.text import capfirst


@dataclass(frozen=True, slots=True)
class Row:
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one sort: listed one by one where they are `named`, else as a number."""

    formset: Any
    title: str
    anchor: str
    alone: bool  # its group's heading says what it is
    named: bool
    rows: Sequence[Row]
    wrong: Sequence[str]  # where something is to be corrected, an anchor for each mistake


@dataclass(frozen=True, slots=True)
class Outline:
    """A group of the form as its page shows and lists it."""

    title: str
    anchor: str
    fieldset: Any
    template: str
    parts: Sequence[Part]
    field_errors: Sequence[str]

    @property
    def wrong(self) -> list[str]:
        return [*self.field_errors, *(anchor for each in self.parts for anchor in each.wrong)]

    @property
    def errors(self) -> int:
        return len(self.wrong)

    @property
    def first_error(self) -> str:
        return self.wrong[0]


def part(shown: Any, *, alone: bool) -> Part:
    """A set of rows as the admin shows it; `alone` where nothing else is in its group."""
    formset = shown.formset
    return Part(
        formset=shown,
        title=capfirst(str(shown.opts.verbose_name_plural).partition(" (")[0]),
        anchor=f"{formset.prefix}-group",
        alone=alone,
        named=getattr(shown.opts, "named_in_contents", False),
        rows=[
            Row(f"{formset.prefix}-{place}", str(form.instance))
            for place, form in enumerate(formset.initial_forms)
        ],
        wrong=row_errors(formset),
    )


def field_errors(fieldset: Any) -> list[str]:
    form = fieldset.form
    names = [name for name in flatten(fieldset.fields) if name in form.fields]
    return [f"{form[name].auto_id}_error" for name in names for _ in form.errors.get(name, ())]


def row_errors(formset: Any) -> list[str]:
    whole = [f"{formset.prefix}-group"] * len(formset.non_form_errors())
    staying = [
        (place, errors)
        for place, (form, errors) in enumerate(zip(formset.forms, formset.errors, strict=False))
        if not getattr(form, "cleaned_data", {}).get("DELETE")
    ]
    rows = [
        f"{formset.prefix}-{place}" for place, errors in staying for each in errors.values() for _ in each
    ]
    return whole + rows
