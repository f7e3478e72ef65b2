"""Invitations: a new login has no password, and its owner sets one by a link that they get by mail.

A link carries the invitation's id and how often it was sent, signed: so it ends when it was used, sent again
or revoked, and with its time. Nobody ever knows another's password.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles import formats, mailing
from careersite import grants
from careersite.models import Invitation

LASTS = timedelta(days=7)
LONGEST_TOKEN = 200
SALT = "careersite.invitations"
State = Invitation.State


class InvitationError(Exception):
    """What cannot be done about an invitation; its text tells a person why and what to do."""


class Closed(InvitationError):
    """A link that leads nowhere, or not any more."""


# --- By whoever invites ---------------------------------------------------------------------------


def invite(user: User, groups: Collection[Group], *, by: User) -> Invitation:
    """Make a login that has no password, put it into groups, and send its owner a link to set one."""
    beyond = set(groups) - set(grants.grantable_groups(by))
    if beyond:
        names = ", ".join(sorted(group.name for group in beyond))
        raise InvitationError(f"You can’t put anybody into {names}: it may do more than you.")
    if User.objects.filter(email__iexact=user.email).exists():
        raise InvitationError(_taken(user.email))
    try:
        with transaction.atomic():
            return _invite(user, groups, by)
    except IntegrityError as error:  # somebody else was quicker
        raise InvitationError(
            f"The login “{user.username}” or {user.email} was invited a moment ago."
        ) from error


def _invite(user: User, groups: Collection[Group], by: User) -> Invitation:
    user.is_staff = True
    user.set_unusable_password()
    user.save()
    user.groups.set(groups)
    return _sent(Invitation(user=user, number=0), by)


@transaction.atomic
def send_again(user: User, *, by: User) -> Invitation:
    """Send a link anew, to the address that the login has now; links that were sent before end."""
    if not grants.may_change_user(by, user):
        raise InvitationError(f"“{user}” may do more than you. Ask somebody who may do as much.")
    if user.has_usable_password():
        raise InvitationError(f"“{user}” has set a password. Send a link to set a new one instead.")
    if not user.is_active:
        raise InvitationError(f"“{user}” is not active. Tick “Active” and save, then invite.")
    if not user.email:
        raise InvitationError(f"“{user}” has no e-mail address. Enter one and save, then invite.")
    invitation = Invitation.objects.select_for_update().filter(user=user).first()
    try:
        with transaction.atomic():
            return _sent(invitation or Invitation(user=user, number=0), by)
    except IntegrityError as error:
        raise InvitationError(_taken(user.email)) from error


def revoke(user: User, *, by: User) -> bool:
    """End the link at once; whether it still worked. The login stays, without a password."""
    if not grants.may_change_user(by, user):
        raise InvitationError(f"“{user}” may do more than you. Ask somebody who may do as much.")
    now = timezone.now()
    open_one = Invitation.objects.filter(user=user).in_state(State.INVITED, now)
    return bool(open_one.update(revoked_at=now))


def _taken(address: str) -> str:
    return (
        f"There is a login with the address {address} already. Look for it in the list of users; "
        "an invitation that has not been accepted can be sent again there."
    )


def _sent(invitation: Invitation, by: User) -> Invitation:
    now = timezone.now()
    invitation.number += 1
    invitation.address, invitation.sent_by = invitation.user.email, by
    invitation.sent_at, invitation.expires_at = now, now + LASTS
    invitation.accepted_at = invitation.revoked_at = None
    invitation.save()
    _post(invitation, by)
    return invitation


def _post(invitation: Invitation, by: User) -> None:
    context = {
        "user": invitation.user,
        "by": by.get_full_name() or by.get_username(),
        "site_name": settings.SITE_NAME,
        "link": settings.SITE_URL + reverse("admin:invitation", args=[token(invitation)]),
        "desk": settings.SITE_URL + reverse("admin:index"),
        "until": formats.moment(invitation.expires_at),
    }
    text = render_to_string("admin/people/invitation.txt", context)
    mailing.post(invitation.address, subject=f"Your login at {settings.SITE_NAME}", text=text)


# --- By whoever is invited ------------------------------------------------------------------------


def token(invitation: Invitation) -> str:
    return _signer().sign(f"{invitation.pk.hex}-{invitation.number}")


def is_signed(text: str) -> bool:
    """Whether a link was made here, without looking for what it leads to."""
    try:
        return len(text) <= LONGEST_TOKEN and bool(_signer().unsign(text))
    except signing.BadSignature:
        return False


def find(text: str) -> Invitation:
    """The open invitation that a link belongs to. Raises Closed, which says why there is none."""
    if not is_signed(text):
        raise Closed("This link is not whole. Copy it from the mail again: it is one long line.")
    key, _, number = _signer().unsign(text).partition("-")
    invitation = Invitation.objects.select_related("user", "sent_by").filter(pk=UUID(key)).first()
    if invitation is None:
        raise Closed("The login that this invitation was for does not exist any more.")
    if why := _closed(invitation, int(number)):
        raise Closed(why)
    return invitation


@transaction.atomic
def accept(text: str, password: str) -> User:
    """Set the password of a login for the first time. Raises Closed, for the second of two as well."""
    Invitation.objects.select_for_update().filter(pk=find(text).pk).first()
    invitation = find(text)  # as it stands now that nobody else accepts or revokes it
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return user


def _closed(invitation: Invitation, number: int) -> str:
    """Why a link leads nowhere; "" where it works."""
    state, who = invitation.state(timezone.now()), invitation.sent_by or "whoever invited you"
    if state == State.ACCEPTED or invitation.user.has_usable_password():
        return "This invitation was accepted: the password is set. Log in with it."
    if number != invitation.number or invitation.address != invitation.user.email:
        return f"There is a newer link, or your address was changed. Ask {who} if you have no newer mail."
    if state == State.REVOKED or not invitation.user.is_active:
        return f"This invitation was revoked. Ask {who} about it."
    if state == State.EXPIRED:
        until = formats.moment(invitation.expires_at)
        return f"This invitation was good until {until}. Ask {who} to send it again."
    return ""


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
