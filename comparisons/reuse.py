"""A point is written once for its path and shown in every comparison of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Value
from django.utils import timezone

from articles import publishing, requirements
from articles.models import Article, Facet, Publication, Source
from comparisons.models import CareerPath, Comparison, Contender, Point

NOTE = 300  # the longest note of a revision
CITED = ("publisher", "title", "url", "passage", "retrieved_on", "valid_until")


@dataclass
class Uses:
    """The comparisons that show a path's points: to readers now, or in their drafts alone."""

    live: set[UUID] = field(default_factory=set)
    drafts: set[UUID] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self.live | self.drafts)

    def some(self, most: int) -> list[Comparison]:
        """The first of them: those that are live, then the others, each by title."""
        live, drafts = (Comparison.objects.filter(pk__in=pks) for pks in (self.live, self.drafts - self.live))
        found = list(live.order_by("title", "pk")[:most])
        return [*found, *drafts.order_by("title", "pk")[: most - len(found)]]


def uses(paths: Collection[UUID], moment: datetime) -> dict[UUID, Uses]:
    """Where the points of each path are shown at a moment; one query."""
    shown = Contender.objects.filter(path__in=paths, comparison__trashed_at=None)
    drafts = shown.values_list("path", "comparison", Value(0)).order_by()
    named = Facet.objects.filter(
        name="path", target__in=paths, publication__in=Publication.objects.at(moment)
    )
    live = named.values_list("target", "publication__article", Value(1)).order_by()
    found = {path: Uses() for path in paths}
    for path, comparison, is_live in drafts.union(live):
        (found[path].live if is_live else found[path].drafts).add(comparison)
    return found


@transaction.atomic
def use_everywhere(point: Point, *, by: User | None) -> bool:
    """Make a point that holds in one contrast only one of its path's own, after those that are there.

    Its sources go with it. Readers see no change before path and comparison are published. Returns whether it
    held in one contrast only. Raises Trashed where path or comparison is in the trash.
    """
    publishing.take_turn()
    stored = (
        Point.objects.select_for_update(of=("self",)).select_related("path", "comparison").get(pk=point.pk)
    )
    path, comparison = stored.path, stored.comparison
    if comparison is None:
        return False
    requirements.refuse_trashed([path.pk, comparison.pk])
    for article in (path, comparison):  # so that the next revision differs in this alone
        publishing.record(article, by=by)
    cited = list(_copied(stored, path))
    last = Point.objects.filter(path=path, comparison=None).aggregate(last=Max("position"))["last"]
    stored.comparison, stored.position = None, 0 if last is None else last + 1
    stored.save(update_fields=["comparison", "position"])
    stored.sources.set(cited)
    Article.objects.filter(pk__in=[path.pk, comparison.pk]).update(updated_at=timezone.now())
    publishing.record(path, by=by, note=f"“{stored.label}” taken over from “{comparison.title}”"[:NOTE])
    publishing.record(comparison, by=by, note=f"“{stored.label}” is one of “{path.title}” now"[:NOTE])
    return True


def _copied(point: Point, path: CareerPath) -> Iterator[Source]:
    """The point's sources as the path's: those that it cites already, and copies of the others."""
    own = list(path.sources.order_by("position", "pk"))
    place = own[-1].position + 1 if own else 0
    for source in point.sources.order_by("position", "pk"):
        values = {name: getattr(source, name) for name in CITED}
        alike = (each for each in own if all(getattr(each, name) == values[name] for name in CITED))
        if (same := next(alike, None)) is None:
            same = Source.objects.create(article=path, position=place, **values)
            place += 1
        yield same
