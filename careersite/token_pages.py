"""The page on which people issue and revoke the tokens of their programs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.fields import printable
from articles.admin.rights import person
from careersite import tokens
from careersite.models import ApiToken

FOREVER = 0
LIVES = ((30, "30 days"), (90, "90 days"), (365, "1 year"), (FOREVER, "Until it is revoked"))


class TokenForm(forms.Form):
    name = printable(
        forms.CharField(
            label="What it is for",
            max_length=tokens.LONGEST_NAME,
            widget=AdminTextInputWidget(attrs={"autocomplete": "off"}),
        )
    )
    days = forms.TypedChoiceField(label="It lasts for", coerce=int, choices=LIVES, initial=90)

    def lasts(self) -> timedelta | None:
        days: int = self.cleaned_data["days"]
        return timedelta(days=days) if days else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The person's tokens, and a form for another one; the answer to that shows it, once."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_valid():
        try:
            token, secret = tokens.issue(person(request), name=form.cleaned_data["name"], lasts=form.lasts())
        except tokens.TokenError as error:
            form.add_error(None, str(error))
        else:
            form = TokenForm()
            messages.success(request, f"“{token}” is issued. Copy it now: it is not shown again.")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Tokens for programs",
        "form": form,
        "secret": secret,
        "prefix": tokens.PREFIX,
        "tokens": ApiToken.objects.valid(timezone.now()).filter(user=person(request)),
    }
    return TemplateResponse(request, "admin/tokens/mine.html", context)


@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    token = ApiToken.objects.filter(pk=pk, user=person(request)).first()
    if token is None:
        raise Http404("You have no such token.")
    if tokens.revoke(token):
        messages.success(request, f"“{token}” is revoked: what used it is refused from now on.")
    else:
        messages.warning(request, f"“{token}” was revoked already.")
    return redirect("admin:tokens")
