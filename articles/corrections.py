"""The log of corrections as readers and programs find it: of all that is live, the newest day first.

The facet `correction` says which publication has which; its slug is the day, and an index has them by that.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from articles import documents, reading, site_addresses
from articles.kinds import LONGEST_LABEL, FacetValue
from articles.models import Facet
from articles.records import JSON

FACET = "correction"
COLUMNS = (
    "id",
    "slug",
    "target",
    "publication__kind",
    "publication__slug",
    "publication__title",
    "publication__revision__text",
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction and the article that it was made in, as that is live."""

    correction: JSON
    kind: str
    slug: str
    title: str
    language: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.correction["corrected_on"])

    @property
    def address(self) -> str:
        return site_addresses.of(self.kind, self.slug)


def facets(document: JSON) -> Iterator[FacetValue]:
    for each in document["corrections"]:
        label = document["title"][:LONGEST_LABEL]
        yield FacetValue(FACET, UUID(each["id"]), each["corrected_on"], label)


def rows(moment: datetime) -> QuerySet[Any, Any]:
    """One for each correction in what is live at the moment, each with the whole document."""
    live = reading.live(moment).listed().filter(pk=OuterRef("publication")).order_by()
    found = Facet.objects.filter(Exists(live), name=FACET)
    return found.order_by("-slug", "-id").values_list(*COLUMNS, named=True)


def told(row: Any) -> Corrected:
    """What a row speaks of."""
    document = documents.upgrade(json.loads(row.publication__revision__text))
    correction = next(each for each in document["corrections"] if UUID(each["id"]) == row.target)
    return Corrected(
        correction=correction,
        kind=row.publication__kind,
        slug=row.publication__slug,
        title=row.publication__title,
        language=document["language"],
    )


def newest_first(log: list[JSON]) -> list[JSON]:
    """The corrections of one document in the order in which readers see them."""
    return sorted(log, key=lambda correction: correction["corrected_on"], reverse=True)
