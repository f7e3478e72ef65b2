"""Requests with a token: whom they come from, and how many one person may send."""

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from careersite import tokens
from careersite.models import ApiToken

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer careersite_…`. No cookie counts, so that no other site can send requests."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, *rest = get_authorization_header(request).split() or [b""]
        if scheme.lower() != SCHEME.lower().encode():
            return None
        text = rest[0].decode(errors="replace") if len(rest) == 1 else ""
        token = tokens.owner(text, timezone.now())
        if token is None:
            raise AuthenticationFailed("This token opens nothing: it ended, was revoked, or never was one.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="drafts"'


class RequestsOfPerson(SimpleRateThrottle):
    """So many requests a minute, with however many tokens."""

    scope = "person"

    def get_rate(self) -> str:
        return f"{settings.API_REQUESTS_PER_MINUTE}/min"

    def get_cache_key(self, request: Request, view: object) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}
