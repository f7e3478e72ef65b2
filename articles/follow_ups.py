"""What people are asked to look at elsewhere, as what is published says something else than before.

A kind says what (`Kind.follow_ups`); publishing asks for it, in its own transaction.
"""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from articles import kinds, tasks
from articles.kinds import FollowUp
from articles.models import Article, Publication, Task
from articles.records import JSON

REASON = tasks.Reason.FACT_CHANGED


def ask(publication: Publication, document: JSON, *, by: User | None) -> list[Article]:
    """One open task for each article and each row that says something else; the articles with a new one.

    What was asked for before and is not done yet is told what has become of it since.
    """
    start = publication.starts_at
    due_on = timezone.localdate(start) if start > timezone.now() else None
    found = list(kinds.get(publication.kind).follow_ups(document, start))
    return [each.article for each in found if _is_asked(each, due_on, by)]


def _is_asked(wanted: FollowUp, due_on: date | None, by: User | None) -> bool:
    article, about, text = wanted.article, wanted.about, wanted.text
    asked = Task.objects.open().filter(article=article.pk, reason=REASON, about=about).first()
    if asked is None:
        tasks.ask(article, REASON, by=by, about=about, text=text, place=wanted.place, due_on=due_on)
    elif text not in asked.text:
        asked.text = f"{asked.text}\n\n{text}"
        asked.save(update_fields=["text"])
    return asked is None
