"""Where articles link to other sites: kept with each revision and each publication, as these are made."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from articles import comparing, documents, kinds
from articles.external_links import addresses, places
from articles.models import Article, ExternalLink, LinkUse, Publication, Revision
from articles.records import JSON

BATCH = 200


def keep_draft(revision: Revision, document: JSON, before: Revision | None) -> None:
    """What an article's draft links to. No query where that is as it was in the revision before.

    Called within the transaction that makes the revision, which holds the article.
    """
    was = set(_found(_document(before))) if before else set()
    if was == set(_found(document)):
        return
    LinkUse.objects.in_drafts().filter(article=revision.article_id).delete()
    LinkUse.objects.bulk_create(_rows(revision.article_id, None, document))


def keep_published(publication: Publication, document: JSON) -> None:
    """What a publication links to, which never changes. One query; none without links."""
    LinkUse.objects.bulk_create(_rows(publication.article_id, publication.pk, document))


def _rows(article: Any, publication: int | None, document: JSON) -> Iterator[LinkUse]:
    for use in _found(document):
        yield LinkUse(
            link_id=addresses.key(use.address),
            address=use.address,
            article_id=article,
            publication_id=publication,
            place=comparing.address(use.place),
            words=Truncator(use.words).chars(LinkUse._meta.get_field("words").max_length or 0),
        )


def _found(document: JSON) -> list[places.Use]:
    return places.uses(kinds.get(document["kind"]).record, document, settings.SITE_URL)


# --- All of them anew -----------------------------------------------------------------------------


def reread(moment: datetime, beat: Callable[[], None]) -> None:
    """Find out anew what all drafts and all that is not over link to.

    For what was stored before links were kept, and for a version that finds links in other places. `beat` is
    called every now and then.
    """
    for last in _keys(Article.objects.order_by("pk")):
        _reread_drafts(last)
        beat()
    for last in _keys(Publication.objects.not_over(moment).order_by("pk")):
        _reread_publications(last)
        beat()


def _keys(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The keys of all rows, some at a time."""
    last = rows.values_list("pk", flat=True)[:BATCH]
    while keys := list(last):
        yield keys
        last = rows.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:BATCH]


@transaction.atomic
def _reread_drafts(keys: list[UUID]) -> None:
    """Held, so that nobody saves one meanwhile."""
    list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    LinkUse.objects.in_drafts().filter(article__in=keys).delete()
    LinkUse.objects.bulk_create(
        use
        for revision in Revision.objects.filter(article__in=keys, pk=Subquery(newest))
        for use in _rows(revision.article_id, None, _document(revision))
    )


@transaction.atomic
def _reread_publications(keys: list[int]) -> None:
    found = Publication.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    LinkUse.objects.filter(publication__in=keys).delete()
    LinkUse.objects.bulk_create(
        use
        for publication in found.select_related("revision").only("article", "revision__text")
        for use in _rows(publication.article_id, publication.pk, _document(publication.revision))
    )


def _document(revision: Revision) -> JSON:
    return documents.upgrade(revision.document)


# --- Links that come and go -----------------------------------------------------------------------


def settle(moment: datetime) -> None:
    """Make rows for links that are new, and delete those of links that are used nowhere any more.

    What readers will not see again is no use, nor is what lies in the trash. Called by whoever checks, alone.
    """
    for keys in _keys(LinkUse.objects.over(moment).order_by("pk")):
        LinkUse.objects.filter(pk__in=keys).delete()
    used = LinkUse.objects.lasting()
    for keys in _keys(ExternalLink.objects.filter(~Exists(used.filter(link=OuterRef("pk")))).order_by("pk")):
        ExternalLink.objects.filter(pk__in=keys).delete()
    known = ExternalLink.objects.filter(pk=OuterRef("link_id"))
    for keys in _keys(used.filter(~Exists(known)).order_by("pk")):
        found = dict(LinkUse.objects.filter(pk__in=keys).values_list("link_id", "address"))
        ExternalLink.objects.bulk_create(
            [_new(key, address, moment) for key, address in found.items()], ignore_conflicts=True
        )


def _new(key: UUID, address: str, moment: datetime) -> ExternalLink:
    host = addresses.host(address)[:255]
    return ExternalLink(pk=key, url=address, host=host, since=moment, next_check_at=moment)
