"""The way through review, as requests: the transitions of `articles.workflow`, and notes."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpResponse
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from articles import approvals, notes, places, rights, workflow
from articles.api import bodies, draft_items
from articles.api.desk import DeskViewSet, needed, seen
from articles.api.responses import JSON_TYPE, dump, respond
from articles.models import Article, ReviewNote
from articles.records import JSON

MOST = 200  # notes that are listed


class ReviewActions(DeskViewSet):
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: UUID) -> HttpResponse:
        """Ask a reviewer, or whoever may, to decide on what was saved last."""
        article = self.article(pk, rights.may_change)
        data = bodies.read(request, ("assignee", "due_on", "note", "seen"))
        workflow.submit(
            article,
            by=self.user,
            assignee=_assignee(data),
            due_on=bodies.day(data, "due_on"),
            note=_note(data),
            seen=seen(data),
        )
        return self.stands(request, pk)

    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: UUID) -> HttpResponse:
        """Ask somebody else to decide; with null, whoever may."""
        article = self.article(pk, rights.may_note)
        data = bodies.read(request, ("assignee", "due_on", "seen"))
        if "assignee" not in data:
            raise ValidationError({"assignee": ["is missing. Name a login, or null for whoever may."]})
        due_on: Any = bodies.day(data, "due_on") if "due_on" in data else workflow.KEEP
        workflow.assign(article, to=_assignee(data), by=self.user, due_on=due_on, seen=seen(data))
        return self.stands(request, pk)

    @action(detail=True, methods=["post"], url_path="request-changes")
    def request_changes(self, request: Request, pk: UUID) -> HttpResponse:
        """Send it back to whoever submitted it: with a note, or with pinned ones that are not resolved."""
        article = self.article(pk, rights.may_review)
        data = bodies.read(request, ("revision", "note", "seen"))
        workflow.request_changes(
            article, by=self.user, revision=self.revision(article, data), note=_note(data), seen=seen(data)
        )
        return self.stands(request, pk)

    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: UUID) -> HttpResponse:
        """Approve the revision that was looked at, which is then what may be published."""
        article = self.article(pk, rights.may_review)
        data = bodies.read(request, ("revision", "note", "seen"))
        needed(data, "revision")
        revision: Any = self.revision(article, data)
        workflow.approve(article, revision=revision, by=self.user, note=_note(data), seen=seen(data))
        return self.stands(request, pk)

    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: UUID) -> HttpResponse:
        """Take it back from review, with an approval that it may have."""
        article = self.article(pk, rights.may_change)
        data = bodies.read(request, ("note", "seen"))
        workflow.recall(article, by=self.user, note=_note(data), seen=seen(data))
        return self.stands(request, pk)

    # --- Notes ----------------------------------------------------------------------------------

    @action(detail=True)
    def notes(self, request: Request, pk: UUID) -> HttpResponse:
        """The notes of the review that it is in, and of earlier ones what is not resolved."""
        article = self.article(pk)
        return respond(request, dump({"notes": [draft_items.note(each) for each in _listed(article)]}))

    @notes.mapping.post
    def add_note(self, request: Request, pk: UUID) -> HttpResponse:
        """Pin a note to a place of what was saved last."""
        article = self.article(pk, rights.may_note)
        data = bodies.read(request, ("text", "place"))
        text = bodies.plain_text(data, "text", notes.LONGEST)
        place = places.parse(bodies.plain_text(data, "place", 200))
        try:
            note = notes.add(article, place=place, text=text, by=self.user)
        except LookupError as error:
            raise ValidationError({"place": [str(error)]}) from error
        return HttpResponse(dump(draft_items.note(note)), JSON_TYPE, status=201)

    @action(detail=True, methods=["post"], url_path="notes/<uuid:note>/answers", url_name="answers")
    def answer(self, request: Request, pk: UUID, note: UUID) -> HttpResponse:
        """Answer a note."""
        article = self.article(pk, rights.may_note)
        data = bodies.read(request, ("text",))
        text = bodies.plain_text(data, "text", notes.LONGEST)
        found = _about(article, note)
        given = notes.answer(found, text=text, by=self.user)
        return HttpResponse(dump(draft_items.note(_whole(given.answers_to or found))), JSON_TYPE, status=201)

    @action(detail=True, methods=["post"], url_path="notes/<uuid:note>/resolve", url_name="resolve")
    def resolve(self, request: Request, pk: UUID, note: UUID) -> HttpResponse:
        """Say that what a note asks for is done; with `again`, that it is not done after all."""
        article = self.article(pk, rights.may_note)
        data = bodies.read(request, ("again",))
        again, found = bodies.flag(data, "again"), _about(article, note)
        decide = notes.reopen if again else notes.resolve
        decide(found, by=self.user)
        return HttpResponse(dump(draft_items.note(_whole(found))), JSON_TYPE)


def _note(data: JSON) -> str:
    return bodies.plain_text(data, "note", workflow.LONGEST_NOTE)


def _assignee(data: JSON) -> User | None:
    if data.get("assignee") is None:
        return None
    name = bodies.plain_text(data, "assignee", 150)
    user = User.objects.filter(username=name).first()
    if user is None:
        raise ValidationError({"assignee": [f"there is no login {bodies.quoted(name)}."]})
    return user


def _listed(article: Article) -> list[ReviewNote]:
    review = approvals.current(article)
    own = Q(review=review) if review else Q(pk=None)
    found = ReviewNote.objects.filter(own | Q(resolved_at=None), review__article=article.pk)
    return list(_told_whole(found.filter(answers_to=None)).order_by("written_at", "id")[:MOST])


def _about(article: Article, pk: UUID) -> ReviewNote:
    found = ReviewNote.objects.filter(review__article=article.pk, pk=pk)
    note = found.select_related("review__article", "author", "answers_to").first()
    if note is None:
        raise NotFound("This article has no such note.")
    return note


def _whole(note: ReviewNote) -> ReviewNote:
    return _told_whole(ReviewNote.objects.filter(pk=note.pk)).get()


def _told_whole(found: Any) -> Any:
    return found.select_related("author", "resolved_by").prefetch_related("answers__author")
