"""What unsaved work says otherwise than the form that offers it, in short. Asks the database for nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.text import get_text_list

BETWEEN_TAGS = re.compile(r">\s+<")


def in_short(typed: Mapping[str, list[str]], form: forms.BaseForm, inlines: Iterable[Any]) -> str:
    """Such as “Title, 2 points and 1 source”. Fields and rows as the form, which isn't bound, has them."""
    data = MultiValueDict(typed)
    found = [str(bound.label) for bound in form if _differs(bound, data, bound.html_name)]
    for inline in inlines:
        if number := sum(_changed_rows(inline.formset, data)):
            noun = inline.opts.verbose_name if number == 1 else inline.opts.verbose_name_plural
            found.append(f"{number} {noun}")
    return get_text_list(found, "and")


def _changed_rows(formset: Any, data: MultiValueDict[str, str]) -> Iterator[bool]:
    """For each row that was typed, whether it came, is to go, or says something else."""
    key = formset.model._meta.pk.name
    there = {str(row.instance.pk): row for row in formset.initial_forms}
    for place in range(_count(data.get(f"{formset.prefix}-TOTAL_FORMS"), formset.absolute_max)):
        prefix = f"{formset.prefix}-{place}"
        row = there.get(data.get(f"{prefix}-{key}", ""))
        goes = f"{prefix}-DELETE" in data
        said = any(_differs(bound, data, f"{prefix}-{bound.name}") for bound in row or formset.empty_form)
        yield (goes if row else False) or (said and not goes)


def _differs(bound: forms.BoundField, data: Any, name: str) -> bool:
    """Whether something else was typed. Places and keys, which scripts keep, are hidden and left out."""
    if bound.is_hidden or bound.name == "DELETE":
        return False
    value = bound.field.widget.value_from_datadict(data, {}, name)
    return bound.field.has_changed(_plain(bound.initial), _plain(value))


def _plain(value: Any) -> Any:
    """Browsers end lines their own way, and editors leave out what stands between blocks."""
    return BETWEEN_TAGS.sub("><", re.sub(r"\r\n?", "\n", value)).strip() if isinstance(value, str) else value


def _count(text: str | None, most: int) -> int:
    """How many rows were typed: no more than a form takes in, whatever was sent."""
    found = int(text) if text and text.isdecimal() and len(text) <= len(str(most)) else 0
    return min(found, most)
