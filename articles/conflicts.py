"""Two people saved one article: both versions, what there is to choose, and the choice made.

Who is overtaken is known by the numbers of revisions, and never by a clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from articles import documents, kinds, merging, publishing, requirements
from articles.comparing import Place
from articles.merging import Difference, Side
from articles.models import Article, Revision
from articles.records import JSON, DocumentError, Problem, Record

# What other transitions write into the row of an article, and whoever saves all of it must not write back.
UNTYPED = (
    "reviewed_on",
    "trashed_at",
    "trashed_by_id",
    "last_begins_at",
    "last_ends_at",
    "differs",
    "facts_due_on",
)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """That somebody saved after a page was made: what it was made from, and what is stored instead."""

    based_on: int
    newest: Revision
    stored: JSON


@dataclass(frozen=True, slots=True)
class Versions:
    """What both began with, where it is known; theirs, which is stored; and mine, which is not."""

    article: Article
    base: Revision | None
    newest: Revision
    theirs: JSON
    mine: JSON

    @property
    def record(self) -> Record:
        return kinds.get(self.article.kind).record

    @property
    def base_document(self) -> JSON | None:
        return documents.upgrade(self.base.document) if self.base else None

    def differences(self) -> list[Difference]:
        return merging.differences(self.record, self.base_document, self.theirs, self.mine)

    def since(self) -> Sequence[Revision]:
        """What was saved meanwhile, the oldest first."""
        number = self.base.number if self.base else 0
        found = self.article.revisions.filter(number__gt=number).select_related("author")
        return list(found.defer("text").order_by("number"))


def overtaken(article: Article, number: int) -> Overtaken | None:
    """What was saved after revision `number`. Locks the article: two who save at once take turns.

    What no form has of it is read anew, as it may have changed before the lock was had.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    for name in UNTYPED:
        setattr(article, name, getattr(locked, name))
    newest = _newest(article)
    if newest is None or newest.number <= number:
        return None
    return Overtaken(number, newest, documents.compose(article))


def versions(article: Article, found: Overtaken, mine: JSON) -> Versions:
    base = article.revisions.filter(number=found.based_on).first()
    return Versions(article, base, found.newest, found.stored, mine)


def sent_back(article: Article, mine: object) -> JSON:
    """The version that a page sent back, as it would be stored: held to all rules, and sanitised.

    It brings along no authors, tags or images: whoever sends it may not be one who adds them.

    Raises DocumentError where it breaks one, or is no document of this article.
    """
    if not isinstance(mine, dict) or (mine.get("id"), mine.get("kind")) != (str(article.pk), article.kind):
        raise DocumentError([Problem("", "That is no version of this article.")])
    with transaction.atomic():
        stored = documents.compose(documents.restore(mine, shared=False))
        transaction.set_rollback(True)
    return stored


@transaction.atomic
def settle(found: Versions, chosen: Mapping[Place, Side], *, by: User, note: str) -> list[JSON]:
    """Store what was chosen as a new revision. Returns the sources that came back, as that cites them.

    Raises DocumentError where what was chosen doesn't go together, NotReady or Trashed; stores nothing then.
    """
    requirements.refuse_trashed([found.article.pk])
    document, sources = merging.merged(found.record, found.theirs, found.mine, found.differences(), chosen)
    documents.restore(document)
    publishing.record(found.article, by=by, note=note)
    return sources


def still_holding(found: Versions, chosen: Mapping[Place, Side], seen: Revision | None) -> dict[Place, Side]:
    """The choices between what both versions say still; `seen` is what theirs was when they were made."""
    if seen is None:
        return {}
    before = documents.upgrade(seen.document)
    changed = {each.place for each in merging.differences(found.record, None, before, found.theirs)}
    return {
        place: side
        for place, side in chosen.items()
        if not any(place[: len(each)] == each or each[: len(place)] == place for each in changed)
    }


def _newest(article: Article) -> Revision | None:
    return article.revisions.select_related("author", "article").defer("text").first()
