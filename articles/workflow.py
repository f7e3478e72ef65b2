"""The way of an article through review: submitted, assigned, decided on, taken back.

As in `publishing`, each transition is atomic, checks first, and may be repeated without harm. Whoever decided
on the ground of a page they saw passes the review's `standing` as `seen`. Who has the right to call, the
callers see to.
"""

from datetime import date
from enum import Enum
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles import approvals, formats, kinds, publishing, requirements, review_mail, tasks, trail
from articles.approvals import BOTH, told
from articles.models import Article, Review, Revision
from articles.obstacles import Conflict, Edited, PublishingError

REVIEW = "articles.review_article"  # the right to approve and to request changes
LONGEST_NOTE = 2000
NOT_IN_REVIEW = "none"
State = Review.State


class Keep(Enum):
    """The day that is set already."""

    KEEP = "keep"


KEEP = Keep.KEEP


def standing(review: Review | None) -> str:
    """A short word for where the review stands; it changes with every transition."""
    return f"{review.pk}.{review.version}" if review else NOT_IN_REVIEW


@transaction.atomic
def submit(
    article: Article,
    *,
    by: User | None,
    assignee: User | None = None,
    due_on: date | None = None,
    note: str = "",
    seen: str | None = None,
) -> Review:
    """Ask for a decision on what the working copy says; again, after changes were made.

    Raises NotReady as `record` does, Conflict, or PublishingError where there is nothing to decide on.
    """
    _take_turn(article)
    revision = publishing.record(article, by=by)
    review = approvals.locked(article)
    note = _note(note)
    wanted = (State.IN_REVIEW, revision, assignee, due_on, note)
    if review and wanted == (review.state, review.revision, review.assignee, review.due_on, review.note):
        return review
    _check_seen(review, article, seen)
    _check_asked(assignee, due_on)
    _check_something_is_new(article, review, revision)
    again = review is not None
    review = review or Review(article_id=article.pk)
    review.state, review.revision, review.note = State.IN_REVIEW, revision, note
    review.submitted_by, review.submitted_at = by, timezone.now()
    review.assignee, review.due_on = assignee, due_on
    _keep(review)
    _ask_to_decide(article, review, by)
    detail = " ".join(filter(None, [_asked(review), note]))
    trail.note(trail.Action.SUBMITTED, article, by=by, revision=revision.number, detail=detail)
    review_mail.submitted(article, review, by=by, again=again, deciders=_deciders(article, review))
    return review


@transaction.atomic
def assign(
    article: Article,
    *,
    to: User | None,
    by: User | None,
    due_on: date | Keep | None = KEEP,
    seen: str | None = None,
) -> Review:
    """Ask somebody else to decide, or with None whoever may. Raises Conflict where it is not in review."""
    _take_turn(article)
    review = _in_review(article)
    wanted = (to, review.due_on if due_on is KEEP else due_on)
    if wanted == (review.assignee, review.due_on):
        return review
    _check_seen(review, article, seen)
    was, was_due = review.assignee, review.due_on
    review.assignee, review.due_on = wanted
    _check_asked(to if to != was else None, review.due_on if review.due_on != was_due else None)
    _keep(review)
    if review.state in (State.IN_REVIEW, State.LAPSED):
        _ask_to_decide(article, review, by)
    number = review.revision.number
    trail.note(trail.Action.ASSIGNED, article, by=by, revision=number, detail=_asked(review))
    if to != was:
        review_mail.assigned(article, review, by=by, deciders=_deciders(article, review))
    return review


@transaction.atomic
def request_changes(
    article: Article,
    *,
    by: User | None,
    revision: Revision | None = None,
    note: str = "",
    seen: str | None = None,
) -> Review:
    """Send it back to whoever submitted it: with a note, or with notes that are pinned and not resolved."""
    _take_turn(article)
    review, note = _in_review(article), _note(note)
    decided = (review.state, review.decided_by, review.decision_note)
    if decided == (State.CHANGES_REQUESTED, by, note):
        return review
    _check_seen(review, article, seen)
    if review.state == State.CHANGES_REQUESTED:
        raise Conflict(f"{told(review)} It waits for those, and can be submitted again.")
    if not note and not review.notes.unresolved().exists():
        raise PublishingError("Say what is to change: here, or in a note on the part that it is about.")
    looked_at = revision or _newest(article)
    review.approved_revision = None
    _decide(review, State.CHANGES_REQUESTED, by, note)
    tasks.close(article, *BOTH, by=by)
    tasks.ask(article, tasks.Reason.CHANGES, by=by, assignee=review.submitted_by, text=note)
    trail.note(trail.Action.CHANGES_REQUESTED, article, by=by, revision=looked_at.number, detail=note)
    review_mail.decided(article, review, looked_at, by=by)
    return review


@transaction.atomic
def approve(
    article: Article, *, revision: Revision, by: User, note: str = "", seen: str | None = None
) -> Review:
    """Approve the revision that was looked at, which is then what may be published.

    Raises Edited where it is not the newest any more, and PublishingError where they wrote of it themselves.
    """
    _take_turn(article)
    review, note = _in_review(article), _note(note)
    decided = (review.state, review.decided_by, review.approved_revision)
    if decided == (State.APPROVED, by, revision):
        return review
    _check_seen(review, article, seen)
    newest = _newest(article)
    if newest != revision:
        raise Edited(revision, newest)
    _check_not_their_own(article, by)
    review.approved_revision = revision
    _decide(review, State.APPROVED, by, note)
    tasks.close(article, *BOTH, by=by)
    trail.note(trail.Action.APPROVED, article, by=by, revision=revision.number, detail=note)
    review_mail.decided(article, review, revision, by=by)
    return review


