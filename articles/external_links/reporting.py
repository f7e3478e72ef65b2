"""What others ask about links to other sites."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from articles.external_links import addresses
from articles.external_links.judging import NEEDS_ATTENTION
from articles.models import ExternalLink


@dataclass(frozen=True, slots=True)
class Broken:
    """What came of asking for an address that leads nowhere, and since when that is so."""

    words: str
    since: datetime


def broken(urls: Collection[str]) -> dict[str, Broken]:
    """Those of some addresses, as they are written, that lead nowhere. One query; none without any."""
    keys = {url: addresses.key(addresses.normalised(url)) for url in urls if _is_external(url)}
    rows = ExternalLink.objects.broken().in_bulk(set(keys.values())) if keys else {}
    return {url: Broken(rows[key].words, rows[key].since) for url, key in keys.items() if key in rows}


def counts() -> dict[str, int]:
    """How many links need somebody's attention, by what is the matter. One query."""
    rows = ExternalLink.objects.filter(result__in=NEEDS_ATTENTION).order_by().values_list("result")
    return dict(rows.annotate(number=Count("pk")))


def written(among: QuerySet[ExternalLink], typed: str) -> QuerySet[ExternalLink]:
    """Those of some links that have the typed text in their address, small letters and capitals as they are.

    All are gone through, and to compare them in one case takes PostgreSQL ten times as long.
    """
    return among.filter(url__contains=typed.strip())


def _is_external(url: str) -> bool:
    return addresses.is_external(url, settings.SITE_URL)
