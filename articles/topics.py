"""The topics by which a list can be narrowed, and the list of one of them."""

from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.core.validators import slug_re
from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext

from articles import reading
from articles.models import Facet, PublicationQuerySet, Tag

OFFERED = 12
KEPT = 600  # seconds for which the offer stays; what a list shows is always asked for

Topic = tuple[str, str]  # slug and name


def offered(kind: str, moment: datetime) -> tuple[Topic, ...]:
    """The topics that most live publications of a kind have, by name."""
    key = f"topics-{kind}"
    found: tuple[Topic, ...] | None = cache.get(key)
    if found is None:
        found = _most_used(kind, moment)
        cache.set(key, found, KEPT)
    return found


def _most_used(kind: str, moment: datetime) -> tuple[Topic, ...]:
    live = reading.live(moment).of_kind(kind).order_by().values("pk")
    tags = Facet.objects.filter(name="tag", publication__in=live).order_by().values("target")
    counted = tags.annotate(uses=Count("pk")).order_by("-uses", "target")
    chosen = Tag.objects.filter(pk__in=[row["target"] for row in counted[:OFFERED]])
    return tuple(chosen.order_by("name").values_list("slug", "name"))


def narrowed(kind: str, slug: str, moment: datetime) -> tuple[PublicationQuerySet, Tag]:
    """What is live of a kind under a topic. Raises Http404 where there is no such topic."""
    tag = Tag.objects.filter(slug=slug).first() if slug_re.match(slug) else None
    if tag is None:
        raise Http404(gettext("There is no such topic."))
    return about("tag", tag.pk, kind, moment), tag


def about(facet: str, target: UUID, kind: str, moment: datetime) -> PublicationQuerySet:
    return reading.live(moment).of_kind(kind).about(facet, target)
