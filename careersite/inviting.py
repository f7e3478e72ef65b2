"""Inviting people on the desk, in place of Django's pages on which one sets the password of another."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AdminEmailInputWidget, AdminTextInputWidget
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from articles.admin.fields import printable
from articles.admin.rights import person
from careersite import grants, invitations, passwords
from careersite.invitations import InvitationError
from careersite.models import Invitation
from careersite.passwords import PasswordError


class InvitationForm(forms.ModelForm):
    """Who is invited, and into which of the groups that whoever invites may give."""

    required_css_class = "required"

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "username", "groups")
        labels = {"email": "E-mail address", "username": "Login name"}
        help_texts = {
            "username": "What they type to log in: letters, digits and @ . + - _, at most 150.",
            "groups": "Without a group, somebody logs in and finds nothing that they may do.",
        }
        widgets = {
            "first_name": AdminTextInputWidget,
            "last_name": AdminTextInputWidget,
            "email": AdminEmailInputWidget,
            "username": AdminTextInputWidget,
            "groups": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        groups: Any = self.fields["groups"]
        groups.queryset = grants.grantable_groups(by).order_by("name")
        for name in ("first_name", "last_name", "email", "username"):
            printable(self.fields[name])


class InvitationFilter(admin.SimpleListFilter):
    title = "invitation"
    parameter_name = "invitation"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Invitation.State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        state = self.value()
        if not state:
            return queryset
        if state not in Invitation.State.values:
            raise IncorrectLookupParameters(f"“{state}” is no state of an invitation.")
        found = Invitation.objects.in_state(state, timezone.now()).order_by()
        return queryset.filter(pk__in=found.values("user"))


class InvitingAdmin(UserAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/invite/", view(self.invite_view), name="auth_user_invite"),
            path("<int:pk>/revoke/", view(self.revoke_view), name="auth_user_revoke"),
            path("<int:pk>/password/", view(self.password_view), name="auth_user_password_change"),
            *(each for each in super().get_urls() if each.name != "auth_user_password_change"),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Invite somebody: nobody is added in another way."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InvitationForm(request.POST or None, by=person(request))
        if form.is_valid():
            try:
                return self._invite(request, form)
            except InvitationError as error:
                form.add_error(None, str(error))
        context = {**self.admin_site.each_context(request), "title": "Invite somebody", "opts": self.opts}
        shown = {"form": form, "days": invitations.LASTS.days, "may_view": self.has_view_permission(request)}
        return TemplateResponse(request, "admin/people/invite.html", context | shown)

    def _invite(self, request: HttpRequest, form: InvitationForm) -> HttpResponse:
        groups: list[Group] = list(form.cleaned_data["groups"])
        invitation = invitations.invite(form.save(commit=False), groups, by=person(request))
        self.log_addition(request, invitation.user, f"Invited {invitation.address}.")
        messages.success(request, _said(invitation))
        if self.has_view_permission(request):
            return redirect("admin:auth_user_change", invitation.user.pk)
        return redirect("admin:index")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        user = self.get_object(request, object_id)
        context = self._standing(request, user) if user else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _standing(self, request: HttpRequest, user: User) -> dict[str, Any]:
        """How it stands with the password of a login, and what may be sent."""
        invitation = Invitation.objects.filter(user=user).select_related("sent_by").first()
        return {
            "invitation": invitation,
            "invitation_state": invitation and invitation.state(timezone.now()),
            "has_password": user.has_usable_password(),
            "may_send": self.has_change_permission(request, user),
        }

    # --- Buttons --------------------------------------------------------------------------------

    @method_decorator(require_POST)
    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def send(user: User) -> str:
            return _said(invitations.send_again(user, by=person(request)))

        return self._decide(request, pk, send)

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def revoke(user: User) -> str:
            if invitations.revoke(user, by=person(request)):
                return f"The link that {user} got works no more. The login stays, without a password."
            return "There was no link that still worked."

        return self._decide(request, pk, revoke)

    @method_decorator(require_POST)
    def password_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        def send(user: User) -> str:
            passwords.send_link(user, by=person(request))
            return f"A link to set a new password is on its way to {user.email}."

        return self._decide(request, pk, send)

    def _decide(self, request: HttpRequest, pk: int, decide: Callable[[User], str]) -> HttpResponse:
        user = User.objects.filter(pk=pk).first()
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404("This login was deleted.")
        try:
            said = decide(user)
        except (InvitationError, PasswordError) as error:
            messages.error(request, str(error))
        else:
            self.log_change(request, user, said)
            messages.success(request, said)
        return redirect("admin:auth_user_change", pk)


def _said(invitation: Invitation) -> str:
    days = invitations.LASTS.days
    return f"An invitation is on its way to {invitation.address}. It can be accepted within {days} days."
