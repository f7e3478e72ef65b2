"""What is live at a moment as entries of feeds, with its whole text: a few queries for all of a feed."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import F
from django.utils.html import format_html_join
from django.utils.translation import gettext

from articles import corrections, kinds, rendering, site_addresses
from articles.corrections import Corrected
from articles.feeds.feed import Entry, Person, Topic
from articles.feeds.full_text import full_text
from articles.feeds.plain_texts import printable
from articles.languages import spoken
from articles.models import PublicationQuerySet
from articles.site_addresses import absolute

MOST = 20
ROOM = 1_000_000  # characters of all texts; what has no room tells its summary
COLUMNS = (
    *("id", "article_id", "kind", "slug", "title", "summary", "language", "card"),
    *("first_published_at", "starts_at", "rendered_with"),
)


def newest(publications: PublicationQuerySet, moment: datetime) -> tuple[Entry, ...]:
    """The newest of these publications, which are live at the moment."""
    found = publications.newest_first(moment).annotate(parts=F("page"))
    rows = list(found.values_list(*COLUMNS, "parts", named=True)[:MOST])
    return tuple(_entries(rows, _texts(rows, moment)))


def _texts(rows: list[Any], moment: datetime) -> dict[int, str]:
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    found: dict[int, str] = {}
    for kind, own in by_kind.items():
        found |= kinds.get(kind).texts(own, moment)
    return found


def _entries(rows: list[Any], texts: dict[int, str]) -> Iterator[Entry]:
    room = ROOM
    for row in rows:
        address = absolute(site_addresses.of(row.kind, row.slug))
        html = full_text(texts[row.id], address)
        fits = len(html) <= room
        room -= len(html) if fits else 0
        yield _entry(row, address, html if fits else "")


def _entry(row: Any, address: str, html: str) -> Entry:
    card = json.loads(rendering.card(row))
    return Entry(
        id=f"urn:uuid:{row.article_id}",
        address=address,
        title=row.title,
        language=row.language,
        published=row.first_published_at,
        updated=row.starts_at,
        summary=row.summary,
        html=html,
        authors=tuple(
            Person(author["name"], absolute(f"/authors/{author['slug']}/")) for author in card["authors"]
        ),
        topics=tuple(Topic(tag["slug"], tag["name"]) for tag in card["tags"]),
    )


def corrected(moment: datetime) -> tuple[Entry, ...]:
    """The newest corrections in what is live at the moment. One query."""
    return tuple(map(_correction, map(corrections.told, corrections.rows(moment)[:MOST])))


def _correction(found: Corrected) -> Entry:
    day = datetime.combine(found.day, time(), UTC)
    return Entry(
        id=f"urn:uuid:{found.correction['id']}",
        address=absolute(f"{found.address}#correction-{found.correction['id']}"),
        title=found.title,
        language=found.language,
        published=day,
        updated=day,
        html=printable(_told(found)),
    )


def _told(found: Corrected) -> str:
    correction = found.correction
    with spoken(found.language):
        lines = [
            (gettext("It said: %(words)s"), correction["was"]),
            (gettext("Right is: %(words)s"), correction["now"]),
            (gettext("Why: %(words)s"), correction["why"]),
            (gettext("Thanks to %(words)s"), correction["credit"]),
        ]
        said = ((line % {"words": words},) for line, words in lines if words)
        return format_html_join("", "<p>{}</p>", said)
