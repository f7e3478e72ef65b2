"""What all forms and lists of the editors' desk share."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest

from articles.admin.fields import FORM_FIELDS, printable
from articles.admin.keys import KeyedAdmin
from articles.admin.known import FormedAutocompletes, KnownAutocomplete
from articles.admin.paging import BoundedAdmin


class Writing(BaseModelAdmin):
    """Every text field refuses what no document can hold, and every choice what is no identifier."""

    formfield_overrides = FORM_FIELDS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return printable(field) if isinstance(field, forms.CharField) else field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", FormedAutocompletes(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Choosing(Writing):
    """Choices without the icons that change or delete what is chosen: it belongs to others as well."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class DeskAdmin(Writing, KeyedAdmin, BoundedAdmin):
    finder: ClassVar[Any] = None  # a function of `finding`, where there are many rows

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """By words and an index where there is one for that; else anywhere in the few rows there are."""
        if self.finder is None or not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        return self.finder(queryset, search_term), False
