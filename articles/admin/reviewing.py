"""The pages and buttons of a review: submit, assign, look at what changed, decide, take back.

Each view fetches, calls one transition of `articles.workflow` and says what came of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST

from articles import approvals, documents, narrating, notes, places, workflow
from articles.admin import review_forms, timeline
from articles.admin.noting import Draft, NoteViews, ShownNote, newest_draft, shown_notes
from articles.admin.rights import person
from articles.models import Article, Publication, Review
from articles.obstacles import PublishingError


@dataclass(frozen=True, slots=True)
class Asking:
    """A transition with a page of its own, on which somebody says more than yes."""

    name: str
    title: str
    form: type[review_forms.ReviewForm]
    transition: Callable[..., Review]
    done: Callable[[Review], str]
    permission: str  # the name of the method that says who may
    next_page: str = "change"


def submitted(review: Review) -> str:
    who = f"{review.assignee} is asked" if review.assignee else "Whoever may review is asked"
    return f"{str(review.revision).capitalize()} is in review. {who} to decide. Readers see no change."


def assigned(review: Review) -> str:
    return f"{review.assignee or 'Whoever may review'} is asked to decide."


def sent_back(review: Review) -> str:
    return f"Changes are requested: {review.submitted_by or 'whoever writes'} is asked to make them."


def approved(review: Review) -> str:
    return f"{str(review.approved_revision).capitalize()} is approved, and can be published."


ASKING = (
    Asking(
        "submit",
        "Submit for review",
        review_forms.SubmitForm,
        workflow.submit,
        submitted,
        "has_change_permission",
    ),
    Asking(
        "assign",
        "Assign the review",
        review_forms.AssignForm,
        workflow.assign,
        assigned,
        "may_note",
    ),
    Asking(
        "request_changes",
        "Request changes",
        review_forms.ChangesForm,
        workflow.request_changes,
        sent_back,
        "may_review",
        next_page="review",
    ),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What pages say of the review that an article is in, and which buttons they have."""

    review: Review | None
    told: str
    is_overdue: bool
    is_waiting: bool
    draft: Draft
    notes: Sequence[ShownNote]
    own: Sequence[int]  # revisions that keep the person from approving
    may_review: bool
    may_change: bool
    seen: str

    @property
    def open_notes(self) -> list[ShownNote]:
        return [each for each in self.notes if not each.note.resolved_at]

    @property
    def told_open(self) -> str:
        return notes.told_open(len(self.open_notes))

    @property
    def resolved_notes(self) -> list[ShownNote]:
        return [each for each in self.notes if each.note.resolved_at]

    @property
    def may_decide(self) -> bool:
        return self.may_review and self.is_waiting

    @property
    def may_request_changes(self) -> bool:
        """Of what was approved as well: somebody may have second thoughts."""
        return self.may_review and bool(self.review and self.review.state != Review.State.CHANGES_REQUESTED)

    @property
    def may_approve(self) -> bool:
        return self.may_decide and not self.own

    @property
    def offers(self) -> list[places.Offer]:
        return self.draft.offers() if self.review else []


