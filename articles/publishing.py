"""The transitions: the only ways in which a revision comes to be and a publication begins or ends.

Admin, API, importers and commands call these functions; each is atomic, checks first, and may be
repeated without harm. Whoever decided on the ground of a page they saw passes its `standing` as `seen`,
and gets a Conflict instead of overriding somebody else.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Min
from django.utils import timezone

from articles import documents, formats, kinds, rendering, requirements
from articles.kinds import FacetValue
from articles.models import Article, Facet, Publication, PublicationQuerySet, Revision
from articles.obstacles import Blocked, Conflict, NotReady, PublishingError
from articles.records import JSON

__all__ = [
    "KEEP",
    "Blocked",
    "Conflict",
    "NotReady",
    "PublishingError",
    "build",
    "cancel",
    "draft",
    "publish",
    "record",
    "restore",
    "schedule",
    "standing",
    "take_turn",
    "withdraw",
]

TICK = timedelta(microseconds=1)
TURN = 0x63617265  # the advisory lock under which transitions happen one after another


class Keep(Enum):
    """The end that what is live has already."""

    KEEP = "keep"


KEEP = Keep.KEEP


def standing(article: Article) -> str:
    """A short word for what is live and scheduled of the article; it changes with every transition."""
    rows = article.publications.order_by("id").values_list("id", "starts_at", "until", "ends_at")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


@transaction.atomic
def record(article: Article, *, by: User | None, note: str = "") -> Revision:
    """The revision that says what the working copy says: the newest, or a new one if that differs.

    Raises NotReady where a text holds a control character, which no document can.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    document = documents.compose(article)
    if problems := list(documents.unprintable(document)):
        raise NotReady(article, problems)
    text = documents.canonical(document)
    digest = documents.digest(text)
    newest = article.revisions.first()
    if newest and newest.digest == digest:
        return newest
    return Revision.objects.create(
        article_id=article.pk,
        number=newest.number + 1 if newest else 1,
        author=by,
        created_at=timezone.now(),
        note=note,
        text=text,
        digest=digest,
    )


def publish(
    article: Article,
    *,
    by: User | None,
    revision: Revision | None = None,
    until: datetime | Keep | None = KEEP,
    seen: str | None = None,
    with_required: bool = False,
) -> Publication:
    """Make a revision (the working copy's, unless given) live from now on.

    It ends when what is live was to end, unless `until` says otherwise; None is open-ended. Raises NotReady,
    Conflict, or Blocked where articles it needs are not live; `with_required` publishes those first.
    """
    return _begin(article, by, revision, None, until, seen, with_required)


def schedule(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    until: datetime | None = None,
    revision: Revision | None = None,
    seen: str | None = None,
    with_required: bool = False,
) -> Publication:
    """Make a revision live from a moment in the future on. No job is needed when it comes."""
    if at <= timezone.now():
        raise PublishingError(
            f"{formats.moment(at)} has passed. Choose a time in the future, or publish now."
        )
    return _begin(article, by, revision, at, until, seen, with_required)


@transaction.atomic
def cancel(publication: Publication, *, by: User | None, seen: str | None = None) -> None:
    """Take back what is scheduled; the period before it lasts as long as was asked for it."""
    article = publication.article
    now = _lock(article, seen)
    if publication.starts_at <= now:
        raise Conflict(
            f"It has been live since {formats.moment(publication.starts_at)}. Withdraw it instead."
        )
    publication.delete()
    try:
        with transaction.atomic():
            _settle(article, now)
    except IntegrityError as error:
        raise Conflict(
            f"Without it “{article.title}” would keep its address, and another article is to have that. "
            "Cancel or move that one first."
        ) from error
    requirements.check([article], now)


@transaction.atomic
def withdraw(
    article: Article,
    *,
    by: User | None,
    at: datetime | None = None,
    seen: str | None = None,
    with_dependents: bool = False,
) -> bool:
    """End what is live, now or `at` a moment to come, and take back what is scheduled after that.

    Returns whether there was anything to end. Raises Blocked where live articles need this one;
    `with_dependents` withdraws those first.
    """
    now = _lock(article, seen)
    if at and at < now:
        raise PublishingError(
            f"{formats.moment(at)} has passed. Choose a time in the future, or withdraw now."
        )
    end = at or now
    ending = [article, *(requirements.dependents(article, end) if with_dependents else ())]
    ended = [_end(each, end, by) for each in reversed(ending)]
    requirements.check(ending, now)
    return any(ended)


@transaction.atomic
def restore(revision: Revision, *, by: User | None) -> Revision:
    """Make the working copy say what an older revision says. What readers see stays as it is."""
    article = documents.restore(revision.document)
    return record(article, by=by, note=f"Restored from revision {revision.number}")


# --- Beginning ----------------------------------------------------------------------------------


@transaction.atomic
def _begin(
    article: Article,
    by: User | None,
    revision: Revision | None,
    at: datetime | None,
    until: datetime | Keep | None,
    seen: str | None,
    with_required: bool,
) -> Publication:
    now = _lock(article, seen)
    revision = revision or record(article, by=by)
    if revision.article_id != article.pk:
        raise PublishingError(f"{revision} belongs to another article.")
    document = documents.upgrade(revision.document)
    publication = build(document, at or now)
    # As late as can be: who answers a decision form meanwhile still sees what was live before.
    start = publication.starts_at = at or timezone.now()
    current = article.publications.at(start).first()
    if until is KEEP:
        until = current.until if current else None
    if until and until <= start:
        raise PublishingError(
            f"It would end ({formats.moment(until)}) before it begins ({formats.moment(start)})."
        )
    if current and at in (None, current.starts_at) and _is_same(current, revision, until):
        return current
    publication.article, publication.revision, publication.by = article, revision, by
    publication.until = until
    facets = kinds.get(publication.kind).facets(document)
    if with_required:
        _publish_required(publication, facets, by)
    _insert(publication, facets, current, now)
    requirements.check([article], now)
    return publication


