"""Which decision forms a document reaches when it is published: each without it, and with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles import reading
from articles.documents import upgrade
from articles.models import Publication
from articles.records import JSON
from comparisons import decision
from comparisons.checks import BANK_SLUG
from comparisons.decision import DecisionForm
from comparisons.models import FEWEST_CONTENDERS, MOST_CONTENDERS
from comparisons.reading import COMPARISON, PATH


@dataclass(frozen=True, slots=True)
class Affected:
    """A comparison, and its form before and after; None is no form."""

    comparison: JSON
    before: DecisionForm | None
    after: DecisionForm | None


@dataclass(frozen=True, slots=True)
class Members:
    """The documents that forms are made of: paths by their ids, and the question bank."""

    paths: Mapping[str, JSON]
    bank: JSON | None

    def with_document(self, document: JSON) -> "Members":
        """These, with another document in the place of one of them."""
        if document["kind"] == BANK_SLUG:
            return Members(self.paths, document)
        return Members({**self.paths, document["id"]: document}, self.bank)

    def form(self, comparison: JSON, today: date) -> DecisionForm | None:
        """The form of a comparison; None where a path is missing or nothing is rated."""
        named = path_ids(comparison)
        complete = self.bank is not None and all(path in self.paths for path in named)
        if not complete or not FEWEST_CONTENDERS <= len(named) <= MOST_CONTENDERS:
            return None
        try:
            return decision.build(comparison, [self.paths[path] for path in named], self.bank or {}, today)
        except decision.NoForm:
            return None


def affected(document: JSON, moment: datetime) -> Iterator[Affected]:
    """Of a comparison, itself; of a path or the bank, every comparison that is live with it at the moment.

    All else is as it is live then. A comparison is looked at as if it were new: it has no form before.
    """
    if document["kind"] == COMPARISON:
        form = live_members(path_ids(document), moment).form(document, timezone.localdate(moment))
        return iter([Affected(document, None, form)])
    return _reached(document, moment)


def path_ids(comparison: JSON) -> list[str]:
    return [contender["path"] for contender in comparison["contenders"]]


def live_members(paths: Iterable[str], moment: datetime) -> Members:
    """What is live of these paths, and the bank; one query."""
    found = _documents(_live(moment).filter(Q(article__in=list(paths)) | Q(kind=BANK_SLUG)))
    bank = next((document for document in found if document["kind"] == BANK_SLUG), None)
    return Members({document["id"]: document for document in found if document["kind"] == PATH}, bank)


def _live(moment: datetime) -> QuerySet[Publication]:
    return reading.live(moment).select_related("revision").only("revision__text")


def _documents(publications: QuerySet[Publication]) -> list[JSON]:
    return [upgrade(publication.revision.document) for publication in publications]


def _reached(document: JSON, moment: datetime) -> Iterator[Affected]:
    comparisons = _comparisons(document, moment)
    if not comparisons:
        return
    members = live_members({path for each in comparisons for path in path_ids(each)}, moment)
    changed, today = members.with_document(document), timezone.localdate(moment)
    for comparison in comparisons:
        yield Affected(comparison, members.form(comparison, today), changed.form(comparison, today))


def _comparisons(document: JSON, moment: datetime) -> list[JSON]:
    """The live comparisons whose form the document is part of."""
    found = _live(moment).filter(kind=COMPARISON)
    if document["kind"] == PATH:
        found = found.filter(facets__name="path", facets__target=document["id"])
    return _documents(found.order_by("slug"))
