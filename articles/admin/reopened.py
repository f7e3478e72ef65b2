"""Claims in a form that rest on sources which have expired: told at its beginning, marked in their rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html

from articles.admin import display
from articles.models import Source


@dataclass(frozen=True, slots=True)
class Reopened:
    """A row of a form that rests on a source which has expired."""

    anchor: str
    words: str
    source: Source


def claims(formsets: Iterable[Any], today: date) -> list[Reopened]:
    """The claims of a form to check again; they and their sources are marked in it. No query."""
    every = [inline.formset for inline in formsets]
    expired = {row.instance.pk: row for each in every if each.model is Source for row in each.initial_forms}
    expired = {pk: row for pk, row in expired.items() if row.instance.expired(today)}
    found = [claim for each in every if _cites(each) for claim in _claims(each, expired)] if expired else []
    for row in expired.values():
        count = sum(claim.source.pk == row.instance.pk for claim in found)
        _mark(row, "valid_until", f"Expired: {count} claim{'s' * (count != 1)} to check again.")
    return found


def _cites(formset: Any) -> bool:
    return any(column.related_model is Source for column in formset.model._meta.many_to_many)


def _claims(formset: Any, expired: dict[Any, Any]) -> Iterator[Reopened]:
    noun = str(formset.model._meta.verbose_name)
    for number, row in enumerate(formset.initial_forms):
        for cited in row.instance.sources.all():
            if cited.pk in expired:
                source = expired[cited.pk].instance  # as typed, where the form comes back with errors
                ended = display.day(source.valid_until)
                _mark(row, "sources", f"Check this again: “{source}” expired on {ended}.")
                yield Reopened(f"{formset.prefix}-{number}", f"{noun} “{row.instance}”", source)


def _mark(row: Any, name: str, words: str) -> None:
    if name in row.fields:
        field = row[name]  # what a form that was sent shows: it no longer looks at the field's own words
        field.help_text = format_html('<strong class="reopened">{}</strong> {}', words, field.help_text)
