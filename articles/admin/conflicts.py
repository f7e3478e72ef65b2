"""The second of two who save one article: both versions side by side, and the choice between them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from articles import choices, comparing, conflicts, documents, naming, publishing, unsaved
from articles.admin.fields import printable
from articles.admin.forms import overtaken_note
from articles.admin.rights import TO_PUBLISHERS, person
from articles.admin.transitions import TransitionViews
from articles.comparing import Place
from articles.conflicts import Overtaken, Versions
from articles.merging import Side
from articles.models import Article

BUTTONS = {
    "_continue": "Save draft",
    "_checked": "Save, facts checked today",
    "_submit": "Save, then submit for review…",
    "_publish": "Save and publish now",
    "_schedule": "Save, then schedule…",
    "_withdraw": "Save, then withdraw…",
}
MEANS = {
    "_continue": "Kept as a revision. Readers see no change.",
    "_checked": "Readers see the day once it is published.",
    "_submit": "Then asks who is to decide.",
    "_publish": "Readers see it at once.",
    "_schedule": "Then asks for day and time.",
    "_withdraw": "Then asks before readers lose it.",
}
SIDES = {side.value: side for side in Side}
NOT_TYPED = {"csrfmiddlewaretoken", "_return", *BUTTONS}
PRESSED = {"_preview", *BUTTONS}


class VersionField(forms.JSONField):
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError("This is nested too deeply.") from error


class ConflictForm(forms.Form):
    """What the page about both versions sends back: mine, and what held when it was made."""

    mine = VersionField(widget=forms.HiddenInput)
    typed = forms.CharField(strip=False, widget=forms.HiddenInput)
    based_on = forms.IntegerField(widget=forms.HiddenInput)
    newest = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    button = forms.ChoiceField(choices=list(BUTTONS.items()), widget=forms.HiddenInput)
    note = printable(
        forms.CharField(
            label="Note on this change", max_length=300, required=False, widget=AdminTextInputWidget
        )
    )


class ConflictViews(TransitionViews):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.conflict_view)
        return [path("<uuid:pk>/conflict/", view, name=self._route("conflict")), *super().get_urls()]

    def after_saving(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """What the button does that was pressed, where it is another than “Save draft”."""
        raise NotImplementedError

    # --- From the article's form ------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "_return" in request.POST:
            request.POST = _as_typed(request.POST)  # type: ignore[assignment]
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if found := getattr(form.instance, "overtaken", None):
            form.add_error(None, overtaken_note(found.newest))
        return super().render_change_form(request, context, *args, **kwargs)

    def is_contested(self, article: Any) -> bool:
        """Whether what was just saved says other things than what somebody saved meanwhile."""
        found: Overtaken | None = getattr(article, "overtaken", None)
        if found is None:
            return False
        article.versions = conflicts.versions(article, found, documents.compose(article))
        return bool(article.versions.differences())

    def choice_between_versions(self, request: HttpRequest, article: Any) -> HttpResponse | None:
        """The page about both, with what was saved taken back."""
        found: Versions | None = getattr(article, "versions", None)
        if found is None or not found.differences():
            return None
        typed = {name: texts for name, texts in request.POST.lists() if name not in NOT_TYPED}
        sent = {
            "typed": json.dumps(typed, ensure_ascii=False),
            "seen": request.POST.get("seen", ""),
            "note": request.POST.get("note", ""),
            "button": next((name for name in BUTTONS if name in request.POST), "_continue"),
        }
        article.title = found.theirs["title"]  # what is stored, and not what was typed
        page = self._versions_page(request, found, {}, sent).render()
        transaction.set_rollback(True)
        return page

    # --- The page about both ------------------------------------------------------------------------

    @method_decorator(require_POST)
    def conflict_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = ConflictForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The page that was sent is not whole. Go back and send it again.")
        sent = form.cleaned_data
        if sent["button"] in TO_PUBLISHERS and not self.has_publish_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            if sent["button"] == "_publish":
                publishing.take_turn()
            return self._decide(request, article, sent)

    def _decide(self, request: HttpRequest, article: Article, sent: dict[str, Any]) -> HttpResponse:
        overtaken = conflicts.overtaken(article, sent["based_on"])
        if overtaken is None:
            raise BadRequest("There is nothing to choose: nobody saved since.")
        try:
            mine = conflicts.sent_back(article, sent["mine"])
        except documents.DocumentError as error:
            return self._unusable_page(request, article, sent, error)
        found = conflicts.versions(article, overtaken, mine)
        chosen, problem = _chosen(request.POST, found, sent)
        if problem or "all" in request.POST:
            return self._versions_page(request, found, chosen, sent, problem)
        try:
            back = conflicts.settle(found, chosen, by=person(request), note=sent["note"])
        except (documents.DocumentError, publishing.PublishingError) as error:
            return self._versions_page(request, found, chosen, sent, f"That doesn’t go together. {error}")
        names = naming.names(found.record, {"sources": back})
        if page := _page(request.POST):
            unsaved.discard(unsaved.Slot(person(request), article.kind, article), page)
        return self._settled(request, article, sent["button"], names.values())

    def _settled(
        self, request: HttpRequest, article: Article, button: str, back: Iterable[str]
    ) -> HttpResponse:
        for title in back:
            messages.info(request, f"“{title}” stays in the sources, as it is cited.")
        data = request.POST.copy()
        for other in data.keys() & PRESSED:  # nobody asked for the right to these
            del data[other]
        data[button] = "1"
        request.POST = data  # type: ignore[assignment]
        if response := self.after_saving(request, article):
            return response
        messages.success(request, "Saved, with what you chose of both versions.")
        return redirect(self.address("change", article))

    def _versions_page(
        self,
        request: HttpRequest,
        found: Versions,
        chosen: Mapping[Place, Side],
        sent: Mapping[str, Any],
        problem: str = "",
    ) -> TemplateResponse:
        initial = {**sent, "mine": found.mine, "newest": found.newest.number}
        initial["based_on"] = found.base.number if found.base else 0
        shown = choices.choices(found, chosen)
        return self._page(
            request,
            found.article,
            form=ConflictForm(initial=initial),
            choices=shown,
            open=sum(choice.is_open for choice in shown),
            problem=problem,
            newest=found.newest,
            since=found.since(),
            base=found.base,
            button=BUTTONS[sent["button"]],
            means=MEANS[sent["button"]],
        )

    def _unusable_page(
        self, request: HttpRequest, article: Article, sent: dict[str, Any], error: documents.DocumentError
    ) -> TemplateResponse:
        """Where what was typed can't be stored any more, as what it names is gone."""
        problem = (
            f"Your version can’t be stored any more. {error} Go back to the form and put it right there."
        )
        return self._page(request, article, form=ConflictForm(initial=sent), problem=problem)

    def _page(self, request: HttpRequest, article: Article, **more: Any) -> TemplateResponse:
        return self.page_about(article, request, "admin/publishing/conflict.html", "Two versions", more)


