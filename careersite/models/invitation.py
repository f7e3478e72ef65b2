import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def in_state(self, state: str, moment: datetime) -> Self:
        open_ones = Q(accepted_at=None, revoked_at=None)
        conditions = {
            Invitation.State.INVITED: open_ones & Q(expires_at__gt=moment),
            Invitation.State.EXPIRED: open_ones & Q(expires_at__lte=moment),
            Invitation.State.ACCEPTED: Q(accepted_at__isnull=False),
            Invitation.State.REVOKED: Q(accepted_at=None, revoked_at__isnull=False),
        }
        return self.filter(conditions[Invitation.State(state)])


class Invitation(models.Model):
    """What somebody got by mail to set the password of a new login; the newest mail holds."""

    class State(models.TextChoices):
        INVITED = "invited", "Invited"
        ACCEPTED = "accepted", "Accepted"
        EXPIRED = "expired", "Expired"
        REVOKED = "revoked", "Revoked"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitation")
    address = models.EmailField(help_text="Where the newest mail went.")
    number = models.PositiveIntegerField(default=1, help_text="How often it was sent.")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "id"]
        default_permissions = ()  # whoever may change a login sends and revokes its invitation
        constraints = [
            models.UniqueConstraint(
                Lower("address"), condition=Q(accepted_at=None), name="invitation_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_after_it_is_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.address}"

    def state(self, moment: datetime) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.INVITED if self.expires_at > moment else self.State.EXPIRED
