"""The authors, tags and pictures that documents may name, as they stand in them, for programs of editors."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from articles import documents, rights
from articles.api import parameters
from articles.api.desk import DeskViewSet
from articles.api.pagination import PAGING, paginate
from articles.api.parameters import Parameter
from articles.api.responses import dump
from articles.api.shapes import page, shape
from articles.api.views import listed
from articles.records import Record


class NamedViewSet(DeskViewSet):
    """Rows of a shared table, whether or not anything that is live names them."""

    subject: ClassVar[str]
    record: ClassVar[Record]
    columns: ClassVar[Mapping[str, str]] = {"name": "name"}
    order: ClassVar[str] = "name"
    filters: ClassVar[tuple[str, ...]] = ("slug",)

    def list(self, request: Request) -> HttpResponse:
        """A page of those that a document may name; each goes into one as it is here, or by its id alone."""
        model = self.record.model
        if not any(self.user.has_perm(rights.on(verb, model)) for verb in ("view", "change")):
            raise PermissionDenied("You may not see these.")
        found = paginate(request, self.get_queryset, self.columns, self.order)
        return listed(request, found, [dump(each) for each in self.record.compose(found.rows)])

    def get_queryset(self) -> QuerySet[Any, Any]:
        given: Mapping[str, str] = self.request.query_params
        named = {name: given[name] for name in self.filters if name in given}
        return self.record.model._default_manager.filter(**named)


def accepted(what: str) -> Mapping[str, tuple[Parameter, ...]]:
    return {"list": (*PAGING, parameters.slug("slug", f"Only the {what} with this slug."))}


class DraftAuthorViewSet(NamedViewSet):
    subject, record = "authors", documents.AUTHOR
    accepts = accepted("author")
    answers = {"list": shape("DraftAuthorPage", lambda: page(documents.AUTHOR.schema()))}


class DraftTagViewSet(NamedViewSet):
    subject, record = "tags", documents.TAG
    accepts = accepted("tag")
    answers = {"list": shape("DraftTagPage", lambda: page(documents.TAG.schema()))}


class DraftImageViewSet(NamedViewSet):
    subject, record, filters = "images", documents.IMAGE, ()
    columns, order = {"created": "created_at"}, "-created"
    accepts = {"list": PAGING}
    answers = {"list": shape("DraftImagePage", lambda: page(documents.IMAGE.schema()))}
