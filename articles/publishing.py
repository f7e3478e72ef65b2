"""The transitions: the only ways in which a revision comes to be and a publication begins or ends.

Admin, API, importers and commands call these functions; each is atomic, checks first, and may be
repeated without harm. Whoever decided on the ground of a page they saw passes its `standing` as `seen`,
and gets a Conflict instead of overriding somebody else.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import (
    approvals,
    documents,
    follow_ups,
    formats,
    kinds,
    late,
    periods,
    placing,
    rendering,
    report,
    requirements,
    states,
    trail,
)
from articles.external_links import uses
from articles.kinds import FacetValue
from articles.models import Article, Publication, Revision
from articles.obstacles import (
    Blocked,
    Conflict,
    NotReady,
    Objected,
    Objection,
    PublishingError,
    Trashed,
    Unapproved,
)
from articles.records import JSON
from articles.turns import take_turn

__all__ = [
    "KEEP",
    "LONGEST_OVERRIDE",
    "Blocked",
    "Conflict",
    "NotReady",
    "Objected",
    "Objection",
    "PublishingError",
    "Trashed",
    "Unapproved",
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

LONGEST_OVERRIDE = 500


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
    before: Any = article.revisions.annotate(is_approved=approvals.is_approved()).first()
    newest: Revision
    if before and before.digest == digest:
        newest = before
    else:
        newest = Revision.objects.create(
            article_id=article.pk,
            number=before.number + 1 if before else 1,
            author=by,
            created_at=timezone.now(),
            note=note,
            text=text,
            digest=digest,
        )
        if before and before.is_approved:
            approvals.lapse(article, newest, by=by)
        report.saved(article, was_called=before.document["title"] if before else "")
        uses.keep_draft(newest, document, before)
    # In any case: what was saved may have been read before somebody published.
    states.keep([article.pk], locked=True)
    return newest


def publish(
    article: Article,
    *,
    by: User | None,
    revision: Revision | None = None,
    until: datetime | Keep | None = KEEP,
    seen: str | None = None,
    with_required: bool = False,
    override: str = "",
) -> Publication:
    """Make a revision (the working copy's, unless given) live from now on.

    It ends when what is live was to end, unless `until` says otherwise; None is open-ended. Raises NotReady,
    Conflict, or Blocked where articles it needs are not live; `with_required` publishes those first. Raises
    Objected where its kind has objections, unless `override` says why it is published all the same, and
    Unapproved where it is in review, or needs one, without an approval of just that revision.
    """
    return _begin(
        article,
        by,
        revision=revision,
        until=until,
        seen=seen,
        with_required=with_required,
        override=override,
    )


def schedule(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    until: datetime | None = None,
    revision: Revision | None = None,
    seen: str | None = None,
    with_required: bool = False,
    override: str = "",
) -> Publication:
    """Make a revision live from a moment in the future on. No job is needed when it comes."""
    if at <= timezone.now():
        raise PublishingError(
            f"{formats.moment(at)} has passed. Choose a time in the future, or publish now."
        )
    return _begin(
        article,
        by,
        revision=revision,
        at=at,
        until=until,
        seen=seen,
        with_required=with_required,
        override=override,
    )


@transaction.atomic
def cancel(publication: Publication, *, by: User | None, seen: str | None = None) -> list[Article]:
    """Take back what is scheduled; the period before it lasts as long as was asked for it.

    What others were asked to look at because of it alone ends as well; returns the articles.
    """
    article = publication.article
    now = _lock(article, seen)
    if publication.starts_at <= now:
        raise Conflict(
            f"It has been live since {formats.moment(publication.starts_at)}. Withdraw it instead."
        )
    revision, begins = publication.revision.number, formats.moment(publication.starts_at)
    spared = _forget(publication, by, now)
    publication.delete()
    try:
        with transaction.atomic():
            periods.settle(article, now)
    except IntegrityError as error:
        raise Conflict(
            f"Without it “{article.title}” would keep its address, and another article is to have that. "
            "Cancel or move that one first."
        ) from error
    states.keep([article.pk])
    report.moved(article)
    requirements.check([article], now)
    follow_ups.ask_again(article, publication.starts_at, by=by)
    detail = " ".join(filter(None, [f"It was to begin {begins}.", follow_ups.spared(spared)]))
    trail.note(trail.Action.CANCELLED, article, by=by, revision=revision, detail=detail)
    return spared


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
    spared = {each: _forget_coming(each, end, by, now) for each in ending}
    ended = [periods.end(each, end, by) for each in reversed(ending)]
    states.keep([each.pk for each in ending])
    requirements.check(ending, now)
    when = f"From {formats.moment(at)} on." if at else ""
    for each, was_live in zip(reversed(ending), ended, strict=True):
        if was_live:
            report.moved(each)
            detail = " ".join(filter(None, [when, follow_ups.spared(spared[each])]))
            trail.note(trail.Action.WITHDRAWN, each, by=by, detail=detail)
    return any(ended)


@transaction.atomic
def restore(revision: Revision, *, by: User | None) -> Revision:
    """Make the working copy say what an older revision says. What readers see stays as it is."""
    requirements.refuse_trashed([revision.article_id])
    article = documents.restore(revision.document)
    trail.note(trail.Action.RESTORED, article, by=by, revision=revision.number)
    return record(article, by=by, note=f"Restored from revision {revision.number}")


def _forget_coming(article: Article, moment: datetime, by: User | None, now: datetime) -> list[Article]:
    coming = article.publications.filter(starts_at__gte=moment, starts_at__gt=now)
    return [spared for each in coming for spared in _forget(each, by, now)]


def _forget(publication: Publication, by: User | None, now: datetime) -> list[Article]:
    """Nobody has to put right or look at anything because of what doesn't go live; what is spared."""
    late.forget(publication, by=by, moment=now)
    return follow_ups.take_back(publication, by=by)


# --- Beginning ----------------------------------------------------------------------------------


@transaction.atomic
def _begin(
    article: Article,
    by: User | None,
    *,
    until: datetime | Keep | None,
    revision: Revision | None = None,
    at: datetime | None = None,
    seen: str | None = None,
    with_required: bool = False,
    override: str = "",
) -> Publication:
    now = _lock(article, seen)
    revision = revision or record(article, by=by)
    if revision.article_id != article.pk:
        raise PublishingError(f"{revision} belongs to another article.")
    document = documents.upgrade(revision.document)
    publication = build(document, at or now)
    current = article.publications.at(publication.starts_at).first()
    publication.until = _until(publication, until, current)
    if current and at in (None, current.starts_at) and _is_same(current, revision, publication.until):
        return current
    review = approvals.check(article, revision)
    publication.article, publication.revision, publication.by = article, revision, by
    facets = kinds.get(publication.kind).facets(document)
    requirements.refuse_trashed([article.pk, *(facet.target for facet in facets if facet.required)])
    others = _publish_required(publication, facets, by, override) if with_required else []
    publication.override = _reason_against_objections(publication, document, override.strip())
    if at is None and not others:
        # As late as can be: who answers a decision form meanwhile still sees what was live before.
        publication.starts_at = timezone.now()
        current = article.publications.at(publication.starts_at).first()
    placing.place(publication, facets, current, now)
    report.moved(article)
    uses.keep_published(publication, document)
    requirements.check([article], now)
    if review:
        approvals.end(review)
    publication.asked = follow_ups.ask(publication, document, by=by)
    _note_beginning(publication, scheduled=publication.starts_at > now and at is not None, by=by)
    return publication


def _note_beginning(publication: Publication, *, scheduled: bool, by: User | None) -> None:
    told = [f"From {formats.moment(publication.starts_at)} on."] if scheduled else []
    told += [f"Until {formats.moment(publication.until)}."] if publication.until else []
    told += [f"In spite of objections: {publication.override}"] if publication.override else []
    action = trail.Action.SCHEDULED if scheduled else trail.Action.PUBLISHED
    number = publication.revision.number
    trail.note(action, publication.article, by=by, revision=number, detail=" ".join(told))


def _until(
    publication: Publication, until: datetime | Keep | None, current: Publication | None
) -> datetime | None:
    if until is KEEP:
        until = current.until if current else None
    if until and until <= publication.starts_at:
        start = formats.moment(publication.starts_at)
        raise PublishingError(f"It would end ({formats.moment(until)}) before it begins ({start}).")
    return until


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


def _reason_against_objections(publication: Publication, document: JSON, override: str) -> str:
    """Why it is published in spite of objections; nothing where there are none."""
    if len(override) > LONGEST_OVERRIDE:
        raise PublishingError(f"The reason is longer than {LONGEST_OVERRIDE} characters. Shorten it.")
    found = list(kinds.get(publication.kind).objections(document, publication.starts_at))
    if found and not override:
        raise Objected(publication.title, found)
    return override if found else ""


def _publish_required(
    publication: Publication, facets: Sequence[FacetValue], by: User | None, override: str
) -> list[Publication]:
    """Those of the required articles that are not live yet, from the same moment on."""
    needed = [facet.target for facet in facets if facet.required]
    start, until = publication.starts_at, publication.until
    missing = requirements.not_live(needed, start, until)
    return [
        _begin(other, by, at=start, until=until, override=override)
        for other in Article.objects.filter(pk__in=missing).order_by("pk")
    ]


def _lock(article: Article, seen: str | None) -> datetime:
    """The moment of this transition, once it is its turn."""
    take_turn()
    if seen is not None and seen != standing(article):
        raise Conflict(
            f"“{article.title}” was published, scheduled or withdrawn by somebody else in the meantime. "
            "Reload the page to see what holds now, then decide again."
        )
    return timezone.now()
