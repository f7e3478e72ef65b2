"""Two revisions side by side, and parts of the older one back into the draft."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from articles import comparing, documents, kinds, naming, narrating, publishing, restoring, taking
from articles.admin import display
from articles.admin.rights import person
from articles.admin.transitions import TransitionViews
from articles.models import Article, Revision


class RevisionByNumber(forms.ModelChoiceField):
    """A revision by its number."""

    widget = forms.NumberInput(attrs={"min": 1})

    def __init__(self, label: str) -> None:
        super().__init__(Revision.objects.none(), label=label, to_field_name="number")


class RevisionsForm(forms.Form):
    """Which two: `from` and `to`, as the address has them."""

    def __init__(self, article: Article, data: Any) -> None:
        super().__init__(data)
        revisions = article.revisions.select_related("author")
        for name, label in (("from", "From revision"), ("to", "to revision")):
            self.fields[name] = RevisionByNumber(label)
            self.fields[name].queryset = revisions  # type: ignore[attr-defined]


class RestorePartForm(RevisionsForm):
    place = forms.CharField(max_length=1000)


class CompareViews(TransitionViews):
    def get_urls(self) -> list[URLPattern]:
        compare, restore = map(self.admin_site.admin_view, (self.compare_view, self.restore_part_view))
        return [
            path("<uuid:pk>/compare/", compare, name=self._route("compare")),
            path("<uuid:pk>/restore-part/", restore, name=self._route("restorepart")),
            *super().get_urls(),
        ]

    @method_decorator(require_GET)
    def compare_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        form = RevisionsForm(article, _asked(article, request.GET))
        before, after = _two(form)
        record = kinds.get(article.kind).record
        one, other = (documents.upgrade(revision.document) for revision in (before, after))
        names = naming.names(record, one, other)
        context = {
            "form": form,
            "revisions": (before, after),
            "older": _older(before, after),
            "gone": "removed" if before.number < after.number else "added",  # what only the older has
            "narrative": narrating.narrate(record, one, other, names),
            "may_change": self.has_change_permission(request, article),
        }
        title = f"Revision {before.number} and revision {after.number}"
        return self.page_about(article, request, "admin/publishing/compare.html", title, context)

    @method_decorator(require_POST)
    def restore_part_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = RestorePartForm(article, request.POST)
        self._restore(request, _older(*_two(form)), comparing.parse(form.cleaned_data["place"]))
        numbers = "&".join(f"{name}={form.cleaned_data[name].number}" for name in ("from", "to"))
        return redirect(f"{self.address('compare', article)}?{numbers}")

    def _restore(self, request: HttpRequest, revision: Revision, place: comparing.Place) -> None:
        try:
            restored = restoring.restore_part(revision, place, by=person(request))
        except LookupError as error:
            raise Http404("There is no such part.") from error
        except (taking.Untakable, documents.DocumentError, publishing.PublishingError) as error:
            messages.error(request, f"Nothing was restored from {revision}. {error}")
            return
        if restored.changed:
            link = display.edit_link(revision.article)
            messages.success(request, format_html("{}. Readers see no change. {}", restored.note, link))
        else:
            messages.info(request, "The draft says that already.")


def _asked(article: Article, given: Any) -> dict[str, Any]:
    """The two that the address names; else the newest and the one before it."""
    if "from" in given and "to" in given:
        return {name: given[name] for name in ("from", "to")}
    newest = article.revisions.values_list("number", flat=True).first() or 0
    return {"from": max(newest - 1, 1), "to": newest}


def _two(form: forms.Form) -> tuple[Revision, Revision]:
    if not form.is_valid():
        raise Http404("This article has no such revision.")
    return form.cleaned_data["from"], form.cleaned_data["to"]


def _older(one: Revision, other: Revision) -> Revision:
    return one if one.number < other.number else other
