"""The whole API at a glance: its addresses, its description, and the page to try it on."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any, cast

from csp.decorators import csp_update
from django.http import HttpResponse
from django.template.loader import get_template
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter

from articles.api.draft_names import DraftAuthorViewSet, DraftImageViewSet, DraftTagViewSet
from articles.api.drafts import DraftViewSet
from articles.api.public import PublicViewSet
from articles.api.replies import CommentViewSet
from articles.api.responses import dump, respond
from articles.api.shapes import record, shape
from articles.api.views import (
    ArticleViewSet,
    AuthorViewSet,
    CorrectionViewSet,
    SearchViewSet,
    TagViewSet,
)
from careersite import tokens
from careersite.token_requests import SCHEME, TokenAuthentication
from comparisons.api import CareerPathViewSet, ComparisonViewSet

app_name = "api"
METHODS = ("get", "post", "put", "patch", "delete")
LINK = {"type": "string", "format": "uri"}
LISTINGS = {
    "articles": "article-list",
    "career-paths": "career-path-list",
    "comparisons": "comparison-list",
    "tags": "tag-list",
    "authors": "author-list",
    "comments": "comment-list",
    "corrections": "correction-list",
    "search": "search-list",
    "drafts": "draft-list",
    "schema": "schema",
    "docs": "docs",
}


class TokenExtension(OpenApiAuthenticationExtension):
    """How the description speaks of tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        where = "the page “Tokens for programs” of the editors' desk"
        told = f"A token from {where}; it begins with `{tokens.PREFIX}`."
        return {"type": "http", "scheme": SCHEME.lower(), "description": told}


class RootViewSet(PublicViewSet):
    """Where everything is."""

    answers = {"list": shape("Root", lambda: record(dict.fromkeys(LISTINGS, LINK)))}

    def list(self, request: Request) -> HttpResponse:
        """The address of each part of the API."""
        addresses = {name: reverse(f"api:{route}") for name, route in LISTINGS.items()}
        return respond(
            request, dump({name: request.build_absolute_uri(at) for name, at in addresses.items()})
        )


class SchemaViewSet(PublicViewSet):
    """The description of the API in OpenAPI 3.1."""

    schema = None  # it does not describe itself
    answers = {"list": shape("OpenAPI", lambda: {"type": "object"})}

    def list(self, request: Request) -> HttpResponse:
        text, version = description()
        return respond(request, text, version)


def inline_style() -> str:
    """The hash that lets the one style in the documentation's template pass the policy, and no other."""
    page = cast("Any", get_template(SpectacularSwaggerSplitView.template_name))
    style = page.template.source.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


@method_decorator(csp_update({"style-src": [inline_style()]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own address."""

    authentication_classes = ()
    http_method_names = ("get", "head")
    url_name = "api:schema"


class NowhereViewSet(PublicViewSet):
    """Programs get an answer that they can read where there is nothing as well."""

    schema = None

    def nothing(self, request: Request, rest: str) -> HttpResponse:
        raise NotFound("There is nothing at this address. /api/v1/ lists what there is.")


@cache
def description() -> tuple[str, str]:
    """The text and a short word for it. The same for everybody, and slow to make."""
    found = OpenApiJsonRenderer2().render(SchemaGenerator().get_schema(public=True))
    return found.decode(), sha256(found).hexdigest()


router = SimpleRouter(use_regex_path=False)
router.register("articles", ArticleViewSet, "article")
router.register("career-paths", CareerPathViewSet, "career-path")
router.register("comparisons", ComparisonViewSet, "comparison")
router.register("tags", TagViewSet, "tag")
router.register("authors", AuthorViewSet, "author")
router.register("comments", CommentViewSet, "comment")
router.register("corrections", CorrectionViewSet, "correction")
router.register("search", SearchViewSet, "search")
router.register("drafts/authors", DraftAuthorViewSet, "draft-author")
router.register("drafts/tags", DraftTagViewSet, "draft-tag")
router.register("drafts/images", DraftImageViewSet, "draft-image")
router.register("drafts", DraftViewSet, "draft")

urlpatterns = [
    path("", RootViewSet.as_view({"get": "list"}), name="root"),
    path("schema/", SchemaViewSet.as_view({"get": "list"}), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    *router.urls,
    path("<path:rest>/", NowhereViewSet.as_view(dict.fromkeys(METHODS, "nothing")), name="nowhere"),
]
