"""Stored vectors with GIN. They are asked for the newest blocks of publications first.

An index of this kind gives all rows of a word at once and in no order. The number of a row's block is among
its words, and so is its kind: the newest rows of a very common word cost no more than those of a rare one.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, NamedTuple, cast

from django.db import connection

from articles.search.candidates import MOST, WEIGHED, Asked, Candidate
from articles.search.terms import STEMMERS

BLOCK = 1024  # publications, as migration `search_by_language` numbers them
FIRST = 3  # blocks that are asked for before any others
MARGIN = 1.3
TO_PASS, TO_FETCH = 0.35, 1.0  # microseconds for a row of a block, and for one that has the words
MOST_KEPT = 50_000  # words
GONE_THROUGH = 20_000  # rows that have the words

# The planner does not know that to unpack a vector costs more than to look it up: it is shown no other way.
ASK = "SET LOCAL enable_seqscan = off; "
FOUND = f"""
    WITH matching AS MATERIALIZED (
        SELECT * FROM (SELECT id, kind, starts_at, ends_at FROM articles_publication
            WHERE {{vector}} @@ %(sought)s::tsquery{{among}} OFFSET 0) AS p
        WHERE {{where}} LIMIT {GONE_THROUGH}
    ), newest AS MATERIALIZED (SELECT * FROM matching ORDER BY id DESC LIMIT {{most}})
    SELECT n.id, n.kind, extract(epoch FROM n.starts_at)::float8,
        CASE WHEN p.lead_vector @@ %(title)s::tsquery THEN 4 WHEN p.lead_vector @@ %(ahead)s::tsquery THEN 3
             WHEN p.lead_vector @@ %(every)s::tsquery THEN 2 WHEN p.lead_vector @@ %(part)s::tsquery THEN 1
             ELSE 0 END,
        CASE WHEN (SELECT count(*) FROM newest) > {WEIGHED} THEN 0
             ELSE ts_rank(p.search_vector, %(every)s::tsquery) END
    FROM newest AS n JOIN articles_publication AS p ON p.id = n.id"""  # noqa: S608 -- all of it is our own
STORED = f"""SELECT word, {
    ", ".join(f"tsvector_to_array(to_tsvector('{each}', word))" for each in (*STEMMERS.values(), "simple"))
} FROM unnest(%(words)s::text[]) AS word"""  # noqa: S608


def find(asked: Asked) -> list[Candidate]:
    """Two queries where publications are few, at most eight."""
    if asked.among is not None:
        return list(_matching(asked, "search_vector", "", MOST + 1, only_titles=False).values())
    newest = _newest_block()
    found = _newest(asked, "search_vector", newest, MOST + 1)
    if len(found) > MOST:  # older ones may have the words in their titles
        leading = sum(each.tier > 1 for each in found.values())
        looked = newest - min(found) // BLOCK + 1
        found |= _newest(
            asked,
            "lead_vector",
            newest,
            MOST + 1,
            first=blocks_with_enough(leading, looked, MOST + 1, newest),
        )
    return list(found.values())


def titled(asked: Asked, limit: int) -> list[Candidate]:
    found = _newest(asked, "lead_vector", _newest_block(), limit, only_titles=True)
    return list(found.values())


def _newest(
    asked: Asked, vector: str, newest: int, most: int, *, first: int = FIRST, only_titles: bool = False
) -> dict[int, Candidate]:
    """So many of the newest, or all that there are: from the newest blocks; where these have too few, from as
    many as should have enough; and in the end from all.
    """
    found: dict[int, Candidate] = {}
    size = first
    while size < newest:
        window = " | ".join(f"'#{number}'" for number in range(newest, newest - size, -1))
        found = _matching(asked, vector, window, most, only_titles=only_titles)
        if len(found) >= most:
            return found
        size = blocks_with_enough(len(found), size, most, newest) if size == first else newest
    return _matching(asked, vector, "", most, only_titles=only_titles)


def blocks_with_enough(found: int, looked: int, most: int, newest: int) -> int:
    """How many blocks should have enough, where in some there are so few; all where that takes less time."""
    each = found / looked
    enough = ceil(MARGIN * most / each) if found else newest
    return enough if enough * BLOCK * TO_PASS < each * newest * TO_FETCH else newest


def _matching(
    asked: Asked, vector: str, window: str, most: int, *, only_titles: bool
) -> dict[int, Candidate]:
    exact = _either([[term.text] for term in asked.terms])
    every = _either([(term.text, *term.ahead) for term in asked.terms])
    values: dict[str, Any] = {
        "every": " & ".join(_any(each) for each in every),
        "title": " & ".join(_any(each, ":A") for each in exact),
        "ahead": " & ".join(_any(each, ":A") for each in every),
        "part": " | ".join(_any(each, ":A") for each in every),
    }
    values["sought"] = values["ahead" if only_titles else "every"]
    if "kind" in asked.values:
        values["sought"] += f" & '+{asked.values['kind']}'"
    if window:
        values["sought"] += f" & ({window})"
    among = "" if asked.among is None else " AND id = ANY(%(among)s::bigint[])"
    values["among"] = asked.among
    statement = FOUND.format(vector=vector, where=asked.where, among=among, most=most)
    with connection.cursor() as cursor:
        cursor.execute(ASK + statement, asked.values | values)
        cursor.nextset()
        return {row[0]: Candidate(*row) for row in cursor.fetchall()}


def _any(lexemes: Iterable[str], weight: str = "") -> str:
    return f"({' | '.join(each if each[1] == '@' else each + weight for each in lexemes)})"


def _either(words: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each term what stands for it in the vectors of some language.

    A language leaves out its commonest words: where it does, documents of it need not have them, unless there
    are no others.
    """
    stored = _stored(dict.fromkeys(word for each in words for word in each))
    found = [dict.fromkeys(lexeme for word in each for lexeme in stored[word].lexemes) for each in words]
    telling = any(not stored[each[0]].left_out for each in words)
    return [
        [*lexemes, *(f"'@{code}'" for code in stored[each[0]].left_out if telling)]
        for lexemes, each in zip(found, words, strict=True)
    ]


class Stored(NamedTuple):
    """What becomes of a word in vectors: its lexemes, quoted, and the languages that leave it out."""

    lexemes: Sequence[str]
    left_out: Sequence[str]


def _stored(words: Iterable[str]) -> dict[str, Stored]:
    """What the database's configurations make of words, which it says once for each process."""
    found = {word: _kept.get(word) for word in words}
    if new := [word for word, stored in found.items() if stored is None]:
        with connection.cursor() as cursor:
            cursor.execute(STORED, {"words": new})
            found |= {word: _told(word, by_language) for word, *by_language in cursor.fetchall()}
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        _kept.update((word, found[word]) for word in new)
    return cast("dict[str, Stored]", found)


def _told(word: str, by_language: Sequence[Sequence[str]]) -> Stored:
    lexemes = dict.fromkeys(f"'{each}'" for some in by_language for each in some)
    if not lexemes:  # no word to the database
        return Stored([f"'{word}'"], ())
    return Stored(
        list(lexemes), [code for code, some in zip(STEMMERS, by_language, strict=False) if not some]
    )


_kept: dict[str, Stored | None] = {}


def _newest_block() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM articles_publication")
        return int(cursor.fetchone()[0] or 0) // BLOCK


def rebuild() -> None:
    """The vectors are always right: they belong to the rows."""
