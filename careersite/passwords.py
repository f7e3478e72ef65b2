"""A forgotten password: its owner gets a link to set another. Nobody learns who has a login here."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from articles import mailing
from careersite import grants
from careersite.models import PasswordRequest

WITHIN = timedelta(hours=1)
PER_SENDER, PER_ADDRESS = 10, 3


class PasswordError(Exception):
    """What cannot be done about a password; its text tells a person why and what to do."""


class TooMany(PasswordError):
    def __str__(self) -> str:
        return "Too many requests came from your connection within an hour. Please try again later."


def ask(address: str, *, sender: str) -> None:
    """Have a link sent to those who have a login with this address. Raises TooMany.

    That is done by a job, for known addresses and unknown ones alike, so that not even the time it takes
    tells them apart. Who asks for one mailbox too often gets the same answer, and the mailbox no more mails.
    """
    now, about = timezone.now(), _hashed(address.casefold())
    PasswordRequest.objects.filter(asked_at__lt=now - WITHIN).delete()
    if PasswordRequest.objects.filter(sender=sender).count() >= PER_SENDER:
        raise TooMany
    is_rare = PasswordRequest.objects.filter(about=about).count() < PER_ADDRESS
    PasswordRequest.objects.create(sender=sender, about=about, asked_at=now)
    if is_rare:
        send_links.enqueue(address=address)


def send_link(user: User, *, by: User) -> None:
    """Send somebody a link to set a new password, as they can't log in."""
    if not grants.may_change_user(by, user):
        raise PasswordError(f"“{user}” may do more than you. Ask somebody who may do as much.")
    if not user.is_active or not user.email:
        raise PasswordError(f"“{user}” is not active or has no e-mail address. Put that right first.")
    if not user.has_usable_password():
        raise PasswordError(f"“{user}” has not set a password yet. Send an invitation.")
    _post(user)


@task()
def send_links(address: str) -> None:
    """Send a link to each active login with the address; who was invited is told where the first one is."""
    for user in User.objects.filter(email__iexact=address, is_active=True).select_related("invitation"):
        if user.has_usable_password():
            _post(user)
        elif hasattr(user, "invitation"):
            _mail(user, "not_yet", {"by": user.invitation.sent_by})


def _post(user: User) -> None:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    address = reverse("admin:password_reset_confirm", args=[uid, default_token_generator.make_token(user)])
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
    _mail(user, "link", {"link": settings.SITE_URL + address, "days": days})


def _mail(user: User, name: str, context: dict[str, object]) -> None:
    """To the address that is stored, and not to what somebody typed that is like it."""
    site = {"site_name": settings.SITE_NAME, "user": user}
    text = render_to_string(f"admin/passwords/{name}.txt", context | site)
    mailing.post(user.email, subject=f"Your password at {settings.SITE_NAME}", text=text)


def _hashed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
