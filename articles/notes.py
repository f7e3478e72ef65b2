"""Notes on an article in review, pinned to a field, a row or the whole; answers to them, and their end."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from articles import approvals, documents, kinds, naming, places, requirements, review_mail, trail
from articles.comparing import Place, address
from articles.models import Article, ReviewNote
from articles.obstacles import Conflict, PublishingError
from articles.records import JSON

LONGEST = 2000
LONGEST_ABOUT = 300
SAID = 300  # characters of a note that the trail repeats


@transaction.atomic
def add(article: Article, *, place: Place, text: str, by: User | None) -> ReviewNote:
    """Pin a note to a place of the newest revision.

    Raises Conflict where the article is not in review, and PublishingError where it has no such place.
    """
    review, text = approvals.current(article), _checked(article, text)
    if review is None:
        raise Conflict(f"“{article.title}” is not in review. Submit it, then write notes on it.")
    newest = article.revisions.all()[0]
    about = _about(article, documents.upgrade(newest.document), place)
    note = ReviewNote.objects.create(
        review=review,
        place=address(place),
        about=about,
        revision=newest.number,
        text=text,
        author=by,
        written_at=timezone.now(),
    )
    _note(trail.Action.NOTED, article, note, by)
    return note


@transaction.atomic
def answer(note: ReviewNote, *, text: str, by: User | None) -> ReviewNote:
    """Answer a note. An answer to an answer is one to the note."""
    note = note.answers_to or note
    article = note.review.article
    given = ReviewNote.objects.create(
        review=note.review,
        answers_to=note,
        revision=article.revisions.values_list("number", flat=True)[0],
        text=_checked(article, text),
        author=by,
        written_at=timezone.now(),
    )
    _note(trail.Action.ANSWERED, article, note, by, given.text)
    review_mail.answered(article, given, by=by)
    return given


@transaction.atomic
def resolve(note: ReviewNote, *, by: User | None) -> bool:
    """Say that what a note asks for is done; returns whether it was open."""
    requirements.refuse_trashed([note.review.article_id])
    found = ReviewNote.objects.unresolved().filter(pk=note.pk)
    if not found.update(resolved_at=timezone.now(), resolved_by=by):
        return False
    _note(trail.Action.RESOLVED, note.review.article, note, by)
    return True


@transaction.atomic
def reopen(note: ReviewNote, *, by: User | None) -> bool:
    """Say that it is not done after all; returns whether it was resolved."""
    requirements.refuse_trashed([note.review.article_id])
    found = ReviewNote.objects.exclude(resolved_at=None).filter(pk=note.pk)
    if not found.update(resolved_at=None, resolved_by=None):
        return False
    _note(trail.Action.REOPENED, note.review.article, note, by)
    return True


def still_open(article: Article) -> str:
    """That notes on it are not resolved, in words; nothing where all are. It keeps nobody from deciding."""
    return told_open(ReviewNote.objects.unresolved().filter(review__article=article.pk).count())


def told_open(number: int) -> str:
    if not number:
        return ""
    return "1 note is still open" if number == 1 else f"{number} notes are still open"


def _checked(article: Article, text: str) -> str:
    requirements.refuse_trashed([article.pk])
    text = text.strip()
    if not text:
        raise PublishingError("A note says something: write what is to change, or ask.")
    if len(text) > LONGEST:
        raise PublishingError(f"The note is longer than {LONGEST} characters. Shorten it.")
    return text


def _about(article: Article, document: JSON, place: Place) -> str:
    """The place in words, which has to be one of those that the document has."""
    record = kinds.get(article.kind).record
    names = naming.names(record, document)
    offered = {each for offer in places.offers(record, document, names) for each, _ in offer.places}
    if address(place) not in offered:
        raise PublishingError("What the note is about is not there any more. Choose another place.")
    return Truncator(places.words(record, document, place, names)).chars(LONGEST_ABOUT) if place else ""


def _note(action: trail.Action, article: Article, note: ReviewNote, by: User | None, said: str = "") -> None:
    words = Truncator(said or note.text).chars(SAID)
    trail.note(
        action, article, by=by, revision=note.revision, detail=f"{note.about or places.WHOLE}: {words}"
    )
