"""What lists find the state of an article by: columns of its own, so that none has to ask the periods of all.

They hold whenever they are read, as they name moments: no job is needed when one comes.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from articles import intervals
from articles.models import Article, Publication, Revision
from articles.prepared import PreparedUpdate


def keep(pks: Collection[UUID], *, locked: bool = False) -> None:
    """Write down where the last periods of articles begin and end, whether they say what the newest revision
    says, and when facts are to be checked again.

    Called within the transaction that changes a period or adds a revision. A statement for each article, and
    one for all unless the caller has `locked` them.
    """
    if not locked:  # what another transaction did to the row is seen by statements that begin after that
        list(Article.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    for pk in sorted(pks):
        _keep(pk=pk)


def _one(pk: UUID) -> QuerySet[Article]:
    return Article.objects.filter(pk=pk).order_by()


def _kept() -> Mapping[str, Any]:
    last = Publication.objects.filter(article=OuterRef("pk")).order_by("-starts_at")
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number")
    says_the_same = Q(revision__digest=Subquery(newest.values("digest")[:1]))
    said = last.annotate(differs=ExpressionWrapper(~says_the_same, output_field=BooleanField()))
    return {
        "last_begins_at": Subquery(last.values("starts_at")[:1]),
        "last_ends_at": Subquery(last.values("ends_at")[:1]),
        "differs": Subquery(said.values("differs")[:1]),
        "facts_due_on": intervals.due_on(),
    }


_keep = PreparedUpdate(_one, _kept, pk=UUID(int=1))
