"""Links that show one revision to whoever has them, until they expire or are revoked."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from articles import documents, formats, previews
from articles.models import PreviewLink, Revision

USUAL, LONGEST = timedelta(days=7), timedelta(days=90)
SALT = "articles.preview_links"


class SharingError(Exception):
    """A link that cannot be made; its text tells a person why and what to do."""


class Closed(Exception):
    """The link worked once: it has expired, was revoked, or what it shows is in the trash."""


@transaction.atomic
def share(revision: Revision, *, by: User | None, expires_at: datetime, note: str = "") -> PreviewLink:
    """A link to a revision as it is, with the newest revisions of what it needs and is not live yet."""
    now = timezone.now()
    if expires_at <= now:
        raise SharingError(f"{formats.moment(expires_at)} has passed. Choose a time in the future.")
    if expires_at > now + LONGEST:
        latest = formats.moment(now + LONGEST)
        raise SharingError(f"A link works for {LONGEST.days} days at most. Choose a time before {latest}.")
    if revision.article.trashed_at:
        raise SharingError(f"“{revision.article}” is in the trash. Restore it first.")
    link = PreviewLink.objects.create(
        revision=revision, created_by=by, created_at=now, expires_at=expires_at, note=note
    )
    link.beside.set(_beside(revision, now))
    return link


def revoke(link: PreviewLink, *, by: User | None) -> bool:
    """End a link at once; whether it still worked."""
    now = timezone.now()
    open_one = PreviewLink.objects.open(now).filter(pk=link.pk)
    return bool(open_one.update(revoked_at=now, revoked_by=by))


def address(link: PreviewLink) -> str:
    """The whole of it, to be sent to somebody."""
    return f"{settings.SITE_URL}/preview/{_signer().sign(link.pk.hex)}/"


def open_link(token: str, moment: datetime) -> PreviewLink:
    """The link with this token. Raises Closed, or PreviewLink.DoesNotExist where there never was one."""
    try:
        pk = UUID(_signer().unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise PreviewLink.DoesNotExist from error
    link = PreviewLink.objects.select_related("revision__article").get(pk=pk)
    if not link.is_open(moment) or link.revision.article.trashed_at:
        raise Closed
    return link


def _beside(revision: Revision, moment: datetime) -> list[Revision]:
    articles = previews.missing(documents.upgrade(revision.document), moment)
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    revisions = Revision.objects.filter(article__in=articles).alias(newest=Subquery(newest))
    return list(revisions.filter(pk=F("newest")).defer("text"))


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
