"""A comparison begun from its paths: what they say already is in it, the rest is for an editor to write."""

from collections.abc import Sequence
from itertools import permutations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import documents, kinds, publishing, requirements
from articles.models import Article, Author, Publication, Revision
from articles.reading import VERSUS
from articles.records import JSON
from comparisons import composed
from comparisons.models import CareerPath, Comparison

KIND = "comparison"
NOTE = "Started from its paths"
SECTIONS = (
    ("introduction", "Introduction"),
    ("choosing", "Which career path is right for you?"),
    ("conclusion", "Conclusion"),
)


class AlreadyThere(Exception):
    """Somebody has begun to compare these paths."""

    def __init__(self, comparison: Article) -> None:
        self.comparison = comparison
        super().__init__(f"“{comparison.title}” has the address of a comparison of these paths.")


@transaction.atomic
def start(paths: Sequence[CareerPath], *, by: User) -> Article:
    """A draft that compares two to four paths, as their working copies are.

    It has the title, the address and the rows of facts that readers find on the page composed from the
    paths. Raises AlreadyThere, Trashed, or DocumentError where the paths' names are too long for a title.
    """
    requirements.refuse_trashed([path.pk for path in paths])
    slugs = [VERSUS.join(order) for order in permutations(path.slug for path in paths)]
    if there := Comparison.objects.filter(slug__in=slugs).first():
        raise AlreadyThere(there)
    comparison = documents.restore(_document(_composed(paths), by))
    publishing.record(comparison, by=by, note=NOTE)
    return comparison


def _composed(paths: Sequence[CareerPath]) -> JSON:
    drafts = [(path, documents.canonical(documents.compose(path))) for path in paths]
    now = timezone.now()
    publications = [
        Publication(slug=path.slug, starts_at=now, revision=Revision(text=text)) for path, text in drafts
    ]
    return composed.compose(publications, bank=None).revision.document  # the form shows the ratings


def _document(found: JSON, by: User) -> JSON:
    """Rows get ids of their own: the same paths may be compared again, once this one has another name."""
    return {
        "schema": kinds.get(KIND).schema,
        "kind": KIND,
        **{name: found[name] for name in ("title", "slug", "language")},
        "authors": documents.AUTHOR.compose(list(Author.objects.filter(user=by))),
        "sections": [{"role": role, "heading": heading} for role, heading in SECTIONS],
        "contenders": [{"path": contender["path"]} for contender in found["contenders"]],
        "differences": [{"aspect": row["aspect"], "cells": row["cells"]} for row in found["differences"]],
    }
