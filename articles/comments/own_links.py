"""Signed links in place of a login: whoever has one wrote it, or reads the mail it was sent to."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

MOST_DAYS = 30
DATA_FOR = timedelta(days=1)
MARK = 16  # characters by which an address is known in a link


class NoLink(Exception):
    """There is no such link; it may be cut off."""


class Expired(Exception):
    """The link worked once."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What links of one sort are for; one of another sort is none of them."""

    name: str
    lasts: timedelta | None = None

    def token(self, value: UUID | str) -> str:
        text = value.hex if isinstance(value, UUID) else value
        return signing.dumps(text, salt=self._salt, compress=False)

    def address(self, value: UUID | str) -> str:
        """Where it leads, from anywhere."""
        return f"{settings.SITE_URL}{self.path(value)}"

    def path(self, value: UUID | str) -> str:
        return f"/replies/{self.name}/{self.token(value)}/"

    def read(self, token: str) -> str:
        """What the link is about. Raises NoLink, or Expired."""
        try:
            return str(signing.loads(token, salt=self._salt, max_age=self.lasts))
        except signing.SignatureExpired as error:
            raise Expired from error
        except (signing.BadSignature, ValueError) as error:
            raise NoLink from error

    def key(self, token: str) -> UUID:
        """The row that the link is about. Raises NoLink, or Expired."""
        try:
            return UUID(self.read(token))
        except ValueError as error:
            raise NoLink from error

    @property
    def _salt(self) -> str:
        return f"articles.comments.{self.name}"


def claimed(reply: UUID, email: str) -> str:
    """What a mail to an address asks about a reply; where moderators correct that, its link ends."""
    return f"{reply.hex}{hashlib.sha256(email.encode()).hexdigest()[:MARK]}"


def reply_claimed(claim: str) -> UUID:
    """Raises NoLink."""
    try:
        return UUID(claim[:-MARK])
    except ValueError as error:
        raise NoLink from error


OWN = Purpose("own")
CONFIRM = Purpose("confirm", timedelta(days=MOST_DAYS))
UNSUBSCRIBE = Purpose("unsubscribe")
DATA = Purpose("data", DATA_FOR)
