"""What every public endpoint shares: no session, JSON only, nothing taken that was not declared."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.viewsets import ViewSet

from articles import moments
from articles.api.bodies import SmallJSONParser
from articles.api.parameters import Parameter, check
from articles.api.shapes import Shape

WELCOME = ("*/*", JSONRenderer.media_type)


class Negotiation(DefaultContentNegotiation):
    """What nearly every client sends is understood without taking it apart."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        if request.META.get("HTTP_ACCEPT", "*/*") in WELCOME:
            return next(iter(renderers)), JSONRenderer.media_type
        return super().select_renderer(request, renderers, format_suffix)


class PublicViewSet(ViewSet):
    """Subclasses declare, by action, the query parameters they accept, the body they take, their answer."""

    authentication_classes: Sequence[Any] = ()
    permission_classes: Sequence[Any] = (AllowAny,)
    throttle_classes: Sequence[Any] = ()
    parser_classes: Sequence[Any] = (SmallJSONParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = Negotiation

    accepts: ClassVar[Mapping[str, tuple[Parameter, ...]]] = {}
    takes: ClassVar[Mapping[str, type[Shape]]] = {}
    answers: ClassVar[Mapping[str, type[Shape]]] = {}
    statuses: ClassVar[Mapping[str, int]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in self.answers:
            check(request, self.accepts.get(self.action, ()))

    @cached_property
    def moment(self) -> datetime:
        """The moment of the request; all that it reads is live then."""
        return moments.now()

    def options(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """The Allow header says it all."""
        return HttpResponse(status=204)
