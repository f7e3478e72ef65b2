"""Finding rows of the desk by words and their beginnings, with one rule for lists, fields and choosers.

Whatever somebody types is taken as words; no character of it is query syntax. A row is found that has all of
them. What belongs to an article is found by the article's words as well.
"""

import re
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, Revision

MOST_WORDS = 12
LONGEST_WORD = 60
WORD = re.compile(r"[^\W_]+")

NOTE = "to_tsvector('simple', regexp_replace(note, '[^[:alnum:]]+', ' ', 'g'))"
FEW = 500  # rows: so many are named one by one
COMMON = 5_000  # rows: beyond these, what a list shows is soonest found by going through it in its order

# By the table: which of its keys have the words, and whether one row of it has them.
POSTGRESQL = {
    "articles_article": (
        "SELECT id FROM articles_article WHERE words @@ %s::tsquery",
        "(SELECT own.words @@ %s::tsquery FROM articles_article AS own WHERE own.id = {key})",
    ),
    "articles_comment": (
        "SELECT id FROM articles_comment WHERE words @@ %s::tsquery",
        "(articles_comment.words @@ %s::tsquery)",
    ),
    "articles_revision": (
        f"SELECT id FROM articles_revision WHERE note <> '' AND {NOTE} @@ %s::tsquery",  # noqa: S608
        f"(articles_revision.note <> '' AND {NOTE} @@ %s::tsquery)",
    ),
}
NUMBERED = (
    "SELECT {table}_number.id FROM {table}_words "
    "JOIN {table}_number ON {table}_number.number = {table}_words.rowid WHERE {table}_words MATCH %s",
    "(SELECT number FROM {table}_number WHERE id = {{key}}) "
    "IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s)",
)
NOTES = "SELECT rowid FROM articles_revision_words WHERE articles_revision_words MATCH %s"
SQLITE = {
    "articles_article": tuple(each.format(table="articles_article") for each in NUMBERED),
    "articles_comment": tuple(each.format(table="articles_comment") for each in NUMBERED),
    "articles_revision": (NOTES, f"{{key}} IN ({NOTES})"),
}


def words(typed: str) -> list[str]:
    """The words of what somebody typed, in lower case: at most twelve of at most sixty characters."""
    return [word[:LONGEST_WORD].lower() for word in WORD.findall(typed)[:MOST_WORDS]]


def articles(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those of some articles that have all the words in title, slug or summary; none without words."""
    if connection.vendor == "postgresql" and words(typed):
        # Its planner knows how common words are.
        return among.filter(_raw("articles_article.words @@ %s::tsquery", [_query(typed)]))
    return _found(among, typed, "articles_article", "id")


def comments(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose name, email or text has all the words, or whose article."""
    return _found(among, typed, "articles_comment", "article_id")


def revisions(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose note has all the words, or whose article."""
    return _found(among, typed, "articles_revision", "article_id")


def publications(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose article has all the words."""
    return _found(among, typed, "articles_publication", "article_id")


def findings(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """What is found in articles that have all the words."""
    return _found(among, typed, "articles_finding", "article_id")


def events(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """What was decided about articles that have all the words."""
    named = list(articles(Article.objects.order_by(), typed).values_list("pk", flat=True)[: FEW + 1])
    if len(named) <= FEW:  # planners that don't know how few there are go through the whole trail
        return among.filter(article__in=named)
    return _found(among, typed, "articles_event", "article")


def preview_links(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose note has what was typed, or whose article has all the words."""
    if not words(typed):
        return among.none()
    of_article = Revision.objects.filter(article__in=_raw(_tables()["articles_article"][0], [_query(typed)]))
    return among.filter(Q(note__icontains=typed) | Q(revision__in=of_article.order_by().values("pk")))


def _found(among: QuerySet[Any], typed: str, table: str, article: str) -> QuerySet[Any]:
    """Rows that have the words, or whose `article` has, which for articles is the row itself."""
    if not words(typed):
        return among.none()
    tables, query = _tables(), _query(typed)
    sought = dict.fromkeys(name for name in (table, "articles_article") if name in tables)
    if any(_is_common(tables[name][0], query) for name in sought):
        keys = {table: f"{table}.id"} | {"articles_article": f"{table}.{article}"}
        either = " OR ".join(tables[name][1].format(key=keys[name]) for name in sought)
        return among.filter(_raw(either, [query] * len(sought)))
    # By a union, as a condition that joins both would go through all rows.
    of_article = f"SELECT id FROM {table} WHERE {article} IN ({tables['articles_article'][0]})"  # noqa: S608
    union = " UNION ".join(
        [*(tables[name][0] for name in sought if name == table != "articles_article"), of_article]
    )
    return among.filter(pk__in=_raw(union, [query] * len(sought)))


def _is_common(keys: str, query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({keys} LIMIT {COMMON + 1}) AS found", [query])  # noqa: S608
        return bool(cursor.fetchone()[0] > COMMON)


def _tables() -> dict[str, Any]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def _query(typed: str) -> str:
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in words(typed))
    return " ".join(f'"{word}"*' for word in words(typed))


def _raw(sql: str, parameters: list[str]) -> Any:
    return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611 -- all of it is our own
