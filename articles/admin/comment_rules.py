"""Who may not reply, and which words replies do without."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.base import DeskAdmin
from articles.admin.nameless import NamelessLog
from articles.admin.rights import person
from articles.comments.personal import normalised
from articles.models import Ban, DisallowedWord


@admin.register(Ban)
class BanAdmin(NamelessLog, DeskAdmin):
    """By e-mail address from here, by network address from a reply. To delete one is to lift it."""

    list_display = ("__str__", "reason", "created_at", "created_by", "ends_at")
    list_select_related = ("created_by",)
    sortable_by = ("created_at",)
    search_fields = ("email", "reason")
    search_help_text = "A part of the address or of the reason."
    ordering = ("-created_at", "id")
    fields = ("email", "reason", "ends_at", "created_by", "created_at")
    readonly_fields = ("created_by", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # its writer was told until when it lasts: another one is added, and this one lifted

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        if "email" in form.base_fields:
            form.base_fields["email"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: Ban, form: Any, change: bool) -> None:
        obj.email, obj.created_by = normalised(obj.email), person(request)
        super().save_model(request, obj, form, change)


@admin.register(DisallowedWord)
class DisallowedWordAdmin(DeskAdmin):
    list_display = ("words", "effect")
    search_fields = ("words",)
    ordering = ("words",)
    sortable_by = ()
