"""Notes on an article in review, as its form and its review page show them, and the buttons for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from articles import documents, kinds, naming, notes, places
from articles.admin import review_forms
from articles.admin.rights import REVIEW, person
from articles.admin.transitions import TransitionViews
from articles.models import Article, Review, ReviewNote, Revision
from articles.naming import Names
from articles.obstacles import PublishingError
from articles.records import JSON, Record

MOST = 200  # notes on one page


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note with what its place is called now; `gone` where that is not there any more."""

    note: ReviewNote
    about: str
    gone: bool
    address: str
    answers: Sequence[ReviewNote]


@dataclass(frozen=True, slots=True)
class Draft:
    """The newest revision, and how to speak of its places."""

    revision: Revision
    record: Record
    document: JSON
    names: Names

    def offers(self) -> list[places.Offer]:
        return list(places.offers(self.record, self.document, self.names))

    def words(self, note: ReviewNote) -> str | None:
        """What the place of a note is called; None where it is gone."""
        try:
            return places.words(self.record, self.document, places.parse(note.place), self.names)
        except LookupError:
            return None


def newest_draft(article: Article, *others: JSON) -> Draft | None:
    """`others` are documents whose rows are to be named as well."""
    revision = article.revisions.select_related("author").first()
    if revision is None:
        return None
    record, document = kinds.get(article.kind).record, documents.upgrade(revision.document)
    return Draft(revision, record, document, naming.names(record, document, *others))


def shown_notes(article: Article, review: Review | None, draft: Draft, form: str) -> list[ShownNote]:
    """Those of the open review, and of earlier ones what is not resolved; `form` is where the places are."""
    own = Q(review=review) if review else Q(pk=None)
    found = ReviewNote.objects.filter(own | Q(resolved_at=None), review__article=article.pk)
    found = found.filter(answers_to=None).select_related("author", "resolved_by")
    listed = found.prefetch_related("answers__author").order_by("written_at", "id")[:MOST]
    return [_shown(note, draft, form) for note in listed]


def _shown(note: ReviewNote, draft: Draft, form: str) -> ShownNote:
    words = draft.words(note)
    place = urlencode({"at": note.place})
    address = f"{form}?{place}" if words and note.place else ""
    about = words or note.about or places.WHOLE
    return ShownNote(note, capfirst(about), words is None, address, list(note.answers.all()))


class NoteViews(TransitionViews):
    """Whoever may change or review an article writes notes on it."""

    def get_urls(self) -> list[URLPattern]:
        views = {"note": self.note_view, "answer": self.answer_view, "resolve": self.resolve_view}
        own = [
            path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(view), name=self._route(name))
            for name, view in views.items()
        ]
        return own + super().get_urls()

    def may_note(self, request: HttpRequest, article: Article) -> bool:
        return self.may_review(request, article) or self.has_change_permission(request, article)

    def may_review(self, request: HttpRequest, article: Article) -> bool:
        may_see = self.has_view_or_change_permission(request, article)
        return may_see and person(request).has_perm(REVIEW) and not article.trashed_at

    @method_decorator(require_POST)
    def note_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = review_forms.NoteForm(request.POST)
        article = self._article_to_note(request, pk)
        return self._noted(
            request, article, form, "The note is written.", lambda: notes.add(article, **_by(request, form))
        )

    @method_decorator(require_POST)
    def answer_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article_to_note(request, pk)
        form = review_forms.AnswerForm(article, request.POST)
        return self._noted(
            request, article, form, "The answer is written.", lambda: notes.answer(**_by(request, form))
        )

    @method_decorator(require_POST)
    def resolve_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article_to_note(request, pk)
        form = review_forms.ResolveForm(article, request.POST)

        def decide() -> bool:
            note, by = form.cleaned_data["note"], person(request)
            return notes.reopen(note, by=by) if form.cleaned_data["again"] else notes.resolve(note, by=by)

        said = "The note is open again." if "again" in request.POST else "The note is resolved."
        return self._noted(request, article, form, said, decide)

    def _article_to_note(self, request: HttpRequest, pk: UUID) -> Any:
        article = self._article(request, pk)
        if not self.may_note(request, article):
            raise PermissionDenied
        return article

    def _noted(
        self, request: HttpRequest, article: Article, form: Any, said: str, decide: Callable[[], object]
    ) -> HttpResponse:
        """Back to the page that the button is on."""
        if not form.is_valid():
            problems = " ".join(problem for errors in form.errors.values() for problem in errors)
            messages.error(request, f"Nothing is written. {problems}")
            return redirect(self._page_noted_on(request, article))
        try:
            decide()
        except PublishingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect(self._page_noted_on(request, article))

    def _page_noted_on(self, request: HttpRequest, article: Article) -> str:
        pages = {name: self.address(name, article) for name in ("change", "review")}
        return f"{pages.get(request.POST.get('page', ''), pages['review'])}#review-notes"


def _by(request: HttpRequest, form: Any) -> dict[str, Any]:
    return form.cleaned_data | {"by": person(request)}
