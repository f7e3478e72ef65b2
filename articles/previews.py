"""The page as it would be: composed and rendered from the working copy, nothing stored."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse

from articles import documents, frames, kinds, publishing, reading, rendering
from articles.models import Article, Publication
from articles.records import JSON


def page(article: Article, moment: datetime) -> HttpResponse:
    """The article's page at the moment, with drafts in place of what it needs and is not live."""
    document = documents.compose(article)
    publication = publishing.draft(document, moment)
    drafts = _missing(document, moment)
    html = kinds.get(publication.kind).body(publication, moment, drafts)
    response = frames.framed(rendering.page(publication).get("head", ""), html)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _missing(document: JSON, moment: datetime) -> dict[UUID, Publication]:
    facets = kinds.get(document["kind"]).facets(document)
    needed = {facet.target for facet in facets if facet.required}
    live = reading.by_articles(needed, moment)
    absent = Article.objects.filter(pk__in=needed - live.keys())
    return {article.pk: publishing.draft(documents.compose(article), moment) for article in absent}
