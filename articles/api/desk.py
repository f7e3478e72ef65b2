"""What every endpoint for editors' programs shares: a token, the rights of its owner, and the trail."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.settings import api_settings

from articles import rights, trail
from articles.api import bodies, draft_items, refusals
from articles.api.bodies import DocumentParser
from articles.api.parameters import Parameter
from articles.api.public import PublicViewSet
from articles.api.responses import dump, revision_tag, tagged
from articles.models import Article, Revision
from articles.obstacles import PublishingError
from articles.records import JSON, DocumentError
from articles.rights import Rule

NOTHING: tuple[Parameter, ...] = ()


class DeskViewSet(PublicViewSet):
    """Each action fetches, looks at rights, calls one transition, and says how things stand."""

    authentication_classes = tuple(api_settings.DEFAULT_AUTHENTICATION_CLASSES)
    permission_classes = (IsAuthenticated,)
    throttle_classes = tuple(api_settings.DEFAULT_THROTTLE_CLASSES)
    parser_classes = (DocumentParser,)
    lookup_field = "pk"
    lookup_value_converter = "uuid"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with trail.came_from(trail.Channel.API, request):
            return super().dispatch(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Nobody between here and the program keeps what is not public."""
        response["Cache-Control"] = "private, no-cache"
        return super().finalize_response(request, response, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, PublishingError | DocumentError):
            return refusals.answer(exc)
        return super().handle_exception(exc)

    @property
    def user(self) -> User:
        """Whom the token speaks for."""
        found: Any = self.request.user
        return found

    def article(self, pk: Any, may: Rule = rights.may_view) -> Any:
        """The article, for somebody who may. Rights come before all else that a request says."""
        found = draft_items.find(pk, timezone.now())
        if found is None:
            raise NotFound("There is no article with this id, or it was removed for good.")
        if not may(self.user, found):
            raise PermissionDenied("You may not do this. “Who may do what” at the desk says who may.")
        return found

    def stands(self, request: Request, pk: Any, more: Mapping[str, Any] | None = None) -> HttpResponse:
        """How things stand once something was decided."""
        now = timezone.now()
        found = draft_items.find(pk, now)
        told = {**draft_items.standing(found, now), **(more or {})}
        text = dump(told)
        return tagged(request, text, revision_tag(told["revision"], text))

    def revision(self, article: Article, data: JSON) -> Revision | None:
        """The revision with the number in the body; None where there is none in it."""
        number = bodies.number(data, "revision")
        if number is None:
            return None
        found = article.revisions.select_related("author").filter(number=number).first()
        if found is None:
            raise ValidationError({"revision": [f"this article has no revision {number}."]})
        return found


def needed(data: JSON, name: str) -> None:
    if data.get(name) is None:
        raise ValidationError({name: ["is missing."]})


def seen(data: JSON) -> str | None:
    return bodies.text(data, "seen") or None
