"""Drafts as the API shows them: where they stand, and what they say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from articles import approvals, checking, documents, kinds, publishing, report, workflow
from articles.api.items import instant
from articles.checks.found import Finding, Level
from articles.comparing import address
from articles.models import Article, Publication, Review, ReviewNote, Revision
from articles.models import Finding as Row
from articles.prepared import SAMPLE, Prepared
from articles.records import JSON

BULKY = ("revision__text", "search_text", "card", "card_html", "page", "fragments")


def with_standing(articles: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """All that an item says, in one query."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("number")
    found: Any = articles
    return found.with_state(moment).with_review().annotate(number=Subquery(newest[:1]))


_one = Prepared(
    lambda pk, moment: with_standing(Article.objects.filter(pk=pk).order_by(), moment),
    pk=UUID(int=1),
    moment=SAMPLE,
)


def find(pk: UUID, moment: datetime) -> Any:
    """An article with all that an item says; None where it was removed for good."""
    return next(iter(_one(pk=pk, moment=moment)), None)


def items(keys: Sequence[Any], moment: datetime) -> list[JSON]:
    """Those with the keys, in their order. What is gone meanwhile is left out."""
    found = with_standing(Article.objects.all(), moment).in_bulk(keys)
    return [item(found[key]) for key in keys if key in found]


def item(article: Any) -> JSON:
    """What lists say of an article that `with_standing` found."""
    options = kinds.get(article.kind).model._meta
    desk = f"admin:{options.app_label}_{options.model_name}_change"
    return {
        "id": str(article.pk),
        "kind": article.kind,
        "title": article.title,
        "slug": article.slug,
        "language": article.language,
        "state": article.state,
        "review": article.review_state,
        "revision": article.number or 0,
        "updated_at": instant(article.updated_at),
        "facts_due_on": article.facts_due_on and article.facts_due_on.isoformat(),
        "url": reverse("api:draft-detail", args=[article.pk]),
        "desk": reverse(desk, args=[article.pk]),
    }


def standing(article: Any, moment: datetime) -> JSON:
    """With its review and its periods."""
    review = approvals.current(article)
    open_ones = article.publications.select_related("revision", "by").defer(*BULKY).not_over(moment)
    return item(article) | {
        "review": review and _review(review),
        "publications": [_period(each, moment) for each in open_ones.order_by("starts_at")],
        "standing": publishing.standing(article),
    }


def newest(article: Article) -> tuple[int, JSON]:
    """What was saved last, with its number: the two belong together whatever is saved meanwhile."""
    revision = article.revisions.first()
    if revision is None:
        return 0, documents.compose(article)
    return revision.number, documents.upgrade(revision.document)


def revision(found: Any) -> JSON:
    return {
        "number": found.number,
        "author": name(found.author),
        "created_at": instant(found.created_at),
        "note": found.note,
        "is_live": found.is_live,
    }


def note(found: ReviewNote) -> JSON:
    return {
        **answer(found),
        "place": found.place,
        "about": found.about,
        "revision": found.revision,
        "resolved_by": name(found.resolved_by),
        "resolved_at": found.resolved_at and instant(found.resolved_at),
        "answers": [answer(each) for each in found.answers.all()],
    }


def answer(found: ReviewNote) -> JSON:
    return {
        "id": str(found.pk),
        "text": found.text,
        "author": name(found.author),
        "written_at": instant(found.written_at),
    }


def name(user: User | None) -> str | None:
    return user.get_username() if user else None


def _review(review: Review) -> JSON:
    return {
        "state": review.state,
        "told": approvals.told(review),
        "revision": review.revision.number,
        "submitted_by": name(review.submitted_by),
        "submitted_at": instant(review.submitted_at),
        "note": review.note,
        "assignee": name(review.assignee),
        "due_on": review.due_on and review.due_on.isoformat(),
        "decided_by": name(review.decided_by),
        "decided_at": review.decided_at and instant(review.decided_at),
        "decision_note": review.decision_note,
        "approved_revision": review.approved_revision and review.approved_revision.number,
        "standing": workflow.standing(review),
    }


def _period(period: Publication, moment: datetime) -> JSON:
    return {
        "id": period.pk,
        "revision": period.revision.number,
        "starts_at": instant(period.starts_at),
        "until": period.until and instant(period.until),
        "ends_at": period.ends_at and instant(period.ends_at),
        "by": name(period.by),
        "is_live": period.starts_at <= moment,
    }


def finding(found: Finding) -> JSON:
    """What a check found in a draft."""
    return _finding(found.level, found.check, found.message, address(found.place))


def late(row: Row) -> JSON:
    """What will not hold any more when something scheduled goes live."""
    publication: Any = row.publication
    level = report.LEVEL[Row.Gravity(row.gravity)]
    starts_at = {"starts_at": instant(publication.starts_at)}
    return starts_at | _finding(level, row.check_name, row.message, row.place)


def _finding(level: Level, check: str, message: str, place: str) -> JSON:
    return {
        "level": level,
        "check": check,
        "label": checking.label(check),
        "message": message,
        "place": place,
    }
