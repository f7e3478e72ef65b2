"""Full-text search over what is live: FTS5 on SQLite, a stored tsvector on PostgreSQL, one function for both.

Whatever a reader types is taken as words; no character of it is query syntax.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles import kinds
from articles.models import Publication

MOST_TERMS = 12
LONGEST_TERM = 60
RANKED = 1000  # of very common words, so many matches are weighed against each other
EXCERPT = 240
WORD = re.compile(r"\w+")

POSTGRESQL = """
    SELECT id FROM (
        SELECT p.id, p.first_published_at, ts_rank(p.search_vector, q.query) AS rank
        FROM articles_publication AS p,
             (SELECT plainto_tsquery('english', %(words)s) || plainto_tsquery('german', %(words)s)
                     || plainto_tsquery('simple', %(words)s) AS query) AS q
        WHERE p.search_vector @@ q.query AND {live} LIMIT {ranked}
    ) AS matches ORDER BY rank DESC, first_published_at DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s"""
SQLITE = """
    SELECT id FROM (
        SELECT p.id AS id, p.first_published_at AS first_published_at,
               bm25(articles_publication_search, 10.0, 4.0, 1.0) AS rank
        FROM articles_publication_search
        JOIN articles_publication AS p ON p.id = articles_publication_search.rowid
        WHERE articles_publication_search MATCH %(words)s AND {live} LIMIT {ranked}
    ) AS matches ORDER BY rank, first_published_at DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s"""
LIVE = "p.listed AND p.starts_at <= %(moment)s AND (p.ends_at IS NULL OR p.ends_at > %(moment)s)"


@dataclass(frozen=True, slots=True)
class Hit:
    publication: Publication
    excerpt: SafeString

    @property
    def address(self) -> str:
        return kinds.get(self.publication.kind).address(self.publication.slug) or "/"


def terms(query: str) -> list[str]:
    """The words of what a reader typed, at most twelve of at most sixty characters."""
    return [word[:LONGEST_TERM] for word in WORD.findall(query)[:MOST_TERMS]]


def search(
    query: str, moment: datetime, *, kind: str | None = None, limit: int = 20, offset: int = 0
) -> list[Hit]:
    """What is live at the moment and has all the words, best first. Two queries; none without words."""
    words = terms(query)
    if not words:
        return []
    found = _ids(words, moment, kind, limit, offset)
    columns = (
        "kind",
        "slug",
        "title",
        "summary",
        "language",
        "search_text",
        "first_published_at",
        "starts_at",
    )
    rows = Publication.objects.only(*columns, "card", "rendered_with").in_bulk(found)
    return [Hit(rows[pk], excerpt(rows[pk], words)) for pk in found]


def _ids(words: list[str], moment: datetime, kind: str | None, limit: int, offset: int) -> list[int]:
    live = f"{LIVE} AND p.kind = %(kind)s" if kind else LIVE
    postgresql = connection.vendor == "postgresql"
    statement = (POSTGRESQL if postgresql else SQLITE).format(live=live, ranked=RANKED)
    values: dict[str, Any] = {
        "words": " ".join(words) if postgresql else " ".join(f'"{word}"' for word in words),
        "moment": connection.ops.adapt_datetimefield_value(moment),
        "limit": limit,
        "offset": offset,
    } | ({"kind": kind} if kind else {})
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [pk for (pk,) in cursor.fetchall()]


def excerpt(publication: Publication, words: list[str]) -> SafeString:
    """A piece of the text around the first word found, with all of them marked; escaped."""
    pattern = re.compile("|".join(rf"\b{re.escape(_stem(word))}\w*" for word in words), re.IGNORECASE)
    text = publication.summary
    if not pattern.search(text) and (found := pattern.search(publication.search_text)):
        text = _around(publication.search_text, found.start())
    return mark_safe(_marked(text, pattern))  # noqa: S308 -- `_marked` escapes every piece


def _stem(word: str) -> str:
    """So much of a word as its inflections share; the databases' own stemmers decided that it matches."""
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def _around(text: str, place: int) -> str:
    start = max(0, place - EXCERPT // 3)
    piece = text[start : start + EXCERPT]
    lead = "" if start == 0 else "… "
    return lead + (piece if start == 0 else piece.partition(" ")[2]).rpartition(" ")[0] + " …"


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    pieces, last = [], 0
    for found in pattern.finditer(text):
        pieces += [escape(text[last : found.start()]), "<mark>", escape(found[0]), "</mark>"]
        last = found.end()
    return "".join([*pieces, escape(text[last:])])
