"""What the hits of a search have in common, to narrow it by: kinds, tags, paths and authors."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from articles import kinds
from articles.search.candidates import LIVE, Asked, Candidate
from articles.search.terms import Term

NARROWING = ("tag", "path", "author")
OFFERED = 8  # of each
FEW = 3000  # publications that are named one by one

SHARED = """
    WITH counted AS (
        SELECT name, target, count(*) AS times, max(publication_id) AS newest FROM articles_facet
        WHERE publication_id {hits} AND name IN ('tag', 'path', 'author') GROUP BY name, target
    ), ordered AS (
        SELECT *, row_number() OVER (PARTITION BY name ORDER BY times DESC, newest DESC, target) AS place
        FROM counted
    )
    SELECT name, (SELECT slug {newest}), (SELECT label {newest}), times FROM ordered AS o
    WHERE place <= {offered}"""
NEWEST = (  # what it was called last
    "FROM articles_facet AS f WHERE f.publication_id = o.newest AND f.name = o.name AND f.target = o.target"
)
HAVING = """p.id IN (SELECT publication_id FROM articles_facet
    WHERE name = '{name}' AND target = %({name})s)"""
TARGET = {  # by its present slug, or one that it had
    "tag": "(SELECT id FROM articles_tag WHERE slug = %(slug)s)",
    "author": "(SELECT id FROM articles_author WHERE slug = %(slug)s)",
    "path": "NULL",
}
BY_SLUG = "(SELECT target FROM articles_facet WHERE name = %(name)s AND slug = %(slug)s LIMIT 1)"


@dataclass(frozen=True, slots=True)
class Value:
    """One thing to narrow a search by, and how many of the counted hits have it."""

    slug: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a search is narrowed to: slugs, and the name of a kind."""

    kind: str = ""
    tag: str = ""
    path: str = ""
    author: str = ""

    def given(self) -> dict[str, str]:
        return {name: slug for name in NARROWING if (slug := getattr(self, name))}


def asked(terms: Sequence[Term], chosen: Chosen, moment: datetime) -> Asked:
    """For what is live at the moment and has what was chosen. A query for each facet, and one for all.

    A back end may write the kind into a query of its own: one that does not exist never gets there.
    """
    parts, values = [LIVE], {"moment": connection.ops.adapt_datetimefield_value(moment)}
    if chosen.kind and chosen.kind not in kinds.names():
        return Asked(terms, LIVE, values, among=[])
    if chosen.kind:
        parts.append("p.kind = %(kind)s")
        values["kind"] = chosen.kind
    narrowed = {name: _target(name, slug) for name, slug in chosen.given().items()}
    if not narrowed:
        return Asked(terms, " AND ".join(parts), values)
    having = [HAVING.format(name=name) for name in narrowed]
    few = _few(having, narrowed)
    if few is None:
        return Asked(terms, " AND ".join([*parts, *having]), values | narrowed)
    return Asked(terms, " AND ".join(parts), values, few)


def _few(having: Sequence[str], narrowed: Mapping[str, Any]) -> list[int] | None:
    """The publications that have all of it; None where these are so many that their words tell more."""
    first, *others = having
    ids = first.removeprefix("p.id IN (").removesuffix(")")
    more = "".join(f" AND {each.replace('p.id', 'publication_id', 1)}" for each in others)
    with connection.cursor() as cursor:
        cursor.execute(f"{ids}{more} ORDER BY publication_id DESC LIMIT {FEW + 1}", dict(narrowed))
        found = [pk for (pk,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def count(hits: Sequence[Candidate]) -> Mapping[str, list[Value]]:
    """By name what the hits have, the most frequent first. One query."""
    found: dict[str, list[Value]] = defaultdict(list)
    for kind, times in Counter(hit.kind for hit in hits).items():
        found["kind"].append(Value(kind, kinds.get(kind).label, times))
    if hits:
        for name, slug, label, times in _shared([hit.pk for hit in hits]):
            found[name].append(Value(slug, label, times))
    return {
        name: sorted(found[name], key=lambda value: (-value.count, value.label))[:OFFERED]
        for name in ("kind", *NARROWING)
    }


def _shared(pks: Sequence[int]) -> list[Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which reads a list far sooner than as many numbers
            hits, values = "= ANY(%(hits)s::bigint[])", {"hits": list(pks)}
        else:
            hits, values = f"IN ({', '.join(map(str, pks))})", {}
        cursor.execute(SHARED.format(hits=hits, newest=NEWEST, offered=OFFERED), values)
        return cursor.fetchall()


def _target(name: str, slug: str) -> Any:
    """The identifier as the database has it; one that nothing has where nothing is called so."""
    with connection.cursor() as cursor:
        statement = f"SELECT COALESCE({TARGET[name]}, {BY_SLUG})"
        cursor.execute(statement, {"name": name, "slug": slug})
        return cursor.fetchone()[0]
