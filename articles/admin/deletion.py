"""What articles need is not deleted, and the page says which articles these are."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
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

    facet: ClassVar[str] = ""
    delete_confirmation_template = "admin/needed/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/needed/delete_selected_confirmation.html"

    def drafts(self, rows: Sequence[Any]) -> QuerySet[Article]:
        """The articles that keep the database from deleting the rows."""
        return Article.objects.none()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = _shortened(map(_draft, self.drafts(objs).distinct()[: SHOWN + 1])) or protected
        needed = [*self._published(objs), *protected]
        # Rights to delete what needs the rows don't matter: that stays.
        return deleted, counts, set() if needed else lacking, needed

    def _published(self, rows: Sequence[Any]) -> list[str]:
        shown = Publication.objects.not_over(timezone.now())
        facets = Facet.objects.filter(
            name=self.facet, target__in=[row.pk for row in rows], publication__in=shown
        )
        columns = (f"publication__{name}" for name in ("starts_at", "article__title", "article__kind"))
        found = facets.select_related("publication__article").only("label", *columns)
        return _shortened(map(_publication, found.order_by("publication__starts_at", "pk")[: SHOWN + 1]))


def _draft(article: Article) -> SafeString:
    return format_html("the draft of “{}”", display.edit_link(article))


def _publication(facet: Facet) -> SafeString:
    publication = facet.publication
    since = "live since" if publication.starts_at <= timezone.now() else "scheduled for"
    link, moment = display.edit_link(publication.article), display.moment(publication.starts_at)
    return format_html("“{}”, {} {}, which names {}", link, since, moment, facet.label)


def _shortened(lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [*found[:SHOWN], "and others"] if len(found) > SHOWN else found
