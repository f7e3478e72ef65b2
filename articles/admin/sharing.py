"""The page on which links to a preview are made, found again and revoked."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import kinds, preview_links
from articles.admin import display
from articles.admin.fields import MomentField, printable
from articles.admin.rights import person
from articles.admin.transitions import TransitionViews
from articles.models import Article, PreviewLink, Revision

SHOWN = 50
NUMBER = re.compile("[1-9][0-9]{0,8}")


class RevisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, revision: Any) -> str:
        by = f" by {revision.author}" if revision.author else ""
        note = f": {revision.note}" if revision.note else ""
        return f"{revision.number}, saved on {display.moment(revision.created_at)}{by}{note}"


class ShareForm(forms.Form):
    revision = RevisionChoice(Revision.objects.none(), empty_label=None)
    note = printable(
        forms.CharField(
            label="For whom",
            max_length=200,
            required=False,
            widget=AdminTextInputWidget,
            help_text="Only the editors see this.",
        )
    )
    expires_at = MomentField(label="Works until", help_text=f"{preview_links.LONGEST.days} days at most.")

    def __init__(self, article: Article, data: Any = None, asked: str = "") -> None:
        """Offers the newest revisions first, and an older one where it was asked for by its number."""
        revisions = article.revisions.select_related("author").defer("text")
        found = list(revisions.filter(number=int(asked))) if NUMBER.fullmatch(asked) else []
        newest = list(revisions[:SHOWN])
        usual = timezone.now() + preview_links.USUAL
        super().__init__(data, initial={"revision": next(iter(found + newest), None), "expires_at": usual})
        field: Any = self.fields["revision"]
        field.queryset = revisions
        field.choices = [(each.pk, field.label_from_instance(each)) for each in dict.fromkeys(newest + found)]


class ShareViews(TransitionViews):
    """Whoever may change an article shares it; makers of links and publishers revoke them."""

    def get_urls(self) -> list[URLPattern]:
        views = (("share", self.share_view), ("revoke", self.revoke_view))
        own = [
            path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(view), name=self._route(name))
            for name, view in views
        ]
        return own + super().get_urls()

    def share_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article_to_share(request, pk)
        form = ShareForm(article, request.POST or None, request.GET.get("revision", ""))
        if request.method != "POST" or not form.is_valid():
            return self._share_page(request, article, form)
        try:
            link = preview_links.share(by=person(request), **form.cleaned_data)
        except preview_links.SharingError as error:
            form.add_error("expires_at", str(error))
            return self._share_page(request, article, form)
        until = display.moment(link.expires_at)
        messages.success(request, f"Whoever has the link sees {link.revision} until {until}.")
        return redirect(self.address("share", article))

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article_to_share(request, pk)
        link = _links(article).filter(pk=_identifier(request.POST.get("link"))).first()
        if link is None:
            raise Http404("This article has no such link.")
        if not self._may_revoke(request, link):
            raise PermissionDenied
        if preview_links.revoke(link, by=person(request)):
            messages.success(request, "The link is revoked: whoever opens it is told that it doesn’t work.")
        else:
            messages.info(request, "The link did not work any more. Nothing has changed.")
        return redirect(self.address("share", article))

    def _article_to_share(self, request: HttpRequest, pk: UUID) -> Any:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if kinds.get(article.kind).prefix is None:
            raise Http404(f"A {self.opts.verbose_name} has no page of its own.")
        return article

    def _may_revoke(self, request: HttpRequest, link: PreviewLink) -> bool:
        return link.created_by_id == person(request).pk or self.has_publish_permission(request)

    def _share_page(self, request: HttpRequest, article: Article, form: ShareForm) -> HttpResponse:
        now = timezone.now()
        context = {
            "form": form,
            "has_revisions": bool(form.fields["revision"].choices),  # type: ignore[attr-defined]
            "links": [self._shown(request, link, now) for link in _links(article)[:SHOWN]],
            "most": SHOWN,
            "now": timezone.localtime(now),
            "time_zone": timezone.get_current_timezone_name(),
        }
        status = 422 if form.is_bound else 200
        template = "admin/publishing/share.html"
        return self.page_about(article, request, template, "Share a preview", context, status)

    def _shown(self, request: HttpRequest, link: PreviewLink, moment: datetime) -> dict[str, Any]:
        is_open = link.is_open(moment)
        return {
            "link": link,
            "state": state(link, moment),
            "address": preview_links.address(link) if is_open else "",
            "may_revoke": is_open and self._may_revoke(request, link),
        }


def state(link: PreviewLink, moment: datetime) -> str:
    """In words, as lists show it."""
    if link.revoked_at:
        return format_html("Revoked by {}, {}", link.revoked_by or "–", display.moment(link.revoked_at))
    return "Open" if link.expires_at > moment else "Expired"


def _links(article: Article) -> Any:
    found = PreviewLink.objects.filter(revision__article=article)
    return found.select_related("revision", "created_by", "revoked_by").defer("revision__text")


def _identifier(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
