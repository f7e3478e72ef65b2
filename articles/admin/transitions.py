"""The pages and buttons that publish, schedule, withdraw, cancel and restore.

Each view fetches, calls one transition of `articles.publishing` and says what came of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from articles import approvals, documents, follow_ups, kinds, previews, publishing
from articles.admin import display, forms, found, linking, timeline
from articles.admin.rights import OVERRIDE, PUBLISH, person
from articles.models import Article, Publication
from articles.obstacles import Unapproved
from articles.records import JSON


@dataclass(frozen=True, slots=True)
class Effect:
    """What to know before something is published: a link to where it shows, and in words what."""

    link: SafeString
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A transition with a page of its own, which says what it means and what is in its way."""

    name: str
    form: type[forms.DecisionForm]
    transition: Callable[..., Any]
    done: Callable[[forms.DecisionForm, Any], str]
    rehearsed: bool = False

    @property
    def begins(self) -> bool:
        """Whether something comes to be live."""
        return issubclass(self.form, forms.BeginningForm)


def published(form: forms.DecisionForm, publication: Publication) -> str:
    link, asked = display.live_link(publication), _asked(publication)
    return format_html("“{}” is live: {}{}", publication.title, link, asked)


def scheduled(form: forms.DecisionForm, publication: Publication) -> str:
    begins = display.moment(publication.starts_at)
    return f"“{publication.title}” goes live on {begins}.{_asked(publication)}"


def _asked(publication: Publication) -> str:
    """What others are asked to do because of it."""
    named = display.joined(dict.fromkeys(f"“{article}”" for article in publication.asked))
    return f" Somebody is asked to review the words of {named}." if publication.asked else ""


def withdrawn(form: forms.DecisionForm, ended: bool) -> str:
    when = form.cleaned_data["at"]
    if not ended:
        return f"“{form.article}” was neither live nor scheduled. Nothing has changed."
    return f"“{form.article}” will be withdrawn on {display.moment(when)}." if when else "Withdrawn."


DECISIONS = (
    Decision("publish", forms.PublishForm, publishing.publish, published, rehearsed=True),
    Decision("schedule", forms.ScheduleForm, publishing.schedule, scheduled),
    Decision("withdraw", forms.WithdrawForm, publishing.withdraw, withdrawn, rehearsed=True),
)


def rehearse(transition: Callable[[], object]) -> publishing.PublishingError | None:
    """What would keep a transition from being made: it is made, and taken back."""
    try:
        with transaction.atomic():
            transition()
            transaction.set_rollback(True)
    except publishing.PublishingError as error:
        return error
    return None


def objected(document: JSON, moment: datetime) -> publishing.Objected | None:
    """What speaks against publishing a document at a moment, where no rehearsal tells."""
    against = list(kinds.get(document["kind"]).objections(document, moment))
    return publishing.Objected(document["title"], against) if against else None


