"""The page as it would be: composed and rendered from the working copy, nothing stored."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse

from articles import documents, frames, kinds, publishing, reading, rendering
from articles.models import Article, Publication


def page(article: Article, moment: datetime) -> HttpResponse:
    """The article's page at the moment, with drafts in place of what it needs and is not live."""
    publication = _draft(article, moment)
    drafts = _missing(publication, moment)
    html = kinds.get(publication.kind).body(publication, moment, drafts)
    response = frames.framed(rendering.page(publication).get("head", ""), html)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _draft(article: Article, moment: datetime) -> Publication:
    return publishing.draft(documents.compose(article), moment)


def _missing(publication: Publication, moment: datetime) -> dict[UUID, Publication]:
    needed = {facet.target for facet in publication.facet_values if facet.required}
    live = reading.by_articles(needed, moment)
    absent = Article.objects.filter(pk__in=needed - live.keys())
    return {article.pk: _draft(article, moment) for article in absent}
