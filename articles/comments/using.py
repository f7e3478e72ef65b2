"""What is made of a reply: it says what it is about, somebody is asked to look at it, or it corrects."""

from datetime import date
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from articles import documents, kinds, naming, places, publishing, tasks, trail
from articles.comments.deciding import named
from articles.comparing import Place, address
from articles.models import Article, Comment, Revision, Task
from articles.obstacles import PublishingError


@transaction.atomic
def link(comment: Comment, place: Place, *, by: User | None) -> str:
    """Say which point, fact, rating or other part a reply is about; returns what that is called.

    Raises PublishingError where the article has no such part.
    """
    words = place_words(comment.article, place)
    comment.place = address(place)
    comment.save(update_fields=["place"])
    _note(comment, comment.article, by, f"It is about {words}.")
    return words


@transaction.atomic
def ask(comment: Comment, *, text: str, by: User | None) -> Task:
    """Have whoever writes look at what a reply says. Raises PublishingError where that is asked already."""
    article = _held(comment)
    if article.tasks.open().filter(reason=Task.Reason.REPLY, about=comment.pk).exists():
        raise PublishingError("Somebody is asked about this reply already. See the tasks.")
    task = tasks.ask(article, Task.Reason.REPLY, by=by, text=text, place=comment.place, about=comment.pk)
    _note(comment, article, by, "Somebody is asked to look at it.")
    return task


@transaction.atomic
def correct(
    comment: Comment, *, on: date, was: str, now: str, why: str, credit: str, by: User | None
) -> Revision:
    """Add a correction to the draft, with thanks to whom it is owed; readers see it once that is published.

    Raises PublishingError, or DocumentError.
    """
    article = _held(comment)
    document = documents.compose(article)
    row = {"id": str(uuid4()), "corrected_on": on.isoformat(), "was": was, "now": now, "why": why}
    documents.restore(document | {"corrections": [*document["corrections"], row | {"credit": credit}]})
    revision = publishing.record(article, by=by, note="A correction that a reader's reply led to")
    _note(comment, article, by, "A correction was made of it.", revision.number)
    return revision


def place_words(article: Article, place: Place) -> str:
    """What a part of the newest revision is called. Raises PublishingError where it has none such."""
    revision = article.revisions.first()
    record = kinds.get(article.kind).record
    document = documents.upgrade(revision.document) if revision else None
    try:
        if document is None:
            if not place:
                return places.WHOLE
            raise LookupError
        return places.words(record, document, place, naming.names(record, document))
    except LookupError as error:
        raise PublishingError("The article has no such part any more. Choose another.") from error


def _held(comment: Comment) -> Article:
    article = Article.objects.select_for_update().get(pk=comment.article_id)
    if article.trashed_at:
        raise PublishingError(f"“{article.title}” is in the trash. Put it back first.")
    return article


def _note(
    comment: Comment, article: Article, by: User | None, said: str, revision: int | None = None
) -> None:
    detail = f"{named(comment)} {said}"
    trail.note(trail.Action.REPLY_USED, article, by=by, revision=revision, detail=detail)
