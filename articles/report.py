"""What the checks find in drafts as they were last saved, kept as rows for the report on all of them.

Rows hold from a moment or until one, so that time alone changes nothing here. All else is done by jobs, as a
form with many contenders takes a while to examine: where a draft was saved, they look at it; where an article
went live or is no longer, at the links to it and at the drafts that name it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from articles import checking, comparing, documents, jobs, kinds
from articles.checks import around, linked
from articles.checks import found as checks
from articles.checks.search_results import DUPLICATE, duplicates
from articles.checks.surroundings import Surroundings
from articles.models import Article, DraftLink, Finding
from articles.records import JSON

GRAVITY = {
    checks.Level.STOPS: Finding.Gravity.STOPS,
    checks.Level.WARNS: Finding.Gravity.WARNS,
    checks.Level.INFORMS: Finding.Gravity.INFORMS,
}
LEVEL = {gravity: level for level, gravity in GRAVITY.items()}
STANDING = ("last_begins_at", "last_ends_at", "differs")
LONGEST_WORDS = 200
MOST_ALIKE = 50
CHUNK = 100


# --- Asked for by transitions ------------------------------------------------------------------------


def saved(article: Article, *, was_called: str = "") -> None:
    """A draft says something else than before, or went to the trash, or came back from there."""
    look.enqueue(str(article.pk), [was_called] if was_called else [])


def moved(article: Article) -> None:
    """An article goes live, or does so no longer; or it is gone."""
    follow.enqueue(str(article.pk), article.kind)


@jobs.repeatable
@task()
def look(pk: str, titles: Sequence[str]) -> None:
    """Look at a draft, and at others that are called as it is or was."""
    title = note(UUID(pk))
    look_at_titles({title, *titles} - {""})


@jobs.repeatable
@task()
def follow(pk: str, kind: str) -> None:
    """Look at all links to an article, and at the drafts that name it."""
    _stand(UUID(pk))
    relink([UUID(pk)])
    naming = kinds.get(kind).drafts_naming([UUID(pk)]).order_by("pk")
    for draft in list(naming.values_list("pk", flat=True)):
        note(draft)


def rebuild() -> Iterator[UUID]:
    """Look at every draft, each in a transaction of its own; yields those that were looked at."""
    last = None
    while True:
        drafts = Article.objects.order_by("pk")
        batch = list((drafts.filter(pk__gt=last) if last else drafts).values_list("pk", flat=True)[:CHUNK])
        for pk in batch:
            note(pk)
            yield pk
        if not batch:
            return
        last = batch[-1]


# --- Looking ------------------------------------------------------------------------------------


@transaction.atomic
def note(pk: UUID) -> str:
    """Keep what is found in a draft as it was last saved, unless it is in the trash. Returns its title."""
    held = Article.objects.select_for_update().filter(pk=pk).first()
    Finding.objects.filter(article=pk, publication=None).delete()
    DraftLink.objects.filter(article=pk).delete()
    newest = held.revisions.first() if held else None
    if held and newest and held.trashed_at is None:
        _note(held, documents.upgrade(newest.document), timezone.now())
    return held.title if held else ""


def _note(article: Article, document: JSON, moment: datetime) -> None:
    found = checking.found(document, moment)
    _keep(article, (each for each in found if each.check != linked.CHECK))
    DraftLink.objects.bulk_create(
        DraftLink(article=article, target=target, place=comparing.address(place), words=words[:LONGEST_WORDS])
        for place, target, words in linked.links(kinds.get(article.kind).record, document)
    )
    _note_links(DraftLink.objects.filter(article=article), moment)


def _keep(article: Article, found: Iterable[checks.Finding]) -> None:
    Finding.objects.bulk_create(row(article, each) for each in found if each.level in GRAVITY)


def row(article: Article, found: checks.Finding, **more: Any) -> Finding:
    return Finding(
        article=article,
        kind=article.kind,
        gravity=GRAVITY[found.level],
        check_name=found.check,
        message=found.message,
        place=comparing.address(found.place),
        since=found.since,
        until=found.until,
        **{name: getattr(article, name) for name in STANDING},
        **more,
    )


def _stand(pk: UUID) -> None:
    """Where an article stands, in the rows of what was found of it."""
    if article := Article.objects.filter(pk=pk).first():
        Finding.objects.filter(article=pk).update(**{name: getattr(article, name) for name in STANDING})


@transaction.atomic
def relink(targets: Collection[UUID]) -> None:
    """Look at all links of drafts to some articles."""
    links = DraftLink.objects.filter(target__in=targets)
    _hold(Article.objects.filter(pk__in=links.values("article")))
    Finding.objects.filter(target__in=targets).delete()
    _note_links(links, timezone.now())


def _hold(articles: QuerySet[Article]) -> list[Article]:
    """Some articles, once no other job looks at them."""
    return list(articles.select_for_update().order_by("pk"))


def _note_links(links: QuerySet[DraftLink], moment: datetime) -> None:
    rows = list(links.select_related("article").order_by("pk"))
    known = around.targets({link.target for link in rows}) if rows else {}
    Finding.objects.bulk_create(
        row(link.article, each, target=link.target)
        for link in rows
        for each in linked.findings(
            comparing.parse(link.place), link.words, known.get(str(link.target)), moment
        )
    )


@transaction.atomic
def look_at_titles(titles: Collection[str]) -> None:
    """Look which drafts have one of these titles together with others."""
    alike = Article.objects.not_trashed().filter(kind__in=kinds.names(), title__in=titles)
    first = alike.order_by("pk").values_list("pk", flat=True)[:MOST_ALIKE]
    drafts = _hold(Article.objects.filter(pk__in=list(first)))
    Finding.objects.filter(article__in=drafts, check_name=DUPLICATE).delete()
    for draft in drafts:
        surroundings = Surroundings(timezone.now(), namesakes=around.namesakes(str(draft.pk), draft.title))
        _keep(draft, duplicates({"title": draft.title}, surroundings))
