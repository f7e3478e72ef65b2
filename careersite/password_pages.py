"""The pages before the login on which people set a password, by a link that they got in a mail.

The secret of a link is moved to the session at once, and the address that stays in view has none: so it is in
no history, no referrer and no redirect.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import auth, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth import views
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from articles.admin.fields import printable
from articles.comments.senders import sender
from careersite import invitations, passwords

HELD = "invitation"  # the session's name for the token
# Browsers send no origin with a form of a page that says `no-referrer`, and the check of tokens needs one.
HIDDEN, FORMS = "no-referrer", "same-origin"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=AdminTextInputWidget(attrs={"type": "email", "autocomplete": "email", "autofocus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        printable(self.fields["email"])


# --- A forgotten password -----------------------------------------------------------------------


class ConfirmView(views.PasswordResetConfirmView):
    site: Any = None
    template_name = "admin/passwords/set.html"
    success_url = reverse_lazy("admin:password_reset_complete")

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(*args, **kwargs)
        response["Referrer-Policy"] = FORMS if kwargs["token"] == self.reset_url_token else HIDDEN
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | self.site.each_context(self.request)
        title = "Set a new password" if self.validlink else "This link does not work"
        return context | {"title": title, "login": self.user}


def _ask(request: HttpRequest, site: AdminSite) -> HttpResponse:
    form = AddressForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            passwords.ask(form.cleaned_data["email"], sender=sender(request))
            return redirect("admin:password_reset_done")
        except passwords.TooMany as error:
            form.add_error(None, str(error))
            status = 429
    response = _page(site, request, "ask", "A new password", status=status, form=form)
    if status == 429:
        response["Retry-After"] = str(int(passwords.WITHIN.total_seconds()))
    return response


# --- An invitation --------------------------------------------------------------------------------


@csrf_exempt  # whatever comes, nothing is changed here, and no refusal writes the link into a log
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take what a mail says into the session, and lead on to an address that doesn't say it."""
    request.session.pop(HELD, None)
    if invitations.is_signed(token):
        request.session[HELD] = token
    response = redirect("admin:accept_invitation")
    response["Referrer-Policy"] = HIDDEN
    return response


def _accept(request: HttpRequest, site: AdminSite) -> HttpResponse:
    token = request.session.get(HELD, "")
    try:
        invitation = invitations.find(token)
        form = SetPasswordForm(invitation.user, request.POST or None)
        if form.is_valid():
            return _welcome(request, invitations.accept(token, form.cleaned_data["new_password1"]))
    except invitations.Closed as error:
        return _page(site, request, "closed", "This link does not work", status=410, why=error)
    title = f"Welcome, {invitation.user.get_full_name() or invitation.user}"
    context: dict[str, Any] = {
        "form": form,
        "login": invitation.user,
        "validlink": True,
        "invitation": invitation,
    }
    return _page(site, request, "set", title, **context)


def _welcome(request: HttpRequest, user: Any) -> HttpResponse:
    request.session.pop(HELD)
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, "Your password is set, and you are logged in.")
    return redirect("admin:index")


# --- Where they are -------------------------------------------------------------------------------


def urls(site: AdminSite) -> Iterable[URLPattern]:
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def ask(request: HttpRequest) -> HttpResponse:
        return _ask(request, site)

    @never_cache
    def asked(request: HttpRequest) -> HttpResponse:
        return _page(site, request, "asked", "Look into your mail")

    @never_cache
    def changed(request: HttpRequest) -> HttpResponse:
        return _page(site, request, "changed", "Your new password is set")

    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    def accept(request: HttpRequest) -> HttpResponse:
        response = _accept(request, site)
        response["Referrer-Policy"] = FORMS
        return response

    confirm = ConfirmView.as_view(site=site)
    yield path("password/forgotten/", ask, name="password_reset")
    yield path("password/asked/", asked, name="password_reset_done")
    yield path("password/set/<str:uidb64>/<str:token>/", confirm, name="password_reset_confirm")
    yield path("password/changed/", changed, name="password_reset_complete")
    yield path("invitation/", accept, name="accept_invitation")
    yield path("invitation/<str:token>/", open_link, name="invitation")


def _page(
    site: AdminSite, request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    shown = {**site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/passwords/{name}.html", shown, status=status)
