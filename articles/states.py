"""What lists find the state of an article by: columns of its own, so that none has to ask the periods of all.

They hold whenever they are read, as they name moments: no job is needed when one comes.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, F, OuterRef, Subquery, Value, When

from articles import intervals
from articles.models import Article, Publication, Revision


def keep(pks: Collection[UUID], *, locked: bool = False) -> None:
    """Write down where the last periods of articles begin and end, whether they say what the newest revision
    says, and when facts are to be checked again.

    Called within the transaction that changes a period or adds a revision. Two statements, or one where the
    caller has `locked` the articles.
    """
    if not locked:  # what another transaction did to the row is seen by statements that begin after that
        list(Article.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    last = Publication.objects.filter(article=OuterRef("pk")).order_by("-starts_at")
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number")
    said = last.annotate(newest=Subquery(newest.values("digest")[:1])).annotate(
        differs=Case(When(revision__digest=F("newest"), then=Value(False)), default=Value(True))
    )
    Article.objects.filter(pk__in=pks).order_by().update(
        last_begins_at=Subquery(last.values("starts_at")[:1]),
        last_ends_at=Subquery(last.values("ends_at")[:1]),
        differs=Subquery(said.values("differs")[:1]),
        facts_due_on=intervals.due_on(),
    )
