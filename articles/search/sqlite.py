"""FTS5 with external content. Its lists of rows are in the order of their numbers, so that the newest come
first at no cost. It knows no inflections, and is asked for all forms of a word that there are.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from articles.search.candidates import MOST, WEIGHED, Asked, Candidate

LEAD, TEXT = "articles_publication_lead", "articles_publication_search"
FOUND = """SELECT * FROM (SELECT p.id, p.kind, p.starts_at, {tier} AS tier
    FROM {table} CROSS JOIN articles_publication AS p ON p.id = {table}.rowid
    WHERE {table} MATCH %({name})s AND {where} ORDER BY {table}.rowid DESC LIMIT {limit})"""
WEIGHTS = f"""SELECT p.id, -bm25({TEXT}, 3.0, 2.0, 1.0)
    FROM {TEXT} CROSS JOIN articles_publication AS p ON p.id = {TEXT}.rowid
    WHERE {TEXT} MATCH %(text)s AND {{where}}"""  # noqa: S608


def find(asked: Asked) -> list[Candidate]:
    """One query; two where there are few."""
    every = [term.every for term in asked.terms]
    exact = [term.same for term in asked.terms]
    matches = {
        "text": (0, TEXT, _all(every)),
        "part": (1, LEAD, f"{{title}} : ({_any(every)})"),
        "lead": (2, LEAD, _all(every)),
        "ahead": (3, LEAD, f"{{title}} : ({_all(every)})"),
        "title": (4, LEAD, f"{{title}} : ({_all(exact)})"),
    }
    if every == exact:
        del matches["ahead"]
    if len(every) == 1:
        del matches["part"]
    rows = _found(asked, matches, MOST + 1)
    in_text = {pk for pk, _, _, tier in rows if tier == 0}
    best: dict[int, tuple[Any, ...]] = {}
    for row in sorted(rows, key=lambda each: each[3]):
        if row[3] != 1 or row[0] in in_text:  # a part of the words is not enough
            best[row[0]] = row
    weights = _weights(asked, matches["text"][2]) if len(best) <= WEIGHED else {}
    return [Candidate(pk, kind, since, tier, weights.get(pk, 0.0)) for pk, kind, since, tier in best.values()]


def titled(asked: Asked, limit: int) -> list[Candidate]:
    every = [term.every for term in asked.terms]
    rows = _found(asked, {"title": (4, LEAD, f"{{title}} : ({_all(every)})")}, limit)
    return [Candidate(*row) for row in rows]


def rebuild() -> None:
    """Both tables from what is stored."""
    with connection.cursor() as cursor:
        for table, columns in ((TEXT, "title, summary, search_text"), (LEAD, "title, summary")):
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608
            cursor.execute(
                f"INSERT INTO {table}(rowid, {columns}) "  # noqa: S608
                f"SELECT id, {columns} FROM articles_publication WHERE listed"
            )


def _found(asked: Asked, matches: dict[str, tuple[int, str, str]], limit: int) -> list[tuple[Any, ...]]:
    parts = [
        FOUND.format(tier=tier, table=table, name=name, where=_where(asked, f"{table}.rowid"), limit=limit)
        for name, (tier, table, _) in matches.items()
    ]
    values = {name: match for name, (_, _, match) in matches.items()}
    return _fetch(" UNION ALL ".join(parts), asked.values | values)


def _where(asked: Asked, column: str) -> str:
    if asked.among is None:
        return asked.where
    return f"{asked.where} AND {column} IN ({', '.join(map(str, asked.among))})"


def _weights(asked: Asked, match: str) -> dict[int, float]:
    # The sign keeps the table from being asked for each number by itself: it would weigh all texts each time.
    statement = WEIGHTS.format(where=_where(asked, f"+{TEXT}.rowid"))
    return dict(_fetch(statement, asked.values | {"text": match}))


def _fetch(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _all(words: Sequence[Iterable[str]]) -> str:
    return " AND ".join(f"({_any([each])})" for each in words)


def _any(words: Sequence[Iterable[str]]) -> str:
    return " OR ".join(f'"{word}"' for each in words for word in each)
