"""Logins and groups on the desk: Django's own forms, in which nobody grants more than they hold."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import Script
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.keys import KeyedAdmin
from articles.admin.paging import BoundedAdmin
from articles.admin.rights import person
from careersite import grants
from careersite.inviting import InvitationFilter, InvitingAdmin

admin.site.unregister([User, Group])


class Granting(KeyedAdmin, BoundedAdmin):
    """Offers to give what the person holds. What holds more than they is for them to read."""

    change_list_template = "admin/people/change_list.html"
    change_form_template = "admin/people/change_form.html"

    class Media:
        css = {"all": ("careersite/admin/people.css",)}
        js = (Script("careersite/admin/people.js", type="module"),)

    def is_within(self, request: HttpRequest, obj: Any) -> bool:
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self.is_within(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or self.is_within(request, obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = grants.grantable_groups(person(request))
        else:
            kwargs["queryset"] = grants.held(person(request)).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class LoginAdmin(Granting, InvitingAdmin, UserAdmin):
    list_display = ("username", "invited", "email", "first_name", "last_name", "is_staff")
    list_filter = (InvitationFilter, "is_staff", "is_superuser", "is_active", "groups")
    list_select_related = ("invitation",)
    # Without Django's field for the password: nobody sets that of another.
    fieldsets = ((None, {"fields": ("username",)}), *UserAdmin.fieldsets[1:])  # type: ignore[index]

    def is_within(self, request: HttpRequest, obj: User) -> bool:
        return grants.may_change_user(person(request), obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")  # what happened
        return own if person(request).is_superuser else (*own, "is_superuser")

    @admin.display(description="invitation")
    def invited(self, user: User) -> SafeString | str:
        if not hasattr(user, "invitation"):
            return "–"
        state = user.invitation.state(timezone.now())
        return format_html('<span class="state invitation-{}">{}</span>', state, state.label)


@admin.register(Group)
class LoginGroupAdmin(Granting, GroupAdmin):  # type: ignore[misc]  # the stubs of the two differ
    def is_within(self, request: HttpRequest, obj: Group) -> bool:
        return grants.may_change_group(person(request), obj)
