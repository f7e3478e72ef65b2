from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .base import Identified


class BanQuerySet(models.QuerySet["Ban"]):
    def at(self, moment: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment))

    def of(self, *, email: str, address_hash: str) -> Self:
        """Those that concern a writer, by either."""
        by_email = Q(email=email) & ~Q(email="")
        return self.filter(by_email | (Q(address_hash=address_hash) & ~Q(address_hash="")))


class Ban(Identified):
    """Somebody who may not reply for a while: known by e-mail, or by a hash of a network address."""

    email = models.EmailField(blank=True, help_text="In small letters.")
    address_hash = models.CharField("sender", max_length=64, blank=True, editable=False)
    reason = models.CharField(max_length=300, help_text="For moderators; the writer is not told.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ends_at = models.DateTimeField(
        "ends", null=True, blank=True, help_text="Empty: it has no end. One by network address has one."
    )

    objects = BanQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["email"], name="ban_by_email"),
            models.Index(fields=["address_hash"], name="ban_by_sender"),
            models.Index(fields=["-created_at", "id"], name="ban_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(email="", address_hash=""), name="ban_of_somebody"),
            models.CheckConstraint(
                condition=Q(address_hash="") | Q(ends_at__isnull=False), name="ban_of_sender_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.email or f"sender {self.address_hash[:8]}"

    def clean(self) -> None:
        if not self.email and not self.address_hash:
            raise ValidationError({"email": "Say whose replies are refused: give an e-mail address."})
