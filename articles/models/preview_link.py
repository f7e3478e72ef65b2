from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .base import Identified
from .revision import Revision


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, moment: datetime) -> Self:
        """Those that still lead somewhere."""
        return self.filter(revoked_at=None, expires_at__gt=moment)


class PreviewLink(Identified):
    """Shows one revision to whoever has the link, until it expires or is revoked."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="preview_links")
    beside = models.ManyToManyField(
        Revision,
        blank=True,
        related_name="+",
        help_text="Revisions of articles that it needs and that were not live when the link was made.",
    )
    note = models.CharField("for", max_length=200, blank=True, help_text="Whom it is for.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="preview_links"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["-created_at", "id"], name="preview_link_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="preview_link_expires_after_creation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision} of {self.revision.article}"

    def is_open(self, moment: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > moment
