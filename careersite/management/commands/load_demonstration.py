"""Make and publish what is new of the demonstration content. What is here already is left alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from articles import documents, kinds, publishing, renditions
from articles.models import Article, Author, Comment, Tag
from articles.records import JSON, DocumentError
from careersite.demonstration import content

NOTE = "Demonstration content"
BETWEEN_COMMENTS = timedelta(hours=50)


class Fate(StrEnum):
    MADE = "made"
    KEPT = "kept"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document, and why it was skipped."""

    document: JSON
    fate: Fate
    reason: str = ""

    def __str__(self) -> str:
        label = kinds.get(self.document["kind"]).label
        reason = f": {self.reason}" if self.reason else ""
        return f"{self.fate:8}{label} “{self.document['title']}”{reason}"


class Command(BaseCommand):
    help = "Load the demonstration content and publish it. What is here already stays as it is."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        wanted = content.documents()
        outcomes = _load(wanted)
        made = {outcome.document["id"] for outcome in outcomes if outcome.fate is Fate.MADE}
        replies = _reply(wanted, made)
        if options["verbosity"]:
            self._tell(outcomes, replies)

    def _tell(self, outcomes: Sequence[Outcome], replies: int) -> None:
        for outcome in outcomes:
            self.stdout.write(str(outcome))
        counted = Counter(outcome.fate for outcome in outcomes)
        totals = ", ".join(f"{counted[fate]} {fate}" for fate in Fate)
        self.stdout.write(f"{totals}; comments added: {replies}.")


def _load(wanted: Sequence[JSON]) -> list[Outcome]:
    """Each document in turn, since the later ones need the earlier."""
    present, taken = _here(wanted)
    if not present.issuperset(document["id"] for document in wanted):
        wanted = _with_rows_here(wanted)
    coming = [UUID(document["id"]) for document in wanted]
    return [_settle(document, present, taken, coming) for document in wanted]


def _here(wanted: Sequence[JSON]) -> tuple[set[str], set[tuple[str, str]]]:
    """The ids of the articles that are here, and the slugs in use by kind. One query."""
    ids, slugs = ([document[name] for document in wanted] for name in ("id", "slug"))
    rows = Article.objects.filter(Q(pk__in=ids) | Q(slug__in=slugs)).values_list("pk", "kind", "slug")
    found = [(str(pk), (kind, slug)) for pk, kind, slug in rows]
    return {pk for pk, _ in found}, {address for _, address in found}


def _settle(
    document: JSON, present: set[str], taken: set[tuple[str, str]], coming: Collection[UUID]
) -> Outcome:
    """Make the document unless it is here or something is in the way; `present` learns of what was made."""
    if document["id"] in present:
        return Outcome(document, Fate.KEPT)
    if (document["kind"], document["slug"]) in taken:
        return Outcome(document, Fate.SKIPPED, f"another one here has the slug “{document['slug']}”.")
    if not present.issuperset(content.needs(document)):
        return Outcome(document, Fate.SKIPPED, "it rests on one that was skipped.")
    try:
        _make(document, coming)
    except (DocumentError, publishing.PublishingError) as error:
        return Outcome(document, Fate.SKIPPED, str(error))
    present.add(document["id"])
    return Outcome(document, Fate.MADE)


@transaction.atomic
def _make(document: JSON, coming: Collection[UUID]) -> None:
    _store_picture(document)
    article = documents.restore(document, coming=coming)
    if article.image:
        renditions.make(article.image)
    revision = publishing.record(article, by=None, note=NOTE)
    publishing.publish(article, by=None, revision=revision)


def _store_picture(document: JSON) -> None:
    if (picture := content.picture(document)) and not default_storage.exists(picture[0]):
        name, file = picture
        default_storage.save(name, ContentFile(file.read_bytes()))


# --- Authors, tags and comments -----------------------------------------------------------------


def _with_rows_here(wanted: Iterable[JSON]) -> list[JSON]:
    """The documents with the authors and tags that are here in place of their own; missing ones are made."""
    authors = _rows(Author, content.authors(), ("id", "slug"))
    tags = _rows(Tag, content.tags(), ("id", "slug", "name"))
    return [
        document
        | {
            "authors": [authors[author["id"]] for author in document.get("authors", ())],
            "reviewer": authors[document["reviewer"]["id"]] if document.get("reviewer") else None,
            "tags": [tags[tag["id"]] for tag in document.get("tags", ())],
        }
        for document in wanted
    ]


def _rows(model: type[models.Model], wanted: Sequence[JSON], names: Sequence[str]) -> dict[str, JSON]:
    """By the wanted ids: the rows here that have the same id, slug or name, or else new ones."""
    same = reduce(or_, (Q(**{f"{name}__in": [item[name] for item in wanted]}) for name in names))
    here: list[Any] = list(model._default_manager.filter(same))
    known = {(name, str(getattr(row, name))): row for row in here for name in names}
    found = {}
    for item in wanted:
        alike = (known.get((name, item[name])) for name in names)
        row: Any = next(filter(None, alike), None) or model._default_manager.create(**item)
        found[item["id"]] = {"id": str(row.pk), "name": row.name, "slug": row.slug}
    return found


def _reply(wanted: Sequence[JSON], made: set[str]) -> int:
    """Add the replies to what was made. They come with their article only: a deleted one stays deleted."""
    replies = [reply for reply in content.comments(wanted) if reply["article_id"] in made]
    added = [Comment(**reply, status=Comment.Status.APPROVED) for reply in replies]
    Comment.objects.bulk_create(added)
    now = timezone.now()
    for age, comment in enumerate(reversed(added), start=1):  # creating has set it to now
        comment.created_at = now - age * BETWEEN_COMMENTS
    Comment.objects.bulk_update(added, ["created_at"])
    return len(added)
