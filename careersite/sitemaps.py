"""The sitemap: every page that is live, with the time of its last publication."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from articles import kinds, moments, reading
from articles.models import Publication, PublicationQuerySet

PER_FILE = 5_000


class KindSitemap(Sitemap):
    limit = PER_FILE
    protocol = urlsplit(settings.SITE_URL).scheme

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def items(self) -> PublicationQuerySet:
        return reading.live(moments.now()).of_kind(self.kind).only("kind", "slug", "starts_at").order_by("id")

    def location(self, item: Publication) -> str:
        return kinds.get(item.kind).address(item.slug) or "/"

    def lastmod(self, item: Publication) -> datetime:
        return item.starts_at

    def get_latest_lastmod(self) -> datetime | None:
        latest: datetime | None = self.items().aggregate(latest=Max("starts_at"))["latest"]
        return latest

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


def sitemaps() -> dict[str, Callable[[], KindSitemap]]:
    """Each request gets sitemaps of its own: they remember the last time of what they listed."""
    return {kind.name: partial(KindSitemap, kind.name) for kind in kinds.every() if kind.prefix}
