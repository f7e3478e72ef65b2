"""Where in an article's form the places of its document are: fragments that links lead to."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.admin.utils import flatten

from articles import comparing
from articles.comparing import Place
from articles.members import Children
from articles.records import Record
from articles.richtext import RichTextField


class Anchors:
    """Of one form as its page shows it; `outlines` are its groups."""

    def __init__(self, record: Record, form: Any, outlines: Sequence[Any]) -> None:
        self.record, self.form, self.outlines = record, form, outlines

    def of(self, place: Place) -> str:
        """The fragment of a field or its row, as near as the form has it; nothing where it has neither."""
        if not place:
            return ""
        part = comparing.part_named(self.record, place[0])
        if not isinstance(part, Children):
            return self._field(self.form, place[0]) or self._group(place[0])
        for formset, at, form in self._rows(part.record.model):
            if str(form.instance.pk) == place[1]:
                field = self._field(form, place[2]) if len(place) > 2 else ""
                return field or f"{formset.prefix}-{at}"
        return ""

    def _rows(self, model: Any) -> Iterator[tuple[Any, int, Any]]:
        parts = (part for outline in self.outlines for part in outline.parts)
        formsets = (part.formset.formset for part in parts)
        for formset in (each for each in formsets if each.model is model):
            yield from ((formset, at, form) for at, form in enumerate(formset.initial_forms))

    def _field(self, form: Any, name: str) -> str:
        """None of rich text: an editor takes the place of its field."""
        model = form.instance._meta
        shown = name in form.fields and not isinstance(model.get_field(name), RichTextField)
        return str(form[name].id_for_label) if shown else ""

    def _group(self, name: str) -> str:
        """Where the form has the field in another way: as rows of its own, or to be read only."""
        for outline in self.outlines:
            fields = flatten(outline.fieldset.fields) if outline.fieldset else []
            if name in fields or any(name in part.anchor for part in outline.parts):
                return str(outline.anchor)
        return ""
