"""What people are asked to look at elsewhere, as what is published says something else than before.

A kind says what (`Kind.follow_ups`); publishing asks for it, in its own transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles import documents, formats, kinds, tasks
from articles.kinds import FollowUp
from articles.models import Article, Publication, Task
from articles.records import JSON

REASON = tasks.Reason.FACT_CHANGED
NAMED = 5  # articles in a sentence


def ask(publication: Publication, document: JSON, *, by: User | None) -> list[Article]:
    """One open task for each article and each row that says something else; the articles with a new one.

    What was asked for before and is not done yet is told what has become of it since.
    """
    start = publication.starts_at
    due_on = timezone.localdate(start) if start > timezone.now() else None
    found = list(kinds.get(publication.kind).follow_ups(document, start))
    return [each.article for each in found if _is_asked(publication, each, due_on, by)]


def take_back(publication: Publication, *, by: User | None) -> list[Article]:
    """End what only this one asked for, as it doesn't go live; the articles that nobody has to look at now.

    What something else asked for as well stays open, and says that this is no reason any more.
    """
    begins = formats.moment(publication.starts_at)
    why = f"“{publication.title}” was to change on {begins}, and that was cancelled."
    own = Task.objects.open().filter(asked_by=publication).select_related("article")
    others = Task.asked_by.through.objects.filter(task=OuterRef("pk")).exclude(publication=publication)
    ended = []
    for task in own.annotate(has_others=Exists(others)).order_by("created_at", "pk"):
        if task.has_others:
            task.text = f"{task.text}\n\n{why}"
            task.save(update_fields=["text"])
        else:
            tasks.drop(task, why, by=by)
            ended.append(task.article)
    return list(dict.fromkeys(ended))


def ask_again(article: Article, since: datetime, *, by: User | None) -> None:
    """What begins next after a moment follows something else now, so that more may be new in it."""
    coming = article.publications.filter(starts_at__gt=since).select_related("revision")
    if following := coming.order_by("starts_at").first():
        ask(following, documents.upgrade(following.revision.document), by=by)


def spared(articles: Sequence[Article]) -> str:
    """What the trail says of them."""
    named = ", ".join(f"“{article.title}”" for article in articles[:NAMED])
    more = f" and {len(articles) - NAMED} more" if len(articles) > NAMED else ""
    return f"Nobody has to look at {named}{more} because of it any more." if articles else ""


def _is_asked(publication: Publication, wanted: FollowUp, due_on: date | None, by: User | None) -> bool:
    article, about, text = wanted.article, wanted.about, wanted.text
    asked = Task.objects.open().filter(article=article.pk, reason=REASON, about=about).first()
    is_new = asked is None
    if asked is None:
        asked = tasks.ask(article, REASON, by=by, about=about, text=text, place=wanted.place, due_on=due_on)
    elif text not in asked.text:
        asked.text = f"{asked.text}\n\n{text}"
        asked.save(update_fields=["text"])
    asked.asked_by.add(publication)
    return is_new
