"""Tokens: how a program proves for whom it speaks. It may do what that person may at the desk, and no more.

A token is 256 random bits, so that one round of SHA-256 keeps it as well as a slow hash keeps a password.
(DRF's own tokens stand readable in the database, one for each person; knox has no names for them.)
"""

import hashlib
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from careersite.models import ApiToken

PREFIX = "careersite_"  # by which programs that look for secrets know one
MOST = 20  # valid tokens of one person
LONGEST_NAME = 100
LONGEST_LIFE = timedelta(days=3660)


class TokenError(Exception):
    """A token that cannot be issued; the text tells a person why."""


@transaction.atomic
def issue(user: User, *, name: str, lasts: timedelta | None) -> tuple[ApiToken, str]:
    """A new token with its text, which is not kept. It speaks for `user` until it ends or is revoked."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise TokenError(f"Say in 1 to {LONGEST_NAME} characters what the token is for.")
    if lasts is not None and not timedelta() < lasts <= LONGEST_LIFE:
        raise TokenError(f"A token lasts for 1 to {LONGEST_LIFE.days} days, or until it is revoked.")
    User.objects.select_for_update().get(pk=user.pk)
    now = timezone.now()
    if ApiToken.objects.valid(now).filter(user=user).count() >= MOST:
        raise TokenError(f"There are {MOST} tokens already. Revoke one that is not needed any more.")
    secret = token_urlsafe(32)
    text = f"{PREFIX}{secret}"
    token = ApiToken.objects.create(
        user=user,
        name=name,
        beginning=secret[:6],
        digest=_digest(text),
        created_at=now,
        expires_at=now + lasts if lasts else None,
    )
    return token, text


def revoke(token: ApiToken) -> bool:
    """From now on it opens nothing; returns whether it did."""
    found = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    return bool(found.update(revoked_at=timezone.now()))


def owner(text: str, moment: datetime) -> ApiToken | None:
    """The valid token with this text, of somebody who may come to the desk."""
    found = ApiToken.objects.valid(moment).filter(digest=_digest(text)).select_related("user")
    token = found.filter(user__is_active=True, user__is_staff=True).first()
    if token and token.last_used_on != moment.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=moment.date())
    return token


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
