"""The words that something published has or had: what a word stands for, and what may have been meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from django.db import connection

from articles.models import Publication, Word
from articles.search.terms import Term, fold, stem, stems, terms, without, words

MOST_ALIKE, MOST_AHEAD, MOST_ROWS = 40, 16, 400
LEAST_AHEAD = 2  # characters that a word must have for longer ones to begin with it
NEAR, NEAREST = 40, 3  # words that are weighed, and that are offered
NEAR_ENOUGH = 0.7
SHORT = 6  # characters
BATCH = 500

POSTGRESQL_AHEAD = "folded LIKE %(ahead)s || '%%'"
SQLITE_AHEAD = "folded >= %(ahead)s AND folded < %(ahead)s || char(1114111)"
KNOWN = """
    SELECT * FROM (SELECT language, word, folded, stem FROM articles_word
        WHERE stem IN ({stems}) LIMIT {most}) AS alike
    UNION ALL
    SELECT * FROM (SELECT '' AS language, word, folded, '' AS stem FROM articles_word
        WHERE {begins} ORDER BY titled DESC, length(folded), folded LIMIT {ahead}) AS ahead"""
POSTGRESQL_NEAR = """SELECT word, folded, max(CASE WHEN titled THEN 1 ELSE 0 END) FROM articles_word
    WHERE folded %% %(word)s GROUP BY word, folded ORDER BY similarity(folded, %(word)s) DESC, word
    LIMIT %(near)s"""
SQLITE_NEAR = """SELECT w.word, w.folded, w.titled FROM articles_word_alike
    JOIN articles_word AS w ON w.id = articles_word_alike.rowid
    WHERE articles_word_alike MATCH %(parts)s ORDER BY bm25(articles_word_alike), w.word LIMIT %(near)s"""

# Of short words two letters that changed places leave no part of three as it was.
SHORT_NEAR = """SELECT word, folded, max(CASE WHEN titled THEN 1 ELSE 0 END) AS titled FROM articles_word
    WHERE folded LIKE %(start)s AND length(folded) BETWEEN %(least)s AND %(most)s
    GROUP BY word, folded ORDER BY titled DESC, word LIMIT 1000"""


def learn(publication: Publication) -> None:
    """Keep the words of a publication, in the transaction that stores it. One query where none is new."""
    if publication.listed:
        title, rest = publication.title, f"{publication.summary} {publication.search_text}"
        _keep(publication.language, words(f"{title} {rest}"), set(words(title)))


def _keep(language: str, found: Sequence[str], titled: set[str]) -> None:
    known: dict[str, bool] = {}
    for batch in _batches(found):
        rows = Word.objects.filter(language=language, word__in=batch)
        known |= dict(rows.values_list("word", "titled"))
    new = (_word(language, word, word in titled) for word in found if word not in known and fold(word))
    Word.objects.bulk_create(new, BATCH, ignore_conflicts=True)
    if promoted := [word for word in titled if known.get(word) is False]:
        Word.objects.filter(language=language, word__in=promoted).update(titled=True)


def _word(language: str, word: str, titled: bool) -> Word:
    folded = fold(word)[:60]
    return Word(language=language, word=word, folded=folded, stem=stem(folded, language), titled=titled)


@dataclass
class Vocabulary:
    """All words anew, from everything that was ever published: gathered first, then put in place."""

    titled: dict[tuple[str, str], bool] = field(default_factory=dict)  # by language and word
    publications: int = 0
    last: int = 0  # the number of the newest of them

    def gather(self) -> None:
        """Read what was published since it was last gathered; publishing goes on meanwhile."""
        rows = Publication.objects.listed().filter(pk__gt=self.last).order_by("pk")
        columns = ("pk", "language", "title", "summary", "search_text")
        for self.last, language, title, *rest in rows.values_list(*columns).iterator(chunk_size=BATCH):
            self.publications += 1
            for word in words(" ".join((title, *rest))):
                self.titled.setdefault((language, word), False)
            self.titled |= {(language, word): True for word in words(title)}

    def put_in_place(self) -> None:
        """In a transaction that has its turn: nothing is published between the last gathering and this."""
        Word.objects.all().delete()
        found = ((*key, titled) for key, titled in self.titled.items())
        Word.objects.bulk_create((_word(*each) for each in found if fold(each[1])), BATCH)


def known(query: str, *, ahead: bool = True) -> list[Term]:
    """The words of a query with what they stand for; `ahead`: the last may be a beginning. One query."""
    asked = terms(query)
    if not asked:
        return []
    last = asked[-1] if ahead and len(asked[-1]) >= LEAST_AHEAD else ""
    by_term = {text: stems(text) for text in asked}
    rows = _rows({each for found in by_term.values() for each in found.values()} | set(asked), last)
    return [_term(text, by_term[text], rows, last if text == asked[-1] else "") for text in asked]


def _term(text: str, shared: dict[str, str], rows: list[tuple[Any, ...]], last: str) -> Term:
    alike = [row for row in rows if row[0] and shared.get(row[0], text) == row[3]][:MOST_ALIKE]
    ahead = [row for row in rows if not row[0]] if last else []
    same = [row[2] for row in alike]
    return Term(
        text,
        tuple(dict.fromkeys(same)),
        without((row[2] for row in ahead), (text, *same)),
        tuple(dict.fromkeys(row[1] for row in (*alike, *ahead))),
    )


def _rows(sought: Iterable[str], last: str) -> list[tuple[Any, ...]]:
    values = {f"stem{place}": each for place, each in enumerate(sorted(sought))}
    begins = (POSTGRESQL_AHEAD if connection.vendor == "postgresql" else SQLITE_AHEAD) if last else "1 = 0"
    statement = KNOWN.format(
        stems=", ".join(f"%({name})s" for name in values), begins=begins, most=MOST_ROWS, ahead=MOST_AHEAD
    )
    return _fetch(statement, values | {"ahead": last})


# --- Did you mean ------------------------------------------------------------------------------------


def near(text: str) -> list[str]:
    """Words that are written nearly like it, the nearest first. One query; two on PostgreSQL."""
    found: dict[str, tuple[float, bool]] = {}
    compared = SequenceMatcher(b=text)
    for word, folded, titled in _near(text):
        compared.set_seq1(folded)
        if folded == text or compared.quick_ratio() < NEAR_ENOUGH:  # never less than that
            continue
        if (alike := compared.ratio()) >= NEAR_ENOUGH:
            found[word] = (alike, bool(titled))
    return sorted(found, key=lambda word: (*found[word], word), reverse=True)[:NEAREST]


def _near(text: str) -> list[tuple[Any, ...]]:
    if len(text) < 3:
        return []
    if len(text) <= SHORT or (connection.vendor == "postgresql" and not has_trigrams()):
        around = {"start": f"{text[:1]}%", "least": len(text) - 2, "most": len(text) + 2}
        return _fetch(SHORT_NEAR, around)
    if connection.vendor == "postgresql":
        return _fetch(POSTGRESQL_NEAR, {"word": text, "near": NEAR})
    parts = dict.fromkeys(text[place : place + 3] for place in range(len(text) - 2))
    return _fetch(SQLITE_NEAR, {"parts": " OR ".join(f'"{part}"' for part in parts), "near": NEAR})


def has_trigrams() -> bool:
    """Whether PostgreSQL compares words by their parts (pg_trgm): not where nobody may install it."""
    return bool(_fetch("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'", {}))


def _fetch(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _batches(found: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(found)
    return iter(lambda: list(islice(rest, BATCH)), [])
