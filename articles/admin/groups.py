"""The form of an article in groups that follow one another as its page reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from articles import sections
from articles.admin.contents import Outline, field_errors, part
from articles.admin.more_rows import OffersRows
from articles.checks.search_results import SHOWN
from articles.models import Section


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of the article, then rows that belong to it, under one heading."""

    title: str
    fields: Sequence[Any] = ()
    inlines: Sequence[type[InlineModelAdmin]] = ()
    template: str = ""  # what stands between the two


class GroupedForm(OffersRows, admin.ModelAdmin):
    """Shows the `groups` in their order, and keeps one order of sections that several of them share."""

    groups: ClassVar[Sequence[Group]] = ()

    @property
    def fieldsets(self) -> Any:  # type: ignore[override]
        return [(None, {"fields": group.fields}) for group in self.groups if group.fields]

    @property
    def inlines(self) -> Any:  # type: ignore[override]
        return [inline for group in self.groups for inline in group.inlines]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in SHOWN:
            field.widget.attrs |= {"data-shown": SHOWN[db_field.name], "data-limit": longest(db_field)}
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["outlines"] = list(self._outlines(context["adminform"], context["inline_admin_formsets"]))
        context["first_error"] = next((each.first_error for each in context["outlines"] if each.errors), "")
        return super().render_change_form(request, context, *args, **kwargs)

    def _outlines(self, form: Any, formsets: Sequence[Any]) -> Iterator[Outline]:
        fieldsets = iter(form)
        for group in self.groups:
            fieldset = next(fieldsets) if group.fields else None
            own = [each for each in formsets if type(each.opts) in group.inlines]
            yield Outline(
                title=group.title,
                anchor=f"group-{slugify(group.title)}",
                fieldset=fieldset,
                template=group.template,
                parts=[part(each, alone=len(own) == 1 and not fieldset) for each in own],
                field_errors=field_errors(fieldset) if fieldset else [],
            )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        grouped = [each for each in formsets if each.model is Section]
        changed = len(grouped) > 1 and any(each.has_changed() for each in grouped)
        before = sections.order(form.instance) if changed else []
        super().save_related(request, form, formsets, change)
        if changed:
            sections.arrange(form.instance, before, [each.roles for each in grouped])


def longest(column: Any) -> int:
    return min(each.limit_value for each in column.validators if isinstance(each, MaxLengthValidator))
