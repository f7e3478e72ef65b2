"""The page as it would be: rendered from drafts, nothing stored. Machines are told of what is live alone."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse

from articles import documents, exhibits, frames, kinds, pages, publishing, reading, rendering, slots
from articles.kinds import NOTHING
from articles.languages import spoken
from articles.models import Article, Publication, Revision
from articles.records import JSON

FOR_MACHINES = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)


def page(article: Article, moment: datetime) -> HttpResponse:
    """The working copy's page at the moment, with drafts in place of what it needs and is not live."""
    return of_document(documents.compose(article), moment)


def of_document(document: JSON, moment: datetime) -> HttpResponse:
    """The page of a document at the moment, with what was last saved of all that it needs and is not live."""
    return exhibits.hide(_page(document, _last_saved(missing(document, moment)), moment))


def _last_saved(articles: QuerySet[Article]) -> dict[UUID, JSON]:
    """The newest revisions; the working copies of those that have none."""
    saved = Revision.objects.newest_of(articles)
    found = {revision.article_id: documents.upgrade(revision.document) for revision in saved}
    return found | {other.pk: documents.compose(other) for other in articles.exclude(pk__in=found)}


def page_of(revision: Revision, beside: Iterable[Revision], moment: datetime) -> HttpResponse:
    """A revision's page at the moment, with the revisions beside it in place of what is live or not."""
    drafts = {each.article_id: documents.upgrade(each.document) for each in beside}
    return _page(documents.upgrade(revision.document), drafts, moment)


def missing(document: JSON, moment: datetime) -> QuerySet[Article]:
    """The articles that a document needs and that are not live at the moment."""
    facets = kinds.get(document["kind"]).facets(document)
    needed = {facet.target for facet in facets if facet.required}
    live = reading.by_articles(needed, moment) if needed else NOTHING
    return Article.objects.filter(pk__in=needed - live.keys())


def _page(document: JSON, drafts: dict[UUID, JSON], moment: datetime) -> HttpResponse:
    publication = _draft(document, moment)
    others = {article: _draft(each, moment) for article, each in drafts.items()}
    with spoken(publication.language):
        html = kinds.get(publication.kind).body(publication, moment, others)
        head = pages.head(rendering.page(publication), publication)
    return frames.framed(FOR_MACHINES.sub("", head), html, publication.language)


def _draft(document: JSON, moment: datetime) -> Publication:
    """What would be published, without the form for replies: there is nothing yet to reply to."""
    publication = publishing.draft(document, moment)
    parts = rendering.page(publication)
    if "reply_form" in parts:
        publication.page = slots.pack(parts | {"reply_form": ""})
    return publication
