"""The Atom feed of all that is published."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from articles import kinds, moments, reading
from articles.models import Publication

LENGTH = 30


class LatestFeed(Feed):
    feed_type = Atom1Feed
    title = settings.SITE_NAME
    subtitle = "Careers compared: articles, career paths and comparisons."
    link = "/"

    def items(self) -> list[Publication]:
        columns = ("article", "kind", "slug", "title", "summary", "first_published_at", "starts_at")
        return list(reading.live(moments.now()).listed().newest_first().only(*columns)[:LENGTH])

    def item_title(self, item: Publication) -> str:
        return item.title

    def item_description(self, item: Publication) -> str:
        return item.summary

    def item_link(self, item: Publication) -> str:
        return kinds.get(item.kind).address(item.slug) or "/"

    def item_guid(self, item: Publication) -> str:
        return f"urn:uuid:{item.article_id}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Publication) -> datetime:
        return item.first_published_at

    def item_updateddate(self, item: Publication) -> datetime:
        return item.starts_at
