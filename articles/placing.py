"""A publication comes to stand among its article's periods, under an address that nobody else has then."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from articles import formats, periods, states
from articles.kinds import FacetValue
from articles.models import Facet, Publication
from articles.obstacles import Conflict
from articles.search import words


def place(
    publication: Publication, facets: Sequence[FacetValue], current: Publication | None, now: datetime
) -> None:
    """Store a publication with its facets between the periods of its article. `current` is what is live then.

    Raises Conflict where something is scheduled for exactly then, or has its address.
    """
    article = publication.article
    if current and current.starts_at >= publication.starts_at:
        if current.starts_at > now:
            raise Conflict(f"{current.revision} is scheduled for exactly then. Cancel that first.")
        publication.starts_at = current.starts_at + periods.TICK
    later = article.publications.filter(starts_at__gt=publication.starts_at)
    publication.ends_at = periods.earliest(publication.until, periods.first_start(later))
    _check_address(publication)
    publication.first_published_at = min(
        periods.first_start(article.publications.all()) or publication.starts_at, publication.starts_at
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
    words.learn(publication)
    periods.settle(article, now)
    states.keep([article.pk])


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
