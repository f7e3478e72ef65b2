"""Keys of rows that a browser sends: Django takes them to be well formed, and fails where they are not."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse


class KeyedAdmin(admin.ModelAdmin):
    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(self.opts.pk, key) for key in chosen):
            raise BadRequest("What was chosen is no row of this list. Open the list again, and choose there.")
        return super().response_action(request, queryset, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills a new form with, without rows that there can't be."""
        found: dict[str, Any] = super().get_changeform_initial_data(request)
        columns = {column.name: column for column in self.opts.get_fields() if column.related_model}
        return {
            name: value
            for name, value in found.items()
            if name not in columns or _names(columns[name], value)
        }


def is_key(column: Any, text: str) -> bool:
    """Whether a row may have the text as its key."""
    try:
        column.run_validators(column.to_python(text))
    except ValidationError:
        return False
    return True


def _names(column: Any, value: str | list[str]) -> bool:
    key = column.related_model._meta.pk
    while key.related_model:  # the key of a kind of article is that of its article
        key = key.related_model._meta.pk
    return all(is_key(key, text) for text in ([value] if isinstance(value, str) else value))
