"""What claims rest on: sources that have expired, and claims without any. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from articles import formats
from articles.checks.found import Finding, Level
from articles.comparing import citations
from articles.records import JSON, Record

EXPIRED, UNSOURCED = "expired-source", "unsourced"


def expired(record: Record, document: JSON) -> Iterator[Finding]:
    """Sources that have or will have expired, each from the day after its last on."""
    cited = Counter(pk for _, pk in citations(record, document))
    for source in document["sources"]:
        if not source["valid_until"]:
            continue
        last, rests = date.fromisoformat(source["valid_until"]), cited[source["id"]]
        claims = "1 claim rests" if rests == 1 else f"{rests or 'no'} claims rest"
        message = (
            f"“{source['publisher']}: {source['title']}” is valid until {formats.day(last)}, and "
            f"{claims} on it. Look whether there is a newer one, or check what it says and give another day."
        )
        place = ("sources", source["id"], "valid_until")
        yield Finding(EXPIRED, Level.WARNS if rests else Level.INFORMS, message, place, since=day_after(last))


def day_after(day: date) -> datetime:
    """When a day is over, as documents count days."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def unsourced(
    document: JSON, lists: Mapping[str, tuple[str, Level]], names: Mapping[str, str]
) -> Iterator[Finding]:
    """Rows of some lists that cite nothing: by list, what one is called and how grave that is."""
    for name, (noun, level) in lists.items():
        for row in document[name]:
            if not row["sources"]:
                name_of_row = row.get("label") or names.get(row.get("question", ""))
                called = f"{noun} “{name_of_row}”" if name_of_row else noun
                message = f"The {called} has no source. Say where it comes from."
                yield Finding(UNSOURCED, level, message, (name, row["id"], "sources"))
