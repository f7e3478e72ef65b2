"""What people are told by mail about reviews: short, plain, with the address of the page it is about."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles import formats, kinds, mailing
from articles.models import Article, Review, ReviewNote, Revision


def submitted(article: Article, review: Review, *, by: User | None, again: bool) -> None:
    """To whom it is assigned."""
    said = f"{by or 'Somebody'} submitted {review.revision} for review{', again' if again else ''}."
    _to_assignee(article, review, by, said)


def assigned(article: Article, review: Review, *, by: User | None) -> None:
    """To whom it is assigned now."""
    _to_assignee(article, review, by, f"{by or 'Somebody'} asks you to decide on {review.revision}.")


def decided(article: Article, review: Review, looked_at: Revision, *, by: User | None) -> None:
    """To whoever submitted it, and to whoever wrote the revision."""
    approved = review.state == Review.State.APPROVED
    subject = f"Approved: {article.title}" if approved else f"Changes requested: {article.title}"
    said = f"{by or 'Somebody'} {'approved' if approved else 'requested changes to'} {looked_at}."
    people = filter(None, [review.submitted_by, looked_at.author])
    _tell(people, by, article, subject, said, review.decision_note)


def answered(article: Article, answer: ReviewNote, *, by: User | None) -> None:
    """To whoever wrote the note, and to whom else answered it."""
    note = answer.answers_to
    if note is None:
        return
    others = User.objects.filter(review_notes__answers_to=note)
    said = f"{by or 'Somebody'} answered the note on “{note.about or article.title}”."
    first = [note.author] if note.author else []
    _tell([*first, *others], by, article, f"Answer on {article.title}", said, answer.text)


def _to_assignee(article: Article, review: Review, by: User | None, said: str) -> None:
    if review.assignee is None:
        return
    due = f" Please decide by {formats.day(review.due_on)}." if review.due_on else ""
    _tell([review.assignee], by, article, f"For your review: {article.title}", said + due, review.note)


def _tell(
    people: Iterable[User], by: User | None, article: Article, subject: str, said: str, words: str
) -> None:
    """Each of them once, and nobody of what they did themselves."""
    label = kinds.get(article.kind).label
    when = f"This was on {formats.moment(timezone.now())}."
    parts = [f"{label.capitalize()} “{article.title}”: {said}", words, address(article), when]
    text = "\n\n".join(filter(None, parts)) + "\n"
    for person in dict.fromkeys(people):
        if person != by and person.is_active and person.email:
            mailing.post(person.email, subject=subject, text=text)


def address(article: Article) -> str:
    """Where the review is, from anywhere."""
    options = kinds.get(article.kind).model._meta
    name = f"admin:{options.app_label}_{options.model_name}_review"
    return f"{settings.SITE_URL}{reverse(name, args=[article.pk])}"
