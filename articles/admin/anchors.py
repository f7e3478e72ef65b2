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
        for shown, at, form in self._rows(part.record.model):
            if str(form.instance.pk) == place[1]:
                is_field = len(place) > 2 and shown.has_change_permission  # else it is to be read only
                return (is_field and self._field(form, place[2])) or f"{shown.formset.prefix}-{at}"
        return ""

    def _rows(self, model: Any) -> Iterator[tuple[Any, int, Any]]:
        """Rows as they are shown, each with its number in its set."""
        for shown in (part.formset for outline in self.outlines for part in outline.parts):
            if shown.formset.model is model:
                yield from ((shown, at, form) for at, form in enumerate(shown.formset.initial_forms))

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
