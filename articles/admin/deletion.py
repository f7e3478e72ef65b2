"""What articles need is not deleted, and the page says which articles these are."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin import display
from articles.admin.base import DeskAdmin
from articles.models import Article, Facet, Publication

SHOWN = 20


class NeededAdmin(DeskAdmin):
    """Rows that drafts need, or that live and scheduled publications are listed by."""

    facets: ClassVar[tuple[str, ...]] = ()
    delete_confirmation_template = "admin/needed/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/needed/delete_selected_confirmation.html"

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        """The articles that keep the database from deleting the rows."""
        return Article.objects.none()

    def needing(self, rows: Sequence[Any]) -> list[str]:
        """What shows the rows, to readers and in drafts."""
        return [*self._published(rows), *self._drafts(rows)]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with the rows is collected only where they may go: it may be very much."""
        if needed := self.needing(objs):
            return [], {}, set(), needed
        return super().get_deleted_objects(objs, request)

    def _drafts(self, rows: Sequence[Any]) -> list[str]:
        """The first by their keys, for which not all have to be sorted."""
        found = self.drafts(rows).order_by("pk").distinct()
        return display.shortened(map(_draft, found[: SHOWN + 1]), SHOWN)

    def _published(self, rows: Sequence[Any]) -> list[str]:
        shown = Publication.objects.not_over(timezone.now()).filter(pk=OuterRef("publication")).order_by()
        facets = Facet.objects.filter(
            Exists(shown), name__in=self.facets, target__in=[row.pk for row in rows]
        )
        columns = (f"publication__{name}" for name in ("starts_at", "article__title", "article__kind"))
        found = facets.select_related("publication__article").only("label", *columns)
        in_order = found.order_by("target", "name", "publication_id")  # as their index has them
        return display.shortened(map(_publication, in_order[: SHOWN + 1]), SHOWN)


def _draft(article: Article) -> SafeString:
    place = ", which is in the trash" if article.trashed_at else ""
    return format_html("the draft of “{}”{}", display.edit_link(article), place)


def _publication(facet: Facet) -> SafeString:
    publication = facet.publication
    since = "live since" if publication.starts_at <= timezone.now() else "scheduled for"
    link, moment = display.edit_link(publication.article), display.moment(publication.starts_at)
    return format_html("“{}”, {} {}, which names {}", link, since, moment, facet.label)
