"""The Atom feeds: of all that is published, and of what was corrected in it."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import corrections, kinds, moments, reading
from articles.corrections import Corrected
from articles.models import Publication

LENGTH = 30


class LatestFeed(Feed):
    feed_type = Atom1Feed
    title = settings.SITE_NAME
    subtitle = _("Careers compared: articles, career paths and comparisons.")
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


class CorrectionsFeed(Feed):
    """What readers of an article were told wrongly, and what is right."""

    feed_type = Atom1Feed
    title = format_lazy(_("{site}: corrections"), site=settings.SITE_NAME)
    subtitle = _("What was wrong in what is published here, and what is right.")
    link = "/"

    def items(self) -> list[Corrected]:
        return list(map(corrections.told, corrections.rows(moments.now())[:LENGTH]))

    def item_title(self, item: Corrected) -> str:
        return item.title

    def item_description(self, item: Corrected) -> SafeString:
        """As HTML, which is what readers of feeds take it for."""
        correction = item.correction
        lines = [
            (gettext("It said: %(words)s"), correction["was"]),
            (gettext("Right is: %(words)s"), correction["now"]),
            (gettext("Why: %(words)s"), correction["why"]),
            (gettext("Thanks to %(words)s"), correction["credit"]),
        ]
        said = ((line % {"words": words},) for line, words in lines if words)
        return format_html_join("", "<p>{}</p>", said)

    def item_link(self, item: Corrected) -> str:
        return f"{item.address}#correction-{item.correction['id']}"

    def item_guid(self, item: Corrected) -> str:
        return f"urn:uuid:{item.correction['id']}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Corrected) -> datetime:
        return datetime.combine(item.day, time(), UTC)

    item_updateddate = item_pubdate