class ReviewViews(NoteViews):
    """Whoever may change an article submits it and takes it back; whoever may review decides."""

    def get_urls(self) -> list[URLPattern]:
        views: list[tuple[str, Any, dict[str, Any]]] = [
            ("review", self.review_view, {}),
            ("approve", self.approve_view, {}),
            ("recall", self.recall_view, {}),
            *((asking.name, self.asking_view, {"asking": asking}) for asking in ASKING),
        ]
        own = [
            path(
                f"<uuid:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                arguments,
                self._route(name.replace("_", "")),
            )
            for name, view, arguments in views
        ]
        return own + super().get_urls()

    # --- Pages on which somebody says more -----------------------------------------------------------

    def asking_view(self, request: HttpRequest, pk: UUID, asking: Asking) -> HttpResponse:
        article = self._article(request, pk)
        if not getattr(self, asking.permission)(request, article):
            raise PermissionDenied
        form = asking.form(article, request.POST or None)
        if not form.is_valid():
            return self._asking_page(request, asking, form, None)
        try:
            review = asking.transition(article, by=person(request), **form.decision())
        except PublishingError as refused:
            again = asking.form(article, initial=form.cleaned_data)
            return self._asking_page(request, asking, again, refused)
        messages.success(request, asking.done(review))
        return redirect(self.address(asking.next_page, article))

    def _asking_page(
        self,
        request: HttpRequest,
        asking: Asking,
        form: review_forms.ReviewForm,
        error: PublishingError | None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": asking.title,
            "subtitle": form.article.title,
            "opts": self.opts,
            "original": form.article,
            "form": form,
            "error": error,
            "review": form.review,
            "told": approvals.told(form.review) if form.review else "",
            "newest": form.article.revisions.defer("text").first(),
            "periods": timeline.open_periods(form.article, timezone.now()),
            "now": timezone.localtime(),
        }
        return TemplateResponse(request, f"admin/reviews/{asking.name}.html", context)

    # --- What has changed, and the decision on it ------------------------------------------------------

    @method_decorator(require_GET)
    def review_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return self._review_page(request, article)

    @method_decorator(require_POST)
    def approve_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.may_review(request, article):
            raise PermissionDenied
        form = review_forms.ApproveForm(article, request.POST)
        if not form.is_valid():
            return self._review_page(request, article, form)
        try:
            review = workflow.approve(article, by=person(request), **form.decision())
        except PublishingError as refused:
            again = review_forms.ApproveForm(article, initial={"note": form.cleaned_data["note"]})
            return self._review_page(request, article, again, refused)
        messages.success(request, approved(review))
        return redirect(self.address("change", article))

    @method_decorator(require_POST)
    def recall_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = review_forms.RecallForm(article, request.POST)
        form.full_clean()
        try:
            was_there = workflow.recall(article, by=person(request), **form.decision())
        except PublishingError as error:
            messages.error(request, str(error))
        else:
            said = (
                "It is a draft again, and nobody is asked any more." if was_there else "It was not in review."
            )
            messages.success(request, said)
        return redirect(self.address("change", article))

    def _review_page(
        self,
        request: HttpRequest,
        article: Article,
        form: review_forms.ApproveForm | None = None,
        error: PublishingError | None = None,
    ) -> HttpResponse:
        period = _readers_saw(article)
        before = documents.upgrade(period.revision.document) if period else None
        draft = newest_draft(article, *([before] if before else []))
        standing = self.standing(request, article, draft) if draft else None
        context = {
            **self.admin_site.each_context(request),
            "title": "Review",
            "subtitle": article.title,
            "opts": self.opts,
            "original": article,
            "period": period,
            "now": timezone.now(),
            "standing": standing,
            "narrative": draft and _narrative(draft, before),
            "form": form or review_forms.ApproveForm(article),
            "may_note": bool(standing and standing.review) and self.may_note(request, article),
            "note_form": review_forms.NoteForm(initial={"place": request.GET.get("at", "")}),
            "error": error,
        }
        return TemplateResponse(request, "admin/reviews/review.html", context)

    # --- On the form -----------------------------------------------------------------------------------

    def review_context(self, request: HttpRequest, article: Any) -> dict[str, Any]:
        """What the form says of the review that it is in, and of notes that are left of earlier ones."""
        draft = newest_draft(article) if _is_spoken_of(article) else None
        standing = self.standing(request, article, draft) if draft else None
        return {
            "standing": standing,
            "may_submit": self.has_change_permission(request, article)
            and article.review_state != Review.State.APPROVED,
        }

    def standing(self, request: HttpRequest, article: Article, draft: Draft) -> Standing:
        review, user = approvals.current(article), person(request)
        may_review = self.may_review(request, article)
        waiting = review is not None and review.state in (Review.State.IN_REVIEW, Review.State.LAPSED)
        overdue = bool(waiting and review and review.due_on and review.due_on < timezone.localdate())
        return Standing(
            review=review,
            told=approvals.told(review) if review else "",
            is_overdue=overdue,
            is_waiting=waiting,
            draft=draft,
            notes=shown_notes(article, review, draft, self.address("change", article)),
            own=workflow.kept_from_approving(article, user) if may_review and waiting else [],
            may_review=may_review,
            may_change=self.has_change_permission(request, article),
            seen=workflow.standing(review),
        )


def _is_spoken_of(article: Any) -> bool:
    return bool(article.review_state) or article.has_notes


def _readers_saw(article: Article) -> Publication | None:
    """What is live, or was last."""
    begun = article.publications.filter(starts_at__lte=timezone.now())
    return begun.select_related("revision").only("revision", "starts_at", "ends_at").first()


def _narrative(draft: Draft, before: Any) -> narrating.Narrative:
    one = before or narrating.nothing_like(draft.document)
    return narrating.narrate(draft.record, one, draft.document, draft.names)