class TransitionViews(admin.ModelAdmin):
    """What can be done with an article beside saving it."""

    def get_urls(self) -> list[URLPattern]:
        views: list[tuple[str, Any, dict[str, Any]]] = [
            ("preview", self.preview_view, {}),
            ("cancel", self.cancel_view, {}),
            ("restore", self.restore_view, {}),
            *((decision.name, self.decision_view, {"decision": decision}) for decision in DECISIONS),
        ]
        own = [
            path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(view), arguments, self._route(name))
            for name, view, arguments in views
        ]
        return own + super().get_urls()

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and person(request).has_perm(PUBLISH)

    def has_override_permission(self, request: HttpRequest) -> bool:
        return self.has_publish_permission(request) and person(request).has_perm(OVERRIDE)

    def effects(self, document: JSON, moment: datetime) -> Iterable[Effect]:
        """What to know before the document is published from the moment on."""
        return ()

    def checked(self, article: Article, document: JSON, moment: datetime) -> dict[str, Any]:
        """What the page of a decision says of the checks."""
        return {}

    def address(self, name: str, article: Article) -> str:
        return reverse(f"admin:{self._route(name)}", args=[article.pk])

    @method_decorator(require_GET)
    def preview_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The stored working copy as a page."""
        article = self._article(request, pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if kinds.get(article.kind).prefix is None:
            raise Http404(f"A {self.opts.verbose_name} has no page of its own.")
        return previews.page(article, timezone.now())

    def decision_view(self, request: HttpRequest, pk: UUID, decision: Decision) -> HttpResponse:
        article = self._article_to_publish(request, pk)
        if request.POST.get("override") and not self.has_override_permission(request):
            raise PermissionDenied
        form = decision.form(article, request.POST or None)
        if not form.is_valid():
            return self._decision_page(request, decision, form, self._foreseen(request, decision, article))
        try:
            result = decision.transition(article, by=person(request), **form.decision())
        except publishing.PublishingError as refused:
            again = decision.form(article, initial=form.cleaned_data)
            return self._decision_page(request, decision, again, refused)
        messages.success(request, decision.done(form, result))
        return redirect(self.address("change", article))

    @method_decorator(require_POST)
    def cancel_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article_to_publish(request, pk)
        form = forms.CancelForm(article, request.POST)
        if not form.is_valid():
            raise Http404("It is not scheduled any more: somebody else has cancelled it.")
        try:
            publication = form.cleaned_data["publication"]
            spared = publishing.cancel(publication, by=person(request), **form.decision())
        except publishing.PublishingError as error:
            messages.error(request, str(error))
        else:
            said = "Cancelled: what was scheduled doesn't go live. Readers see no change."
            messages.success(request, f"{said} {follow_ups.spared(spared)}".strip())
        return redirect(self.address("history", article))

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The draft says again what an older revision said; for all who may write."""
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = forms.RestoreForm(article, request.POST)
        if not form.is_valid():
            raise Http404("This article has no such revision.")
        revision = form.cleaned_data["revision"]
        try:
            publishing.restore(revision, by=person(request))
        except (documents.DocumentError, publishing.PublishingError) as error:
            messages.error(request, f"{revision} can't be restored. {error}")
        else:
            messages.success(request, f"The draft is as it was in {revision}. Readers see no change.")
        return redirect(self.address("change", article))

    def _foreseen(
        self, request: HttpRequest, decision: Decision, article: Article
    ) -> publishing.PublishingError | None:
        if decision.rehearsed:
            return rehearse(lambda: decision.transition(article, by=person(request)))
        newest, review = article.revisions.defer("text").first(), approvals.current(article)
        refused = approvals.refusal(article, newest, review)
        return refused or objected(documents.compose(article), timezone.now())

    def _beginning(self, decision: Decision, form: forms.DecisionForm) -> dict[str, Any]:
        """What to know of what is to be live: what it changes elsewhere, and what its checks find."""
        if not decision.begins:
            return {}
        chosen = getattr(form, "cleaned_data", None) or form.initial
        revision, at = chosen.get("revision"), chosen.get("at") or timezone.now()
        document = documents.upgrade(revision.document) if revision else documents.compose(form.article)
        moment = max(at, timezone.now())
        effects = list(self.effects(document, moment))
        return {"effects": effects, **self.checked(form.article, document, moment)}

    def _decision_page(
        self,
        request: HttpRequest,
        decision: Decision,
        form: forms.DecisionForm,
        error: publishing.PublishingError | None,
    ) -> HttpResponse:
        beginning, objections = self._beginning(decision, form), getattr(error, "objections", ())
        unsaid = found.unsaid(objections, beginning.get("parts", ()))
        context = {
            "form": form,
            "error": error,
            "together": [display.edit_link(other) for other in getattr(error, "articles", ())],
            "unapproved": display.review_link(error.article) if isinstance(error, Unapproved) else "",
            "with_others": form.initial.get("together"),
            "objected": bool(objections),
            "objections": unsaid,
            "said_below": len(objections) - len(unsaid),
            "may_override": self.has_override_permission(request),
            **beginning,
            "linked_from": None if decision.begins else linking.linked_from(form.article, timezone.now()),
            "periods": timeline.open_periods(form.article, timezone.now()),
            "now": timezone.localtime(),
            "time_zone": timezone.get_current_timezone_name(),
        }
        template, title = f"admin/publishing/{decision.name}.html", decision.name.capitalize()
        return self.page_about(form.article, request, template, title, context)

    def page_about(
        self,
        article: Article | None,
        request: HttpRequest,
        template: str,
        title: str,
        context: Mapping[str, Any],
        status: int | None = None,
    ) -> TemplateResponse:
        """A page of its own about an article: under its title, with the way back to its form."""
        shared = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": article and article.title,
            "opts": self.opts,
            "original": article,
        }
        return TemplateResponse(request, template, {**shared, **context}, status=status)

    def _article(self, request: HttpRequest, pk: UUID | str) -> Any:
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404(f"There is no {self.opts.verbose_name} with the id {pk}.")
        return article

    def _article_to_publish(self, request: HttpRequest, pk: UUID) -> Any:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return self._article(request, pk)

    def _route(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"