@transaction.atomic
def recall(article: Article, *, by: User | None, note: str = "", seen: str | None = None) -> bool:
    """Take it back from review, with an approval that it may have; returns whether it was there."""
    _take_turn(article)
    review = approvals.locked(article)
    if review is None:
        return False
    _check_seen(review, article, seen)
    review.state, review.ended_at, review.approved_revision = State.ENDED, timezone.now(), None
    _keep(review)
    tasks.close(article, *BOTH, by=by)
    number = review.revision.number
    trail.note(trail.Action.RECALLED, article, by=by, revision=number, detail=_note(note))
    return True


def may_review(user: User) -> bool:
    return user.is_active and user.has_perm(REVIEW)


def who_may_review(article: Article) -> list[User]:
    """Those who may decide on what the working copy says: of what they wrote themselves they may not."""
    options = kinds.get(article.kind).model._meta
    rights = [f"{options.app_label}.{verb}_{options.model_name}" for verb in ("view", "change")]
    seeing = Q(pk__in=_with_right(rights[0])) | Q(pk__in=_with_right(rights[1]))
    found = User.objects.filter(seeing, pk__in=_with_right(REVIEW), is_staff=True).order_by("pk")
    if settings.OWN_APPROVAL:
        return list(found)
    written = article.revisions.filter(number__gt=approvals.since(article), author__isnull=False)
    return list(found.exclude(pk__in=written.order_by().values("author")))


def own_revisions(article: Article, user: User) -> list[int]:
    """What the person wrote since something of the article was last published or approved."""
    found = article.revisions.filter(author=user, number__gt=approvals.since(article))
    return sorted(found.values_list("number", flat=True))


def kept_from_approving(article: Article, user: User) -> list[int]:
    """The revisions because of which somebody else has to approve; none where that is allowed."""
    return [] if settings.OWN_APPROVAL else own_revisions(article, user)


# --- Guards --------------------------------------------------------------------------------------


def _take_turn(article: Article) -> None:
    """Nobody publishes or saves the article meanwhile."""
    publishing.take_turn()
    Article.objects.select_for_update().get(pk=article.pk)
    requirements.refuse_trashed([article.pk])


def _in_review(article: Article) -> Review:
    review = approvals.locked(article)
    if review is None:
        raise Conflict(
            f"“{article.title}” is not in review: it was never submitted, or was published or taken back."
        )
    return review


def _check_seen(review: Review | None, article: Article, seen: str | None) -> None:
    if seen is None or seen == standing(review):
        return
    now = told(review) if review else f"“{article.title}” is not in review any more."
    raise Conflict(f"Something was decided after you had opened the page. {now} Look again, then decide.")


def _check_asked(assignee: User | None, due_on: date | None) -> None:
    if assignee and not may_review(assignee):
        raise PublishingError(f"{assignee} may not review. Choose an editor or a reviewer.")
    if due_on and due_on < timezone.localdate():
        raise PublishingError(f"{formats.day(due_on)} has passed. Choose a day to come.")


def _check_something_is_new(article: Article, review: Review | None, revision: Revision) -> None:
    if review and review.state == State.APPROVED:
        raise PublishingError(f"{told(review)} There is nothing new to decide on.")
    if article.publications.at(timezone.now()).filter(revision=revision).exists():
        raise PublishingError(f"Readers see {revision} already. There is nothing new to decide on.")


def _check_not_their_own(article: Article, by: User) -> None:
    if own := kept_from_approving(article, by):
        numbers = ", ".join(map(str, own))
        which = f"revision {numbers}" if len(own) == 1 else f"revisions {numbers}"
        raise PublishingError(f"You wrote {which} yourself. Somebody else has to approve it.")


def _note(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise PublishingError(f"The note is longer than {LONGEST_NOTE} characters. Shorten it.")
    return text


# --- What all of them do --------------------------------------------------------------------------


def _newest(article: Article) -> Revision:
    return article.revisions.select_related("author").defer("text")[0]


def _decide(review: Review, state: State, by: User | None, note: str) -> None:
    review.state, review.decided_by, review.decided_at = state, by, timezone.now()
    review.decision_note = note
    _keep(review)


def _keep(review: Review) -> None:
    if not review._state.adding:
        review.version += 1
    review.save()


def _deciders(article: Article, review: Review) -> list[User]:
    """Who is told where nobody in particular is asked."""
    return [] if review.assignee or settings.REVIEW_ADDRESS else who_may_review(article)


def _with_right(name: str) -> QuerySet[Any, Any]:
    return User.objects.with_perm(name).order_by().values("pk")


def _ask_to_decide(article: Article, review: Review, by: User | None) -> None:
    tasks.close(article, *BOTH, by=by)
    who, due_on, text = review.assignee, review.due_on, review.note
    tasks.ask(article, tasks.Reason.REVIEW, by=by, assignee=who, due_on=due_on, text=text)


def _asked(review: Review) -> str:
    """“Asked: bob, by 3 December 2026.”"""
    due = f", by {formats.day(review.due_on)}" if review.due_on else ""
    return f"Asked: {review.assignee or 'whoever may review'}{due}."