def _is_same(current: Publication, revision: Revision, until: datetime | None) -> bool:
    return current.revision_id == revision.pk and current.until == until


def build(document: JSON, start: datetime) -> Publication:
    """A publication of the document with its columns and rendered parts; unsaved.

    Raises NotReady where the document breaks a rule.
    """
    kind = kinds.get(document["kind"])
    if problems := list(kind.problems(document, start)):
        raise NotReady(Article(pk=document["id"], title=document["title"]), problems)
    return draft(document, start)


def draft(document: JSON, start: datetime) -> Publication:
    """Like `build`, for a preview: nothing is checked."""
    kind = kinds.get(document["kind"])
    publication = Publication(
        article_id=document["id"],
        starts_at=start,
        first_published_at=start,
        kind=kind.name,
        slug=document["slug"],
        language=document["language"],
        title=document["title"],
        summary=document["summary"],
        listed=kind.prefix is not None,
    )
    rendering.render(publication, document)
    return publication


def _insert(
    publication: Publication, facets: Sequence[FacetValue], current: Publication | None, now: datetime
) -> None:
    article = publication.article
    if current and current.starts_at >= publication.starts_at:
        if current.starts_at > now:
            raise Conflict(f"{current.revision} is scheduled for exactly then. Cancel that first.")
        publication.starts_at = current.starts_at + TICK
    later = article.publications.filter(starts_at__gt=publication.starts_at)
    publication.ends_at = _earliest(publication.until, _first_start(later))
    _check_address(publication)
    publication.first_published_at = min(
        _first_start(article.publications.all()) or publication.starts_at, publication.starts_at
    )
    if current:
        current.ends_at = publication.starts_at
        current.save(update_fields=["ends_at"])
    try:
        with transaction.atomic():
            publication.save()
    except IntegrityError as error:
        raise Conflict(_clash(publication)) from error
    Facet.objects.bulk_create(
        Facet(
            publication=publication,
            name=facet.name,
            target=facet.target,
            slug=facet.slug,
            label=facet.label,
            required=facet.required,
        )
        for facet in facets
    )
    _settle(article, now)


def _publish_required(publication: Publication, facets: Sequence[FacetValue], by: User | None) -> None:
    needed = [facet.target for facet in facets if facet.required]
    for other in Article.objects.filter(pk__in=needed).order_by("pk"):
        gap = requirements.gap(other.pk, publication.starts_at, publication.until)
        if gap == publication.starts_at:
            _begin(other, by, None, publication.starts_at, publication.until, None, False)


def _check_address(publication: Publication) -> None:
    others = Publication.objects.filter(kind=publication.kind, slug=publication.slug)
    clash = others.exclude(article=publication.article).not_over(publication.starts_at)
    if publication.ends_at:
        clash = clash.filter(starts_at__lt=publication.ends_at)
    if found := clash.first():
        raise Conflict(
            f"The address “{publication.slug}” belongs to “{found.title}” "
            f"from {formats.moment(found.starts_at)} on. "
            "Change one of the two slugs."
        )


def _clash(publication: Publication) -> str:
    return (
        f"“{publication.title}” was published by somebody else just now. Reload the page to see the result."
    )


# --- Ending and keeping in order ----------------------------------------------------------------


def take_turn() -> None:
    """Wait until no other transition is under way: what needs what crosses articles.

    Whoever locks an article's row and then makes a transition, in one database transaction, calls this first.
    SQLite sees to it by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _lock(article: Article, seen: str | None) -> datetime:
    """The moment of this transition, once it is its turn."""
    take_turn()
    if seen is not None and seen != standing(article):
        raise Conflict(
            f"“{article.title}” was published, scheduled or withdrawn by somebody else in the meantime. "
            "Reload the page to see what holds now, then decide again."
        )
    return timezone.now()


def _end(article: Article, end: datetime, by: User | None) -> bool:
    taken_back, _ = article.publications.filter(starts_at__gte=end).delete()
    live = list(article.publications.at(end))
    for publication in live:
        publication.until = publication.ends_at = max(end, publication.starts_at + TICK)
        publication.ended_by = by
        publication.save(update_fields=["until", "ends_at", "ended_by"])
    return bool(live or taken_back)


def _settle(article: Article, now: datetime) -> None:
    """Each period ends where it was asked to, or where the next begins; all know when the first began."""
    rows = list(article.publications.order_by("starts_at"))
    for publication, following in zip(rows, [*rows[1:], None], strict=False):
        ends_at = _earliest(publication.until, following.starts_at if following else None)
        over = publication.ends_at is not None and publication.ends_at <= now
        if not over and publication.ends_at != ends_at:
            publication.ends_at = ends_at
            publication.save(update_fields=["ends_at"])
    if rows:
        first = rows[0].starts_at
        article.publications.exclude(first_published_at=first).update(first_published_at=first)


def _first_start(publications: PublicationQuerySet) -> datetime | None:
    first: datetime | None = publications.aggregate(first=Min("starts_at"))["first"]
    return first


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
