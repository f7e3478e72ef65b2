"""The fairness report of a comparison as it is saved now, for editors."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from articles import documents
from articles.admin.history import HistoryView
from articles.admin.transitions import Effect
from articles.records import JSON
from comparisons.admin import report
from comparisons.affected import Members, live_members, path_ids
from comparisons.checks import BANK_SLUG
from comparisons.models import CareerPath, QuestionBank


class FairnessView(HistoryView):
    """The page of the report, for all who may look at the comparison."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.fairness_view)
        return [path("<uuid:pk>/fairness/", view, name=self._route("fairness")), *super().get_urls()]

    def effects(self, document: JSON, moment: datetime) -> Iterator[Effect]:
        address = reverse("admin:comparisons_comparison_fairness", args=[document["id"]])
        link = format_html('<a href="{}">Fairness of the decision form</a>', address)
        yield Effect(link, "its figures, its checks and the reader examples, of the draft as it is saved.")

    @method_decorator(require_GET)
    def fairness_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        comparison = self._article(request, pk)
        if not self.has_view_or_change_permission(request, comparison):
            raise PermissionDenied
        document, now = documents.compose(comparison), timezone.now()
        members, drafts = members_at_desk(document, now)
        form = members.form(document, timezone.localdate(now))
        context = {
            "drafts": drafts,
            "report": report.page(form, document) if form else None,
        }
        template = "admin/comparisons/fairness.html"
        return self.page_about(comparison, request, template, "Fairness", context)


def members_at_desk(comparison: JSON, moment: datetime) -> tuple[Members, list[JSON]]:
    """What is live at the moment, with drafts in place of what is not; and these drafts."""
    named = path_ids(comparison)
    found = live_members(named, moment)
    missing = CareerPath.objects.filter(pk__in=set(named) - found.paths.keys())
    banks = QuestionBank.objects.not_trashed().filter(slug=BANK_SLUG) if found.bank is None else ()
    drafts = [documents.compose(article) for article in (*missing, *banks)]
    for draft in drafts:
        found = found.with_document(draft)
    return found, drafts
