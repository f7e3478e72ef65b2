"""What is typed into a form is kept until it is saved, and who else has the form open is said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from articles import open_forms, unsaved
from articles.admin import differing, display
from articles.admin.forms import TAKEN_UP
from articles.admin.rights import person
from articles.admin.transitions import TransitionViews
from articles.models import Article, UnsavedWork

MOST_NAMED = 20  # of the people who have a form open
FORGIVEN = {"required", TAKEN_UP}  # what isn't finished yet is no mistake


class TypedField(forms.JSONField):
    """The fields of a form as a list of names and values."""

    def clean(self, value: Any) -> list[tuple[str, str]] | None:
        pairs = super().clean(value)
        if pairs is not None and not _are_pairs(pairs):
            raise ValidationError("Expected a list of names and values.")
        return pairs


class CallForm(forms.Form):
    """What the script of a page calls with."""

    page = forms.UUIDField()
    based_on = forms.IntegerField(min_value=0)
    saved = forms.IntegerField(min_value=0)
    sequence = forms.IntegerField(min_value=0)
    fields_typed = TypedField(required=False)  # none: as they were kept last
    undone = forms.BooleanField(required=False)  # they are again as the page was made
    leaving = forms.BooleanField(required=False)


class SwitchForm(forms.Form):
    wanted = forms.BooleanField(required=False)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a page says of unsaved work. `work` is offered, unless it is what the page shows."""

    wanted: bool
    work: UnsavedWork | None
    taken_up: bool
    refused: bool
    newest: int
    changes: str
    notices: list[str]
    addresses: dict[str, str]

    @property
    def moment(self) -> str:
        return display.moment(self.work.saved_at) if self.work else ""

    @property
    def origin(self) -> str:
        """Which revision it was made from."""
        if not self.work or not self.newest:
            return ""
        number = unsaved.based_on(self.work)
        newest = "the newest" if number == self.newest else f"the newest is {self.newest}"
        return f"made from revision {number} ({newest})"


