"""What people are told by mail about reviews: short, plain, with the address of the page it is about."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles import formats, kinds, mailing
from articles.models import Article, Review, ReviewNote, Revision


def submitted(
    article: Article, review: Review, *, by: User | None, again: bool, deciders: Sequence[User]
) -> None:
    """To whom it is assigned, or else to whoever may decide."""
    said = f"{by or 'Somebody'} submitted {review.revision} for review{', again' if again else ''}."
    _to_deciders(article, review, by, said, deciders)


def assigned(article: Article, review: Review, *, by: User | None, deciders: Sequence[User]) -> None:
    """To whom it is assigned now, or else to whoever may decide."""
    asked = "you" if review.assignee else "whoever may"
    said = f"{by or 'Somebody'} asks {asked} to decide on {review.revision}."
    _to_deciders(article, review, by, said, deciders)


def decided(article: Article, review: Review, looked_at: Revision, *, by: User | None) -> None:
    """To whoever submitted it, and to whoever wrote the revision."""
    approved = review.state == Review.State.APPROVED
    subject = f"Approved: {article.title}" if approved else f"Changes requested: {article.title}"
    said = f"{by or 'Somebody'} {'approved' if approved else 'requested changes to'} {looked_at}."
    people = filter(None, [review.submitted_by, looked_at.author])
    _tell(people, by, article, subject, said, review.decision_note)


def lapsed(article: Article, review: Review, newest: Revision, *, by: User | None) -> None:
    """To whoever submitted it, whoever approved it and whom it is assigned to: it needs a new approval."""
    approved = review.approved_revision
    said = f"{by or 'Somebody'} saved {newest}, which ends the approval of {approved}."
    words = "What is newest is published once it is approved as well. The review page shows what has changed."
    people = filter(None, [review.submitted_by, review.decided_by, review.assignee])
    _tell(people, by, article, f"Approval ended by an edit: {article.title}", said, words)


def answered(article: Article, answer: ReviewNote, *, by: User | None) -> None:
    """To whoever wrote the note, and to whom else answered it."""
    note = answer.answers_to
    if note is None:
        return
    others = User.objects.filter(review_notes__answers_to=note)
    said = f"{by or 'Somebody'} answered the note on “{note.about or article.title}”."
    first = [note.author] if note.author else []
    _tell([*first, *others], by, article, f"Answer on {article.title}", said, answer.text)


def _to_deciders(
    article: Article, review: Review, by: User | None, said: str, deciders: Sequence[User]
) -> None:
    due = f" Please decide by {formats.day(review.due_on)}." if review.due_on else ""
    if review.assignee:
        subject = f"For your review: {article.title}"
        _tell([review.assignee], by, article, subject, said + due, review.note)
        return
    subject = f"For review: {article.title}"
    asked = f"{said}{due} Whoever may review is asked: once somebody has decided, nobody else needs to."
    if settings.REVIEW_ADDRESS:
        mailing.post(settings.REVIEW_ADDRESS, subject=subject, text=_text(article, asked, review.note))
    else:
        _tell(deciders, by, article, subject, asked, review.note)


def _tell(
    people: Iterable[User], by: User | None, article: Article, subject: str, said: str, words: str
) -> None:
    """Each of them once, and nobody of what they did themselves."""
    text = _text(article, said, words)
    for person in dict.fromkeys(people):
        if person != by and person.is_active and person.email:
            mailing.post(person.email, subject=subject, text=text)


def _text(article: Article, said: str, words: str) -> str:
    label = kinds.get(article.kind).label
    when = f"This was on {formats.moment(timezone.now())}."
    parts = [f"{label.capitalize()} “{article.title}”: {said}", words, address(article), when]
    return "\n\n".join(filter(None, parts)) + "\n"


def address(article: Article) -> str:
    """Where the review is, from anywhere."""
    options = kinds.get(article.kind).model._meta
    name = f"admin:{options.app_label}_{options.model_name}_review"
    return f"{settings.SITE_URL}{reverse(name, args=[article.pk])}"