def _chosen(data: QueryDict, found: Versions, sent: Mapping[str, Any]) -> tuple[dict[Place, Side], str]:
    """What was chosen, and what is in the way of storing it."""
    places = [each.place for each in found.differences()]
    if side := SIDES.get(data.get("all", "")):
        return dict.fromkeys(places, side), ""
    given = {place: data.get(f"choice-{comparing.address(place)}", "") for place in places}
    chosen = {place: SIDES[value] for place, value in given.items() if value in SIDES}
    if found.newest.number != sent["newest"]:
        seen = found.article.revisions.filter(number=sent["newest"]).first()
        by, newest = found.newest.author or "Somebody", found.newest
        problem = f"{by} saved {newest} meanwhile. What you chose is kept where that says the same still."
        return conflicts.still_holding(found, chosen, seen), problem
    if missing := len(places) - len(chosen):
        return chosen, f"Nothing is stored yet: choose one version at each place. {missing} left."
    return chosen, ""


def _page(data: QueryDict) -> UUID | None:
    """The page that was typed into."""
    try:
        return UUID(_as_typed(data).get("page", ""))
    except ValueError:
        return None


def _as_typed(data: QueryDict) -> QueryDict:
    """The article's form as it was sent, to be shown again."""
    try:
        typed = json.loads(data.get("typed", ""))
        pairs = [(unsaved.plain(name), list(map(unsaved.plain, texts))) for name, texts in typed.items()]
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise BadRequest("The page that was sent is not whole. Go back and send it again.") from error
    found = QueryDict(mutable=True)
    for name, texts in [*pairs, ("_return", ["1"])]:
        found.setlist(name, texts)
    return found
