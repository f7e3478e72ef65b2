"""Drafts for editors' programs: listed, read, written on the ground of a revision, restored, put away."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request

from articles import (
    checking,
    copying,
    documents,
    freshness,
    kinds,
    late,
    places,
    publishing,
    restoring,
    rights,
    trash,
    writing,
)
from articles.api import bodies, draft_items, parameters, refusals
from articles.api import draft_shapes as shapes
from articles.api.desk import needed
from articles.api.pagination import PAGING, paginate
from articles.api.publishing_actions import PublishingActions
from articles.api.responses import dump, respond, revision_of, revision_tag, tagged
from articles.api.review_actions import ReviewActions
from articles.api.views import listed
from articles.models import Article, Publication, Review, Revision, State
from articles.records import JSON
from articles.taking import Untakable

ORDERS, NEWEST_FIRST = {"updated": "updated_at"}, "-updated"
LONGEST_NOTE = 500
FILTERS = (
    parameters.parameter("kind", "Only this kind.", enum=kinds.names()),
    parameters.parameter(
        "state", "Only what stands so; what is in the trash is listed by this alone.", enum=State.values
    ),
    parameters.parameter("review", "Only what is in review, and stands so in it.", enum=shapes.OPEN_REVIEWS),
    parameters.slug("slug", "Only what has this slug."),
    parameters.parameter("changed_since", "Only what was saved at this moment or later.", format="date-time"),
    parameters.parameter("mine", "Only what you have saved a revision of.", enum=["true"]),
)


class Unconditional(APIException):
    status_code = 428
    default_detail = (
        "Say from which revision it was made: in If-Match, with the ETag of the draft, or as “revision”."
    )


class DraftViewSet(PublishingActions, ReviewActions):
    """Working copies of articles of all kinds, for whoever may see them at the editors' desk."""

    accepts = {
        "list": (*PAGING, parameters.ordering(ORDERS, NEWEST_FIRST), *FILTERS),
        "revisions": PAGING,
    }
    takes = {
        "create": shapes.CREATE,
        "update": shapes.CHANGE,
        "partial_update": shapes.CHANGE,
        "restore": shapes.RESTORE,
        "checked": shapes.CHECKED,
        "submit": shapes.SUBMIT,
        "assign": shapes.ASSIGN,
        "request_changes": shapes.REQUEST_CHANGES,
        "approve": shapes.APPROVE,
        "recall": shapes.RECALL,
        "add_note": shapes.ADD_NOTE,
        "answer": shapes.ADD_ANSWER,
        "resolve": shapes.RESOLVE,
        "publish": shapes.PUBLISH,
        "schedule": shapes.SCHEDULE,
        "cancel": shapes.CANCEL,
        "withdraw": shapes.WITHDRAW,
        "put_back": shapes.NOTHING,
        "copy": shapes.NOTHING,
    }
    answers = {
        "list": shapes.LIST,
        **dict.fromkeys(("create", "retrieve", "update", "partial_update", "copy"), shapes.DRAFT),
        **dict.fromkeys(("destroy", "put_back", "restore", "checked"), shapes.DECIDED),
        **dict.fromkeys(("submit", "assign", "request_changes", "approve", "recall"), shapes.DECIDED),
        **dict.fromkeys(("publish", "schedule", "cancel", "withdraw"), shapes.DECIDED),
        "revisions": shapes.REVISIONS,
        "one_revision": shapes.WHOLE_REVISION,
        "findings": shapes.FINDINGS,
        "notes": shapes.NOTES,
        **dict.fromkeys(("add_note", "answer", "resolve"), shapes.NOTE),
    }
    overtaken = dict.fromkeys(("update", "partial_update"), shapes.OVERTAKEN)
    statuses = dict.fromkeys(("create", "copy", "add_note", "answer"), 201)

    # --- Reading ----------------------------------------------------------------------------------

    def list(self, request: Request) -> HttpResponse:
        """A page of drafts of all kinds that you may read, what was saved last first."""
        page = paginate(request, self.get_queryset, ORDERS, NEWEST_FIRST)
        found = draft_items.items([row.id for row in page.rows], timezone.now())
        return listed(request, page, [dump(each) for each in found])

    def get_queryset(self) -> QuerySet[Any, Any]:
        """What somebody may read at the desk, with what is asked for."""
        given, now = self.request.query_params, timezone.now()
        kind, state = given.get("kind"), given.get("state")
        readable = [each.name for each in kinds.every() if rights.may_read(self.user, each)]
        if not readable or (kind and kind not in readable):
            raise PermissionDenied("You may not read these.")
        found = Article.objects.in_state(state, now, kind) if state else Article.objects.not_trashed()
        if kind or len(readable) < len(kinds.every()):
            found = found.filter(kind__in=[kind] if kind else readable)
        if slug := given.get("slug"):
            found = found.filter(slug=slug)
        if since := given.get("changed_since"):
            found = found.filter(updated_at__gte=bodies.parsed_moment("changed_since", since))
        if review := given.get("review"):
            reviews = Review.objects.open().filter(state=review).order_by()
            found = found.filter(pk__in=reviews.values("article"))
        if "mine" in given:
            own = Revision.objects.filter(author=self.user).order_by()
            found = found.filter(pk__in=own.values("article"))
        return found.values_list("id", "updated_at", named=True)

    def retrieve(self, request: Request, pk: UUID) -> HttpResponse:
        """Where a draft stands, and its document as it was saved last. Its ETag names the revision."""
        self.article(pk)
        return self.whole(request, pk)

    def whole(self, request: Request, pk: UUID) -> HttpResponse:
        now = timezone.now()
        article = draft_items.with_standing(Article.objects.all(), now).get(pk=pk)
        number, document = draft_items.newest(article)
        told = draft_items.standing(article, now) | {"revision": number, "document": document}
        text = dump(told)
        return tagged(request, text, revision_tag(number, text))

    # --- Writing ----------------------------------------------------------------------------------

    def create(self, request: Request) -> HttpResponse:
        """Begin a draft that says what a document says. Its id is yours to choose; a draft can be sent again
        by it without coming to be twice.
        """
        given = request.data.get("document") if isinstance(request.data, dict) else None
        kind = given.get("kind") if isinstance(given, dict) else None
        known = [each for each in kinds.every() if each.name == kind] or kinds.every()
        if not any(rights.may_add(self.user, each) for each in known):
            raise PermissionDenied("You may not begin articles of this kind.")
        data = bodies.read(request, ("document", "note"))
        needed(data, "document")
        note = bodies.plain_text(data, "note", writing.LONGEST_NOTE)
        return self._made(request, writing.create(data["document"], by=self.user, note=note))

    def update(self, request: Request, pk: UUID) -> HttpResponse:
        """Replace the document: all of it, made from the revision that If-Match or `revision` names."""
        return self._write(request, pk, whole=True)

    def partial_update(self, request: Request, pk: UUID) -> HttpResponse:
        """Replace some members of the document; the rows of a list that are given are all it has then."""
        return self._write(request, pk, whole=False)

    def _write(self, request: Request, pk: UUID, *, whole: bool) -> HttpResponse:
        article = self.article(pk, rights.may_change)
        data = bodies.read(request, ("document", "revision", "note"))
        based_on = _based_on(request, data)
        note = bodies.plain_text(data, "note", writing.LONGEST_NOTE)
        document = bodies.mapping(data, "document")
        needed(data, "document")
        try:
            writing.replace(article, document, whole=whole, based_on=based_on, by=self.user, note=note)
        except writing.Overtaken as overtaken:
            return refusals.answer(overtaken, status=412 if "If-Match" in request.headers else None)
        return self.whole(request, pk)

    @action(detail=True, methods=["post"])
    def copy(self, request: Request, pk: UUID) -> HttpResponse:
        """A new draft that says the same."""
        article = self.article(pk, rights.may_copy)
        bodies.read(request, ())
        return self._made(request, copying.copy(article, by=self.user))

    @action(detail=True, methods=["post"])
    def checked(self, request: Request, pk: UUID) -> HttpResponse:
        """Say that its facts were held against their sources."""
        article = self.article(pk, rights.may_change)
        data = bodies.read(request, ("on", "note"))
        note = bodies.plain_text(data, "note", LONGEST_NOTE)
        freshness.checked(article, by=self.user, on=bodies.day(data, "on"), note=note)
        return self.stands(request, pk)

    def _made(self, request: Request, article: Article) -> HttpResponse:
        response = self.whole(request, article.pk)
        response.status_code = 201
        response["Location"] = reverse("api:draft-detail", args=[article.pk])
        return response

    # --- The trash --------------------------------------------------------------------------------

    def destroy(self, request: Request, pk: UUID) -> HttpResponse:
        """Move it to the trash, from where it can be put back."""
        with transaction.atomic():
            article = self.article(pk, rights.may_trash)
            trash.hold(article)  # whose own draft it is stays so until it is moved
            if not rights.may_trash(self.user, article):
                raise PermissionDenied("Somebody else has written of it meanwhile.")
            trash.trash(article, by=self.user)
        return self.stands(request, pk)

    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, pk: UUID) -> HttpResponse:
        """Take it out of the trash, as it was."""
        article = self.article(pk, rights.may_trash)
        bodies.read(request, ())
        trash.put_back(article, by=self.user)
        return self.stands(request, pk)

    # --- Revisions and checks -----------------------------------------------------------------------

    @action(detail=True)
    def revisions(self, request: Request, pk: UUID) -> HttpResponse:
        """A page of its revisions, the newest first."""
        article = self.article(pk)
        page = paginate(request, lambda: _revisions(article), {"created": "created_at"}, "-created")
        return listed(request, page, [dump(draft_items.revision(row)) for row in page.rows])

    @action(detail=True, url_path="revisions/<int:number>", url_name="revision")
    def one_revision(self, request: Request, pk: UUID, number: int) -> HttpResponse:
        """A revision with its document, in the present schema."""
        revisions = _revisions(self.article(pk)).defer(None)
        found = revisions.filter(number=min(number, bodies.LARGEST_NUMBER)).first()
        if found is None:
            raise NotFound(f"This article has no revision {number}.")
        told = draft_items.revision(found) | {"document": documents.upgrade(found.document)}
        return respond(request, dump(told))

    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: UUID) -> HttpResponse:
        """The draft says again what a revision said, or one place of it. What readers see stays as it is."""
        article = self.article(pk, rights.may_change)
        data = bodies.read(request, ("revision", "place"))
        needed(data, "revision")
        revision: Any = self.revision(article, data)
        place = places.parse(bodies.plain_text(data, "place", 200))
        try:
            if place:
                restoring.restore_part(revision, place, by=self.user)
            else:
                publishing.restore(revision, by=self.user)
        except (LookupError, Untakable) as error:
            raise ValidationError({"place": [str(error)]}) from error
        return self.stands(request, pk)

    @action(detail=True)
    def findings(self, request: Request, pk: UUID) -> HttpResponse:
        """What the checks find in what was saved last, the gravest first; and in what is scheduled."""
        article, now = self.article(pk), timezone.now()
        number, document = draft_items.newest(article)
        found = [draft_items.finding(each) for each in checking.holds(document, now)]
        coming = [draft_items.late(each) for each in late.warnings(article, now)]
        return respond(request, dump({"revision": number, "findings": found, "late": coming}))


def _revisions(article: Article) -> Any:
    live = Publication.objects.at(timezone.now()).filter(article=article, revision__digest=OuterRef("digest"))
    return article.revisions.select_related("author").defer("text").annotate(is_live=Exists(live))


def _based_on(request: Request, data: JSON) -> int:
    """The number of the revision that the sender's document was made from."""
    header, number = request.headers.get("If-Match"), bodies.number(data, "revision")
    if header is None:
        if number is None:
            raise Unconditional
        return number
    named = revision_of(header)
    if named is None:
        raise ValidationError({"If-Match": ["names no revision. Send the ETag that came with the draft."]})
    if number not in (None, named):
        raise ValidationError({"revision": [f"is {number}, and If-Match says {named}. Send one of them."]})
    return named
