"""What was approved, and what that means for publishing: the rules that every publication keeps.

Whoever changes a review has locked its article first, as saving does: so nobody waits for each other in turn.
"""

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from articles import formats, review_mail, tasks, trail
from articles.models import Article, Review, ReviewQuerySet, Revision
from articles.obstacles import Unapproved

State = Review.State
BOTH = (tasks.Reason.REVIEW, tasks.Reason.CHANGES)


def current(article: Article) -> Review | None:
    """The review that the article is in."""
    return _told_whole(Review.objects.open().filter(article=article.pk)).first()


def locked(article: Article) -> Review | None:
    """The same, as nobody else changes it until the end of the transaction."""
    found = Review.objects.open().filter(article=article.pk)
    return _told_whole(found).select_for_update(of=("self",)).first()


def check(article: Article, revision: Revision) -> Review | None:
    """The review that ends with the publication of the revision.

    Raises Unapproved where the article is in review without an approval of just that, or where none is
    published without one.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    review = locked(article)
    if refused := refusal(article, revision, review):
        raise refused
    return review


def refusal(article: Article, revision: Revision | None, review: Review | None) -> Unapproved | None:
    """Why the revision is not published."""
    if review:
        if revision and review.state == State.APPROVED and review.approved_revision_id == revision.pk:
            return None
        return Unapproved(article, f"“{article.title}” is in review. {_what_to_do(review, revision)}")
    if not settings.REVIEW_REQUIRED or _was_approved(revision):
        return None
    what = f"and {revision} has none" if revision else "and it has none"
    return Unapproved(
        article,
        f"“{article.title}” is published only with somebody’s approval, {what}. Submit it for review.",
    )


def end(review: Review) -> None:
    """Publishing ends a review."""
    review.state, review.ended_at = State.ENDED, timezone.now()
    review.version += 1
    review.save(update_fields=["state", "ended_at", "version"])


def is_approved() -> Exists:
    """Of a revision: whether its article is in review with an approval, which a further one would end."""
    return Exists(Review.objects.open().filter(article=OuterRef("article"), state=State.APPROVED))


def lapse(article: Article, revision: Revision, *, by: User | None) -> None:
    """A revision that comes after an approval needs a new one; called by whoever has the article locked."""
    review = locked(article)
    if review is None or review.state != State.APPROVED or review.approved_revision is None:
        return
    review.state, review.version = State.LAPSED, review.version + 1
    review.save(update_fields=["state", "version"])
    trail.note(
        trail.Action.LAPSED,
        article,
        by=by,
        revision=review.approved_revision.number,
        detail=f"{str(revision).capitalize()} was saved.",
    )
    tasks.ask(
        article,
        tasks.Reason.REVIEW,
        by=by,
        assignee=review.assignee or review.decided_by,
        due_on=review.due_on,
        text=f"{str(revision).capitalize()} was saved after {review.approved_revision} was approved.",
    )
    review_mail.lapsed(article, review, revision, by=by)


def since(article: Article) -> int:
    """The number of the last revision that was published or approved; 0 where none was."""
    published = article.publications.values_list("revision__number", flat=True).first()
    approved = Review.objects.filter(article=article.pk).aggregate(last=Max("approved_revision__number"))
    return max(published or 0, approved["last"] or 0)


def told(review: Review) -> str:
    """Where it stands, in a sentence."""
    who, when = review.decided_by or "Somebody", review.decided_at and formats.moment(review.decided_at)
    match review.state:
        case State.CHANGES_REQUESTED:
            return f"{who} requested changes on {when}."
        case State.APPROVED:
            return f"{who} approved {review.approved_revision} on {when}."
        case State.LAPSED:
            return f"{who} approved {review.approved_revision} on {when}, and it was edited since."
    submitted = formats.moment(review.submitted_at)
    return f"{review.submitted_by or 'Somebody'} submitted {review.revision} on {submitted}."


def _told_whole(reviews: ReviewQuerySet) -> ReviewQuerySet:
    """With the people and revisions that are named, and without the documents."""
    named = ("submitted_by", "assignee", "decided_by", "revision", "approved_revision")
    return reviews.select_related(*named).defer("revision__text", "approved_revision__text")


def _what_to_do(review: Review, revision: Revision | None) -> str:
    back = "" if settings.REVIEW_REQUIRED else ", or take it back from review"
    which = str(revision or "the newest revision")
    if review.state == State.CHANGES_REQUESTED:
        return f"{told(review)} Make them and submit it again{back}."
    if review.state == State.APPROVED:
        return f"{told(review)} Publish that, or have {which} approved{back}."
    return f"{told(review)} Have {which} approved{back}."


def _was_approved(revision: Revision | None) -> bool:
    found = Review.objects.filter(state=State.ENDED, approved_revision=revision)
    return revision is not None and found.exists()
