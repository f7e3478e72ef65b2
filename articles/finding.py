"""Finding rows of the desk by words and their beginnings, with one rule for lists, fields and choosers.

Whatever somebody types is taken as words; no character of it is query syntax. A row is found that has all of
them. What belongs to an article is found by the article's words as well.
"""

import re
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Article, Comment, Revision

MOST_WORDS = 12
LONGEST_WORD = 60
WORD = re.compile(r"[^\W_]+")

POSTGRESQL = {
    Article: "SELECT id FROM articles_article WHERE words @@ %s::tsquery",
    Comment: "SELECT id FROM articles_comment WHERE words @@ %s::tsquery",
    Revision: (
        "SELECT id FROM articles_revision WHERE note <> '' AND "
        "to_tsvector('simple', regexp_replace(note, '[^[:alnum:]]+', ' ', 'g')) @@ %s::tsquery"
    ),
}
NUMBERED = (
    "SELECT {table}_number.id FROM {table}_words "
    "JOIN {table}_number ON {table}_number.number = {table}_words.rowid WHERE {table}_words MATCH %s"
)
SQLITE = {
    Article: NUMBERED.format(table="articles_article"),
    Comment: NUMBERED.format(table="articles_comment"),
    Revision: "SELECT rowid FROM articles_revision_words WHERE articles_revision_words MATCH %s",
}


def words(typed: str) -> list[str]:
    """The words of what somebody typed, in lower case: at most twelve of at most sixty characters."""
    return [word[:LONGEST_WORD].lower() for word in WORD.findall(typed)[:MOST_WORDS]]


def articles(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those of some articles that have all the words in title, slug or summary; none without words."""
    return among.filter(pk__in=_matching(Article, typed)) if words(typed) else among.none()


def comments(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose name, email or text has all the words, or whose article."""
    return _own_or_of_article(Comment, among, typed)


def revisions(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose note has all the words, or whose article."""
    return _own_or_of_article(Revision, among, typed)


def preview_links(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose note has what was typed, or whose article has all the words."""
    if not words(typed):
        return among.none()
    of_article = Revision.objects.filter(article__in=_matching(Article, typed)).order_by()
    return among.filter(Q(note__icontains=typed) | Q(revision__in=of_article.values("pk")))


def of_articles(among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose article has all the words."""
    return among.filter(article__in=_matching(Article, typed)) if words(typed) else among.none()


def _own_or_of_article(model: Any, among: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """By a union: a condition that joins both would go through all rows."""
    if not words(typed):
        return among.none()
    own, of_article = _matching(model, typed), _matching(Article, typed)
    table = model._meta.db_table
    union = f"{own.sql} UNION SELECT id FROM {table} WHERE article_id IN ({of_article.sql})"  # noqa: S608
    return among.filter(pk__in=RawSQL(union, [*own.params, *of_article.params]))  # noqa: S611 -- all our own


def _matching(model: Any, typed: str) -> Any:
    """The keys of the rows that have all the words."""
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{word}':*" for word in words(typed))
        return RawSQL(POSTGRESQL[model], [query])  # noqa: S611 -- as above
    return RawSQL(SQLITE[model], [" ".join(f'"{word}"*' for word in words(typed))])  # noqa: S611 -- as above
