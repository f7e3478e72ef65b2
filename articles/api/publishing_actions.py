"""What programs do to what readers see: the transitions of `articles.publishing`, as requests."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request

from articles import publishing, rights
from articles.api import bodies
from articles.api.desk import DeskViewSet, needed, seen
from articles.models import Article
from articles.records import JSON

BEGINNING = ("revision", "until", "together", "override", "seen")


class PublishingActions(DeskViewSet):
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: UUID) -> HttpResponse:
        """Make a revision live from now on: what was saved last, unless another is named."""
        article = self.article(pk, rights.may_publish)
        data = bodies.read(request, BEGINNING)
        options = self._beginning(article, data)
        if "until" not in data:
            options["until"] = publishing.KEEP
        publishing.publish(article, by=self.user, **options)
        return self.stands(request, pk)

    @action(detail=True, methods=["post"])
    def schedule(self, request: Request, pk: UUID) -> HttpResponse:
        """Make a revision live at a moment to come, until another where there is one."""
        article = self.article(pk, rights.may_publish)
        data = bodies.read(request, ("at", *BEGINNING))
        needed(data, "at")
        at, options = bodies.moment(data, "at"), self._beginning(article, data)
        publishing.schedule(article, by=self.user, at=at, **options)  # type: ignore[arg-type]  # it is needed
        return self.stands(request, pk)

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> HttpResponse:
        """Take back what is scheduled."""
        article = self.article(pk, rights.may_publish)
        data = bodies.read(request, ("publication", "seen"))
        needed(data, "publication")
        publication = article.publications.filter(pk=bodies.number(data, "publication")).first()
        if publication is None:
            raise ValidationError({"publication": ["is not there (any more). The draft lists what is."]})
        publishing.cancel(publication, by=self.user, seen=seen(data))
        return self.stands(request, pk)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> HttpResponse:
        """End what is live, now or at a moment to come, and take back what is scheduled after that."""
        article = self.article(pk, rights.may_publish)
        data = bodies.read(request, ("at", "together", "seen"))
        at, together = bodies.moment(data, "at"), bodies.flag(data, "together")
        publishing.withdraw(article, by=self.user, at=at, with_dependents=together, seen=seen(data))
        return self.stands(request, pk)

    def _beginning(self, article: Article, data: JSON) -> dict[str, Any]:
        override = bodies.plain_text(data, "override", publishing.LONGEST_OVERRIDE)
        if override and not rights.may_override(self.user, article):
            raise PermissionDenied("You may not publish what something speaks against.")
        return {
            "revision": self.revision(article, data),
            "until": bodies.moment(data, "until"),
            "with_required": bodies.flag(data, "together"),
            "override": override,
            "seen": seen(data),
        }