class UnsavedViews(TransitionViews):
    kind_name: ClassVar[str]

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, Any] = {
            "autosave": self.autosave_view,
            "unsaved": self.unsaved_view,
            "discard": self.discard_view,
            "switch": self.switch_view,
        }
        own = [
            path(f"{of}/{name}/", self.admin_site.admin_view(view), name=self._route(name))
            for name, view in views.items()
            for of in ("<uuid:pk>", "add")
        ]
        return own + super().get_urls()

    # --- The form ------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context["original"]
        if not context.get("is_popup") and self._may_write(request, article):
            context["unsaved"] = self._unsaved(request, article, context)
            if context["unsaved"].taken_up:
                _forgive(context)
        return super().render_change_form(request, context, *args, **kwargs)

    def _unsaved(self, request: HttpRequest, article: Article | None, context: dict[str, Any]) -> Unsaved:
        user, taken_up = person(request), "_take_up" in request.POST
        form, rows = context["adminform"].form, context["inline_admin_formsets"]
        work = unsaved.found(self._slot(request, article))
        own = work and str(unsaved.page_of(work)) == str(form["page"].value())
        return Unsaved(
            wanted=work is not None or unsaved.is_wanted(user),
            work=work if taken_up or not own else None,
            taken_up=taken_up,
            refused=form.is_bound and not taken_up,
            newest=form.initial.get("based_on") or 0,
            changes=differing.in_short(work.fields, form, rows) if work and not form.is_bound else "",
            notices=[_editing(other) for other in _people(article, user)],
            addresses={
                name: self._place(name, article) for name in ("autosave", "unsaved", "discard", "switch")
            },
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        page = form.cleaned_data["page"]
        if page and "_preview" not in request.POST:
            unsaved.discard(self._slot(request, form.instance if change else None), page, locked=change)

    # --- The addresses -------------------------------------------------------------------------

    @method_decorator(require_POST)
    def autosave_view(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """Keep what was typed, take note of the page, and answer who else has the form open."""
        article = self._article_to_write(request, pk)
        call = CallForm(request.POST, prefix="call")
        if not call.is_valid():
            return JsonResponse({"error": "This call is not well formed. Open the page again."}, status=400)
        said, now = call.cleaned_data, timezone.now()
        try:
            kept = self._keep(request, article, said, now)
        except unsaved.TooLarge as error:
            return JsonResponse({"error": str(error)}, status=413)
        if article and said["leaving"]:
            open_forms.leave(said["page"], person(request), now)
        elif article:
            open_forms.announce(said["page"], article, person(request), now)
        return JsonResponse(
            {
                "kept": f"{timezone.localtime(now):%H:%M:%S %Z}" if kept else None,
                **self._standing(request, article, said, now),
            }
        )

    def _standing(
        self, request: HttpRequest, article: Article | None, said: dict[str, Any], now: datetime
    ) -> dict[str, Any]:
        """What the page has to know of the slot, which other pages share, and of other people."""
        user = person(request)
        work = unsaved.found(self._slot(request, article))
        own = work is not None and unsaved.page_of(work) == said["page"]
        saved = open_forms.saved_from(said["page"], user)
        return {
            "wanted": work is not None or unsaved.is_wanted(user),
            "saved": saved,
            "sequence": unsaved.sequence(work) if work and own else 0,
            "elsewhere": work is not None and not own,
            "notices": list(notices(article, user, said | {"saved": saved}, now)) if article else [],
        }

    def _keep(self, request: HttpRequest, article: Article | None, said: Any, now: datetime) -> bool:
        slot = self._slot(request, article)
        if said["undone"]:
            unsaved.discard(slot, said["page"])
        if said["fields_typed"] is None:
            return False
        fields = self._known(request, article, said["fields_typed"])
        named = {name: said[name] for name in ("page", "based_on", "sequence", "saved")}
        return unsaved.keep(slot, unsaved.Typed(fields, **named), now)

    @method_decorator(require_POST)
    def unsaved_view(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """The form as it was when it was left; nothing is stored."""
        article = self._article_to_write(request, pk)
        work = unsaved.take_up(self._slot(request, article), uuid4())
        if work is None:
            messages.info(request, "There is no unsaved work of yours here any more.")
            return redirect(self._form_address(article))
        request.FILES.clear()  # reads the body, which would otherwise be read over what is set here
        request.POST = as_sent(unsaved.form_fields(work) | {"_take_up": ["1"]})  # type: ignore[assignment]
        return self.changeform_view(request, str(pk) if pk else None, self._form_address(article))

    @method_decorator(require_POST)
    def discard_view(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        article = self._article_to_write(request, pk)
        unsaved.discard(self._slot(request, article))
        return redirect(self._form_address(article))

    @method_decorator(require_POST)
    def switch_view(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """Whether anything is kept for this person, on all pages."""
        article = self._article_to_write(request, pk)
        form = SwitchForm(request.POST)
        form.full_clean()
        unsaved.want(person(request), form.cleaned_data["wanted"])
        return redirect(self._form_address(article))

    # --- What they share -----------------------------------------------------------------------

    def _article_to_write(self, request: HttpRequest, pk: UUID | None) -> Any:
        article = self._article(request, pk) if pk else None
        if not self._may_write(request, article):
            raise PermissionDenied
        if article and article.trashed_at:
            raise Http404(f"“{article}” is in the trash.")
        return article

    def _may_write(self, request: HttpRequest, article: Article | None) -> bool:
        return self.has_change_permission(request, article) if article else self.has_add_permission(request)

    def _slot(self, request: HttpRequest, article: Article | None) -> unsaved.Slot:
        return unsaved.Slot(person(request), self.kind_name, article)

    def _known(
        self, request: HttpRequest, article: Article | None, typed: Iterable[tuple[str, str]]
    ) -> dict[str, list[str]]:
        """Without what isn't a field of the form: tokens, buttons, templates of rows."""
        names = self.get_form(request, article, change=article is not None).base_fields
        formsets = (rows for rows, _ in self.get_formsets_with_inlines(request, article))
        prefixes = tuple(f"{rows.get_default_prefix()}-" for rows in formsets)
        found: dict[str, list[str]] = {}
        for name, value in typed:
            if name in names or (name.startswith(prefixes) and "__prefix__" not in name):
                found.setdefault(name, []).append(value)
        return found

    def _form_address(self, article: Article | None) -> str:
        return self.address("change", article) if article else reverse(f"admin:{self._route('add')}")

    def _place(self, name: str, article: Article | None) -> str:
        return self.address(name, article) if article else reverse(f"admin:{self._route(name)}")


def notices(article: Article, user: Any, said: dict[str, Any], moment: datetime) -> Iterable[str]:
    """Who else has the form open, and what was saved since this page was made."""
    for other in _first_of_each(open_forms.heard_of(article, moment).exclude(pk=said["page"])):
        yield _own_tab(other) if other.user_id == user.pk else _editing(other)
    newest = article.revisions.select_related("author").defer("text").first()
    if newest and newest.number > max(said["based_on"], said["saved"]):
        yield (
            f"{newest.author or 'Somebody'} saved {newest} on {display.moment(newest.created_at)}, after "
            "this page was opened. What you type here stays as it is, and you are asked when you save."
        )


def as_sent(fields: dict[str, list[str]]) -> QueryDict:
    """As a browser sends them, which ends lines with CRLF."""
    found = QueryDict(mutable=True)
    for name, values in fields.items():
        found.setlist(name, [re.sub(r"\r\n|\r|\n", "\r\n", value) for value in values])
    return found


def _people(article: Article | None, user: Any) -> Iterable[Any]:
    """Others who have it open. The page that led here may not have been heard to close, so not oneself."""
    found = open_forms.heard_of(article, timezone.now()).exclude(user=user) if article else ()
    return _first_of_each(found)


def _first_of_each(found: Iterable[Any]) -> list[Any]:
    """One of each person's, as a person may have several open."""
    by_person: dict[Any, Any] = {}
    for form in found:
        by_person.setdefault(form.user_id, form)
    return list(by_person.values())[:MOST_NAMED]


def _editing(form: Any) -> str:
    return f"{form.user} is editing since {display.moment(form.since)}."


def _own_tab(form: Any) -> str:
    return f"You have this open in another tab since {display.moment(form.since)}."


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
        for pair in value
    )


def _forgive(context: dict[str, Any]) -> None:
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    form = context["adminform"].form
    for each in (form, *(row for formset in formsets for row in formset.forms)):
        for name, errors in each.errors.as_data().items():
            if all(error.code in FORGIVEN for error in errors):
                del each.errors[name]
    context["errors"] = AdminErrorList(form, formsets)
