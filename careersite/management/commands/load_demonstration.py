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

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone

from articles import documents, kinds, publishing, renditions, workflow
from articles.models import Article, Author, Comment, Revision, Tag
from articles.records import JSON, DocumentError
from careersite.demonstration import content

NOTE = "Demonstration content"
WAITING = (
    "Nothing is published here without somebody’s approval (REVIEW_REQUIRED): these are drafts. "
    "Have them reviewed at the desk, or name whoever approves them all: "
    "manage.py load_demonstration --approved-by LOGIN"
)
BETWEEN_COMMENTS = timedelta(hours=50)


class Fate(StrEnum):
    MADE = "made"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    KEPT = "kept"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document, and why it was skipped."""

    document: JSON
    fate: Fate
    reason: str = ""
    waits: bool = False  # for somebody's approval

    def __str__(self) -> str:
        label = kinds.get(self.document["kind"]).label
        reason = f": {self.reason}" if self.reason else ""
        return f"{self.fate:7} {label} “{self.document['title']}”{reason}"


class Command(BaseCommand):
    help = "Load the demonstration content and publish it. What is here already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--approved-by",
            metavar="LOGIN",
            help="whose approval it is, where nothing is published without one (REVIEW_REQUIRED); "
            "it stands in the trail under this name",
        )

    @transaction.atomic
    def handle(self, *args: Any, approved_by: str | None = None, **options: Any) -> None:
        wanted = content.documents()
        outcomes = _load(wanted, _approver(approved_by) if approved_by else None)
        new = (Fate.MADE, Fate.DRAFTED)
        made = {outcome.document["id"] for outcome in outcomes if outcome.fate in new}
        replies = _reply(wanted, made)
        if options["verbosity"]:
            self._tell(outcomes, replies)

    def _tell(self, outcomes: Sequence[Outcome], replies: int) -> None:
        for outcome in outcomes:
            self.stdout.write(str(outcome))
        counted = Counter(outcome.fate for outcome in outcomes)
        shown = [fate for fate in Fate if counted[fate] or fate in (Fate.MADE, Fate.KEPT, Fate.SKIPPED)]
        totals = ", ".join(f"{counted[fate]} {fate}" for fate in shown)
        self.stdout.write(f"{totals}; comments added: {replies}.")
        if any(outcome.waits for outcome in outcomes):
            self.stdout.write(WAITING)


def _approver(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None or not workflow.may_review(user):
        raise CommandError(f"There is no login “{name}” that may approve. Name one who is active and may.")
    return user


def _load(wanted: Sequence[JSON], approver: User | None) -> list[Outcome]:
    """Each document in turn, since the later ones need the earlier."""
    present, taken = _here(wanted)
    if not present.issuperset(document["id"] for document in wanted):
        wanted = _with_rows_here(wanted)
    coming = [UUID(document["id"]) for document in wanted]
    drafts = _drafts_here(present) if approver or settings.REVIEW_REQUIRED else set()
    return [_settle(document, present, taken, coming, approver, drafts) for document in wanted]


def _drafts_here(ids: Collection[str]) -> set[str]:
    """Those that an earlier run left as drafts, and nobody has touched since."""
    drafts = Article.objects.not_trashed().filter(pk__in=ids, last_begins_at=None)
    own = drafts.filter(revisions__note=NOTE).annotate(changes=Count("revisions")).filter(changes=1)
    untouched = own.exclude(reviews__isnull=False).values_list("pk", flat=True)
    return {str(pk) for pk in untouched}


def _here(wanted: Sequence[JSON]) -> tuple[set[str], set[tuple[str, str]]]:
    """The ids of the articles that are here, and the slugs in use by kind. One query."""
    ids, slugs = ([document[name] for document in wanted] for name in ("id", "slug"))
    rows = Article.objects.filter(Q(pk__in=ids) | Q(slug__in=slugs)).values_list("pk", "kind", "slug")
    found = [(str(pk), (kind, slug)) for pk, kind, slug in rows]
    return {pk for pk, _ in found}, {address for _, address in found}


def _settle(
    document: JSON,
    present: set[str],
    taken: set[tuple[str, str]],
    coming: Collection[UUID],
    approver: User | None,
    drafts: Collection[str],
) -> Outcome:
    """Make the document unless it is here or something is in the way; `present` learns of what was made."""
    if document["id"] in present:
        return _settle_here(document, approver, waits=document["id"] in drafts)
    if (document["kind"], document["slug"]) in taken:
        return Outcome(document, Fate.SKIPPED, f"another one here has the slug “{document['slug']}”.")
    if not present.issuperset(content.needs(document)):
        return Outcome(document, Fate.SKIPPED, "it rests on one that was skipped.")
    published = approver is not None or not settings.REVIEW_REQUIRED
    try:
        _make(document, coming, approver, published=published)
    except (DocumentError, publishing.PublishingError) as error:
        return Outcome(document, Fate.SKIPPED, str(error))
    present.add(document["id"])
    return Outcome(document, Fate.MADE if published else Fate.DRAFTED, waits=not published)


def _settle_here(document: JSON, approver: User | None, *, waits: bool) -> Outcome:
    """Publish what an earlier run left as a draft; all else that is here stays as it is."""
    if not waits or approver is None:
        return Outcome(document, Fate.KEPT, waits=waits)
    article = Article.objects.get(pk=document["id"])
    try:
        _publish(article, article.revisions.all()[0], approver)
    except publishing.PublishingError as error:
        return Outcome(document, Fate.SKIPPED, str(error))
    return Outcome(document, Fate.PUBLISHED)


@transaction.atomic
def _make(document: JSON, coming: Collection[UUID], approver: User | None, *, published: bool) -> None:
    _store_picture(document)
    article = documents.restore(document, coming=coming)
    if article.image:
        renditions.make(article.image)
    revision = publishing.record(article, by=None, note=NOTE)
    if published:
        _publish(article, revision, approver)


@transaction.atomic
def _publish(article: Article, revision: Revision, approver: User | None) -> None:
    """Publish it; with the approval of whom the command was told of, where none is published without."""
    if approver and settings.REVIEW_REQUIRED:
        workflow.submit(article, by=approver, assignee=approver, note=NOTE)
        workflow.approve(article, revision=revision, by=approver, note="Named to the command that loads it.")
    publishing.publish(article, by=approver, revision=revision)


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
