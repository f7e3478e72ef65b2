"""Which decision forms a document reaches when it is published: each without it, and with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles import reading
from articles.documents import upgrade
from articles.models import Publication
from articles.periods import TICK
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


def affected(document: JSON, moment: datetime, most: int | None = None) -> Iterator[Affected]:
    """Of a comparison, itself; of a path or the bank, every comparison that is live with it at the moment.

    Of these, the first `most` where that is given, in the order of their addresses.

    All else is as it is live then. A comparison is looked at as if it were new: it has no form before.
    """
    if document["kind"] == COMPARISON:
        form = live_members(path_ids(document), moment).form(document, timezone.localdate(moment))
        return iter([Affected(document, None, form)])
    return _reached(document, moment, most)


def changed_since(document: JSON, moment: datetime, decided: datetime) -> Iterator[Affected]:
    """The forms that a document reaches at the moment, where other publications make it another one.

    Of a comparison, its form as it was foreseen when that was decided, and as it is foreseen now.
    """
    if document["kind"] == COMPARISON:
        paths, today = path_ids(document), timezone.localdate(moment)
        before = _foreseen(paths, moment, decided).form(document, today)
        return iter([Affected(document, before, live_members(paths, moment).form(document, today))])
    newer = {str(pk) for pk in _live(moment).filter(created_at__gt=decided).values_list("article", flat=True)}
    found = _reached(document, moment, None, before=moment - TICK)
    return (each for each in found if newer.intersection([each.comparison["id"], *path_ids(each.comparison)]))


def _foreseen(paths: Iterable[str], moment: datetime, decided: datetime) -> Members:
    """What was to be live at the moment, as far as was decided by then; two queries."""
    lasting = Q(until=None) | Q(until__gt=moment)
    known = Publication.objects.filter(lasting, starts_at__lte=moment, created_at__lte=decided)
    own = known.filter(Q(article__in=list(paths)) | Q(kind=BANK_SLUG)).order_by("starts_at", "pk")
    last = dict(own.values_list("article", "pk"))
    return _members(Publication.objects.filter(pk__in=last.values()))


def path_ids(comparison: JSON) -> list[str]:
    return [contender["path"] for contender in comparison["contenders"]]


def live_members(paths: Iterable[str], moment: datetime) -> Members:
    """What is live of these paths, and the bank; one query."""
    return _members(_live(moment).filter(Q(article__in=list(paths)) | Q(kind=BANK_SLUG)))


def _members(publications: QuerySet[Publication]) -> Members:
    found = _documents(publications.select_related("revision").only("revision__text"))
    bank = next((document for document in found if document["kind"] == BANK_SLUG), None)
    return Members({document["id"]: document for document in found if document["kind"] == PATH}, bank)


def _live(moment: datetime) -> QuerySet[Publication]:
    return reading.live(moment).select_related("revision").only("revision__text")


def _documents(publications: QuerySet[Publication]) -> list[JSON]:
    return [upgrade(publication.revision.document) for publication in publications]


def _reached(
    document: JSON, moment: datetime, most: int | None, *, before: datetime | None = None
) -> Iterator[Affected]:
    """The forms without and with the document; it comes in place of what was live `before`, if not now."""
    comparisons = _comparisons(document, moment, most)
    if not comparisons:
        return
    members = live_members({path for each in comparisons for path in path_ids(each)}, moment)
    changed, today = members.with_document(document), timezone.localdate(moment)
    if before:
        members = _with_previous(members, document, before)
    for comparison in comparisons:
        yield Affected(comparison, members.form(comparison, today), changed.form(comparison, today))


def _with_previous(members: Members, document: JSON, before: datetime) -> Members:
    """These, with what was live before in the place of a document."""
    previous = live_members([document["id"]], before)
    if document["kind"] == BANK_SLUG:
        return Members(members.paths, previous.bank)
    others = {pk: path for pk, path in members.paths.items() if pk != document["id"]}
    return Members({**others, **previous.paths}, members.bank)


def _comparisons(document: JSON, moment: datetime, most: int | None) -> list[JSON]:
    """The live comparisons whose form the document is part of."""
    found = _live(moment).filter(kind=COMPARISON)
    if document["kind"] == PATH:
        found = found.filter(facets__name="path", facets__target=document["id"])
    return _documents(found.order_by("slug")[:most])
