"""Another address in place of one, in all drafts that have it. Nothing is published by it.

Each article is changed by itself, with a revision, and what became of it is written down in the same
transaction: a run that was killed is gone on with, and does nothing twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django_tasks import task

from articles import documents, jobs, kinds, open_forms, publishing, trail
from articles.external_links import addresses, places
from articles.models import Article, LinkReplacement, LinkUse, ReplacedLink
from articles.models import ExternalLink as Link
from articles.obstacles import PublishingError
from articles.records import UNPRINTABLE, DocumentError

AT_ONCE = 25  # articles; more are changed by a job
MOST = 10_000  # articles of one replacement
LONGEST_ADDRESS = 500
LONGEST_NOTE = 300
Outcome = ReplacedLink.Outcome
Said = tuple[Outcome, str]


def validate(link: Link, new: str) -> None:
    """Raises ValidationError where nothing can be replaced by that."""
    if len(new) > LONGEST_ADDRESS:
        raise ValidationError(f"This is longer than {LONGEST_ADDRESS} characters. Find a shorter address.")
    if UNPRINTABLE.search(new):
        raise ValidationError("This has a control character. Remove it.")
    URLValidator(["http", "https"], message="Give a full http(s) address.")(new)
    if addresses.normalised(new) == link.url:
        raise ValidationError("This is the same address. Give the one to use instead.")


def drafts(link: Link) -> QuerySet[Article]:
    """The articles whose drafts have the address, those in the trash as well."""
    used = LinkUse.objects.in_drafts().filter(link=link).order_by().values("article")
    return Article.objects.filter(pk__in=used).order_by("title", "pk")


def may_change(user: User, article: Article) -> bool:
    options = kinds.get(article.kind).model._meta
    return user.is_active and user.has_perm(f"{options.app_label}.change_{options.model_name}")


def obstacle(user: User | None, article: Article) -> str:
    """Why an article is left out; nothing where it isn't."""
    if article.trashed_at:
        return "It is in the trash."
    if user is None or not may_change(user, article):
        return f"Whoever asked for it may not change a {kinds.get(article.kind).label}."
    return ""


@dataclass(frozen=True, slots=True)
class Extent:
    """How many drafts a replacement changes, and how many have the address in all."""

    changing: int
    drafts: int

    @property
    def left_out(self) -> int:
        return self.drafts - self.changing


def extent(link: Link, user: User) -> Extent:
    """One query, which does not load what it counts."""
    rows = drafts(link).order_by().values("kind", is_trashed=Q(trashed_at__isnull=False))
    counted = [(row["kind"], row["is_trashed"], row["number"]) for row in rows.annotate(number=Count("pk"))]
    changing = sum(
        number
        for kind, is_trashed, number in counted
        if not is_trashed and may_change(user, Article(kind=kind))
    )
    return Extent(changing, sum(number for *_, number in counted))


# --- Replacing -----------------------------------------------------------------------------------


def begin(link: Link, new: str, *, by: User) -> LinkReplacement:
    """Replace the address in all drafts that have it: at once where they are few, else by a job.

    Raises ValidationError.
    """
    validate(link, new)
    with transaction.atomic():
        replacement = LinkReplacement.objects.create(old=link.url, new=new, by=by, created_at=timezone.now())
        chosen = drafts(link).values_list("pk", "title")[:MOST]
        ReplacedLink.objects.bulk_create(
            [ReplacedLink(replacement=replacement, article_id=pk, title=title) for pk, title in chosen],
            batch_size=500,
        )
        if replacement.items.count() > AT_ONCE:
            replace.enqueue(replacement.pk)
            return replacement
    go_on(replacement)
    return replacement


def resume(replacement: LinkReplacement) -> None:
    """Have what still waits be changed by a job."""
    if replacement.ended_at is None:
        replace.enqueue(replacement.pk)


@jobs.repeatable
@task()
def replace(pk: int) -> None:
    with trail.came_from(trail.Channel.JOB):
        go_on(LinkReplacement.objects.get(pk=pk))


def go_on(replacement: LinkReplacement) -> None:
    """Change what waits to be changed."""
    for item in _waiting(replacement):
        _settle(item.pk, replacement)
    ended = LinkReplacement.objects.filter(pk=replacement.pk, ended_at=None)
    ended.update(ended_at=timezone.now())
    replacement.refresh_from_db()


def _waiting(replacement: LinkReplacement) -> Iterator[ReplacedLink]:
    while found := list(replacement.items.filter(outcome=Outcome.WAITING)[:100]):
        yield from found


@transaction.atomic
def _settle(pk: int, replacement: LinkReplacement) -> None:
    """One article, unless somebody else does it or has done it."""
    item = ReplacedLink.objects.select_for_update().filter(pk=pk, outcome=Outcome.WAITING).first()
    if item is None:
        return
    try:
        with transaction.atomic():
            item.outcome, item.words = _changed(item, replacement)
    except (DocumentError, PublishingError) as error:
        item.outcome, item.words = Outcome.FAILED, str(error)
    item.save(update_fields=["outcome", "words"])


def _changed(item: ReplacedLink, replacement: LinkReplacement) -> Said:
    held = Article.objects.select_for_update()
    article = held.filter(pk=item.article_id).first() if item.article_id else None
    if article is None:
        return Outcome.SKIPPED, "It was removed for good."
    if reason := obstacle(replacement.by, article):
        return Outcome.SKIPPED, reason
    document = documents.compose(article)
    new = places.replaced(kinds.get(article.kind).record, document, replacement.old, replacement.new)
    if new == document:
        return Outcome.UNCHANGED, "Its draft does not have the address any more."
    documents.restore(new)
    note = Truncator(f"{replacement.old} replaced by {replacement.new}").chars(LONGEST_NOTE)
    revision = publishing.record(article, by=replacement.by, note=note)
    trail.note(
        trail.Action.LINK_REPLACED,
        article,
        by=replacement.by,
        revision=revision.number,
        detail=f"{replacement.old} by {replacement.new}",
    )
    return Outcome.CHANGED, _told(article, revision.number)


def _told(article: Article, number: int) -> str:
    """Whoever has it open is shown both versions once they save."""
    forms = open_forms.heard_of(article, timezone.now())
    names = ", ".join(sorted({form.user.get_username() for form in forms}))
    return f"Revision {number}, while {names} had it open." if names else f"Revision {number}."
