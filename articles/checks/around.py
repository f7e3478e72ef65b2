"""What stands around a document, read from the database: three short queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from articles import kinds
from articles.checks import linked
from articles.checks.surroundings import Namesake, Period, Surroundings, Target
from articles.models import Article, Publication
from articles.records import JSON

MOST_NAMED = 3


def read(document: JSON, moment: datetime) -> Surroundings:
    record = kinds.get(document["kind"]).record
    wanted = {target for _, target, _ in linked.links(record, document)}
    wanted |= {document["translates"]} - {None}
    known = targets(wanted) if wanted else {}
    return Surroundings(moment, known, namesakes(document["id"], document["title"]))


def targets(pks: Collection[Any]) -> dict[str, Target]:
    """Articles by id, with their periods."""
    periods: defaultdict[UUID, list[Period]] = defaultdict(list)
    rows = Publication.objects.filter(article__in=list(pks)).order_by()
    for article, start, end in rows.values_list("article", "starts_at", "ends_at"):
        periods[article].append((start, end))
    columns = ("pk", "title", "trashed_at", "kind", "language", "translates")
    found = Article.objects.filter(pk__in=list(pks)).order_by().values_list(*columns, named=True)
    return {
        str(row.pk): Target(
            row.title,
            tuple(periods[row.pk]),
            trashed=row.trashed_at is not None,
            kind=row.kind,
            language=row.language,
            translates=row.translates is not None,
        )
        for row in found
    }


def namesakes(own: str, title: str) -> tuple[Namesake, ...]:
    """Some other articles with a title, by an index."""
    same = Article.objects.not_trashed().filter(kind__in=kinds.names(), title=title).exclude(pk=own)
    found = same.order_by("kind", "slug").values_list("kind", "slug")[:MOST_NAMED]
    return tuple(Namesake(kinds.get(kind).label, slug) for kind, slug in found)
