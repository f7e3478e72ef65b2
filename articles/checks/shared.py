"""The checks of every kind that is prose. Pure."""

from collections.abc import Collection, Iterator

from articles.checks import (
    linked,
    problems,
    readability,
    search_results,
    sourced,
    structure,
    translated,
    wording,
)
from articles.checks.found import Finding
from articles.checks.surroundings import Surroundings
from articles.checks.texts import texts
from articles.records import JSON, Record

LATE = "late"  # of what is scheduled, see `articles.late`
LABELS = {
    problems.CHECK: "Needed for publication",
    structure.ALT: "Descriptions of pictures",
    structure.HEADING: "Headings",
    linked.CHECK: "Links to articles",
    translated.CHECK: "Translations",
    search_results.LENGTH: "Length of title and summary",
    search_results.DUPLICATE: "Duplicate titles",
    sourced.EXPIRED: "Expired sources",
    wording.CHECK: "Absolute claims",
    readability.CHECK: "Readability",
    LATE: "Scheduled, and changed since",
}


def findings(
    record: Record, document: JSON, surroundings: Surroundings, *, unread: Collection[str]
) -> Iterator[Finding]:
    """What the checks find; `unread` are lists of rows whose words readers don't see, or are others'."""
    prose = list(texts(record, document, without=unread))
    paragraphs = [paragraph for text in prose if len(text.place) > 1 for paragraph in text.paragraphs]
    yield from search_results.lengths(document)
    yield from search_results.duplicates(document, surroundings)
    yield from structure.pictures(document)
    yield from structure.headings(document)
    yield from linked.leading_nowhere(record, document, surroundings)
    yield from translated.findings(document, surroundings)
    yield from sourced.expired(record, document)
    yield from wording.absolutes(prose, document["language"])
    yield from readability.readability(paragraphs, document["language"])
