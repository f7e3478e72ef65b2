"""Sources that have expired, told beside what rests on them: known on reading alone, as time passes.

Pages have a slot wherever a claim rests on a source that ends one day; the days are a part of their own.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from articles import comparing, formats
from articles.kinds import LONGEST_LABEL, FacetValue
from articles.records import JSON, Record

FACET = "source"
PART = "expiries"  # the days on which sources of a document end, in what is rendered of it
SLOT = "expired"


def part(document: JSON) -> dict[str, str]:
    """Nothing where no source ends."""
    days = sorted({source["valid_until"] for source in document["sources"] if source["valid_until"]})
    return {PART: " ".join(days)} if days else {}


def notices(parts: Mapping[str, str], today: date) -> dict[str, str]:
    """What stands in the slots on a day: a source is valid on its last day still."""
    days = parts.get(PART, "").split()
    return {f"{SLOT}:{day}": _notice(day, get_language()) for day in days if day < today.isoformat()}


@lru_cache(maxsize=4096)
def _notice(day: str, language: str | None) -> str:
    told = gettext("source expired %(day)s") % {"day": formats.day(date.fromisoformat(day))}
    return format_html(' <span class="expired">{}</span>', told)


# --- What is live, found by the days on which its sources end ----------------------------------------


def facets(record: Record, document: JSON) -> Iterator[FacetValue]:
    """The sources that claims rest on and that end one day: an index has them by that day, their slug."""
    cited = {pk for _, pk in comparing.citations(record, document)}
    for source in document["sources"]:
        if source["valid_until"] and source["id"] in cited:
            label = f"{source['publisher']}: {source['title']}"[:LONGEST_LABEL]
            yield FacetValue(FACET, UUID(source["id"]), source["valid_until"], label)
