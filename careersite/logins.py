"""Logging in again without losing what was typed: over a form that is open, or with what was sent in hand.

A form that arrives from somebody who isn't logged in any more goes out again with the login page, signed, and
after the login as a form of its own, which its sender sends on. It passed the CSRF check when it came, and
passes it anew with the token of the new login.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.contrib import auth
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import LoginView
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

SALT = "careersite.logins"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105
NO_BUTTONS = {"_popup", "_to_field", "_selected_action"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that somebody sent: its address, its fields and the names of its files."""

    address: str
    fields: list[list[str]]
    files: list[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        lists = [pair for pair in request.POST.lists() if pair[0] != TOKEN]
        pairs = [[name, value] for name, values in lists for value in values]
        files = [str(file.name) for _, chosen in request.FILES.lists() for file in chosen]
        return cls(request.get_full_path(), pairs, files)

    @classmethod
    def signed_as(cls, text: str) -> Self:
        try:
            return cls(**signing.loads(text, salt=SALT))
        except signing.BadSignature as error:
            raise SuspiciousOperation("This isn't what was sent from here.") from error

    @property
    def signed(self) -> str:
        """As text, which is to be smaller than the form was: what comes back may not be larger than that."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def button(self) -> str:
        """What stood on the button that was pressed."""
        pressed = (value for name, value in self.fields if name.startswith("_") and name not in NO_BUTTONS)
        return next(pressed, "")

    @property
    def is_secret(self) -> bool:
        """No page repeats a password."""
        return any("password" in name for name, _ in self.fields)


class HoldingForm(AdminAuthenticationForm):
    sent = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean_sent(self) -> Sent:
        return Sent.signed_as(self.cleaned_data["sent"])


class AgainView(LoginView):
    """The login by itself, which our own forms show in a frame over them, and no other site does."""

    site: Any = None
    authentication_form: Any = AdminAuthenticationForm
    template_name = "admin/login_again.html"

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace({"frame-ancestors": [SELF]}))
    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(*args, **kwargs)

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"title": "Log in again", "is_popup": True, "address": self.request.path}
        return super().get_context_data(**kwargs) | self.site.each_context(self.request) | own


class HoldingView(LoginView):
    """The login with what was sent in hand."""

    site: Any = None
    http_method_names = ["post", "options"]
    authentication_form: Any = HoldingForm
    template_name = "admin/login_holding.html"

    def form_valid(self, form: Any) -> HttpResponse:
        auth.login(self.request, form.get_user())
        sent = form.cleaned_data["sent"]
        return _page(self.site, self.request, "send_on", "You are logged in again", sent=sent)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | _context(self.site, self.request, "Log in again")


@never_cache
def hold(request: HttpRequest, site: AdminSite, sent: Sent) -> HttpResponse:
    form = HoldingForm(request, initial={"sent": sent.signed})
    return _page(site, request, "login_holding", "Log in again", form=form)


def answer(site: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """For somebody who isn't logged in: what to answer a script, and a form that a redirect would lose."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _refused()
    trusted = getattr(request, "csrf_processing_done", False)
    if request.method != "POST" or not trusted or request.path == reverse("admin:logout"):
        return None
    sent = Sent.of(request)
    return None if sent.is_secret else hold(request, site, sent)


def urls(site: AdminSite) -> Iterable[URLPattern]:
    @never_cache
    @require_GET
    def session(request: HttpRequest) -> HttpResponse:
        """Who is logged in, and the token that their forms need."""
        if not site.has_permission(request):
            return _refused()
        user = request.user
        return JsonResponse({"user": str(user.pk), "name": str(user), "token": get_token(request)})

    yield path("login/again/", AgainView.as_view(site=site), name="login_again")
    yield path("login/holding/", HoldingView.as_view(site=site), name="login_holding")
    yield path("session/", session, name="session")


def _refused() -> HttpResponse:
    return JsonResponse({"error": "You are not logged in any more. Log in again."}, status=401)


def _page(site: AdminSite, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, f"admin/{name}.html", _context(site, request, title) | context)


def _context(site: AdminSite, request: HttpRequest, title: str) -> dict[str, Any]:
    return {**site.each_context(request), "title": title, "address": reverse("admin:login_holding")}
