"""A copy of an article: a draft that says the same, of rows that are its own."""

import json
import re
from collections.abc import Iterator
from itertools import count
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from articles import documents, kinds, publishing, requirements
from articles.members import Children
from articles.models import Article
from articles.records import JSON, Record

IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST = 200  # of titles and slugs
ANEW: JSON = {"reviewer": None, "reviewed_on": None, "corrections": [], "translates": None}


@transaction.atomic
def copy(article: Article, *, by: User | None) -> Article:
    """A new draft that says what the working copy says; nobody has reviewed or corrected it yet.

    What belongs to the article alone gets identifiers of its own; what it names of other articles, questions,
    authors, tags and images stays. Raises Trashed, or DocumentError where the draft breaks a rule.
    """
    publishing.take_turn()  # so that two copies at once get two addresses
    requirements.refuse_trashed([article.pk])
    document = with_new_identifiers(documents.compose(article))
    title = f"Copy of {document['title']}"[:LONGEST]
    named = {"title": title, "slug": free_slug(article.kind, document["slug"])}
    copied = documents.restore(document | named | ANEW)
    publishing.record(copied, by=by, note=f"Copied from “{article.title}”")
    return copied


def with_new_identifiers(document: JSON) -> JSON:
    """The document of another article with the same rows. Wherever it names one of its own, it still does."""
    record = kinds.get(document["kind"]).record
    new = {own: str(uuid4()) for own in _own_identifiers(record, document)}
    text = IDENTIFIER.sub(lambda found: new.get(found[0], found[0]), documents.canonical(document))
    return json.loads(text)


def free_slug(kind: str, slug: str) -> str:
    """The slug with “-copy” behind it, and a number where that is taken."""
    for number in count(1):
        ending = "-copy" if number == 1 else f"-copy-{number}"
        found = slug[: LONGEST - len(ending)] + ending
        if not Article.objects.of_kind(kind).filter(slug=found).exists():
            break
    return found


def _own_identifiers(record: Record, row: JSON) -> Iterator[str]:
    yield row["id"]
    for member in record.members:
        if isinstance(member, Children):
            for child in row[member.name]:
                yield from _own_identifiers(member.record, child)
