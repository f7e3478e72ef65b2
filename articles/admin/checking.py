"""What the checks find, on a page of its own and beside the decisions: of the draft as it is saved."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from articles import checking, comparing, documents, late, notes, report
from articles.admin import found
from articles.admin.transitions import TransitionViews
from articles.checks import problems
from articles.checks.found import Finding, Place
from articles.models import Article
from articles.models import Finding as Row
from articles.obstacles import NotReady
from articles.records import JSON


class ChecksViews(TransitionViews):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.checks_view)
        return [path("<uuid:pk>/checks/", view, name=self._route("checks")), *super().get_urls()]

    @method_decorator(require_GET)
    def checks_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        document, now = documents.compose(article), timezone.now()
        context = {"late": late.warnings(article, now)}
        return self.checks_page(request, article, document, checking.holds(document, now), context)

    def checks_page(
        self,
        request: HttpRequest,
        article: Article,
        document: JSON,
        findings: Sequence[Finding],
        context: dict[str, Any],
    ) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "title": "Checks",
            "subtitle": article.title,
            "opts": self.opts,
            "original": article,
            **self.checks_context(article, document, findings),
            **context,
        }
        return TemplateResponse(request, "admin/publishing/checks.html", whole)

    def checks_context(self, article: Article, document: JSON, findings: Sequence[Finding]) -> dict[str, Any]:
        """What was found, with links to the fields of the form."""
        return {
            "parts": found.parts(findings, partial(_address, article)),
            "open_notes": open_notes(article, self.address("review", article)),
            "snippet": found.search_result(document),
        }

    def checked(self, article: Article, document: JSON, moment: datetime) -> dict[str, Any]:
        return self.checks_context(article, document, checking.holds(document, moment))

    def refusal(self, article: Article, refused: NotReady) -> SafeString:
        """What keeps it from being published, each with a link to its field."""
        document = documents.compose(article)
        links = [
            (_address(article, problems.place_of(document, each.where)), each.message)
            for each in refused.problems
        ]
        listed = format_html_join(" ", '<a href="{}">{}</a>', links)
        return format_html("The draft is saved. “{}” can't be published yet. {}", article.title, listed)


def open_notes(article: Article, page: str = "") -> SafeString | str:
    """That some are not resolved, with a link to where they stand on a page, or on the same one."""
    told = notes.still_open(article)
    return told and format_html('<a href="{}#review-notes">{}</a>', page, told)


def _address(article: Article, place: Place) -> str:
    return found.address(article, comparing.address(place))


def kept_context(article: Article, moment: datetime) -> dict[str, Any]:
    """What was found of the draft as it was last saved, and of what is scheduled; one query."""
    rows = list(
        Row.objects.filter(article=article.pk).holding(moment).select_related("publication__revision")
    )
    own = [report.LEVEL[row.gravity] for row in rows if row.publication_id is None]  # type: ignore[index]
    return {
        "counts": found.counts(own),
        "late": [row for row in rows if row.publication_id],
    }
