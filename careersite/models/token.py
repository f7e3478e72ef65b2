import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid(self, moment: datetime) -> Self:
        lasting = Q(expires_at=None) | Q(expires_at__gt=moment)
        return self.filter(lasting, revoked_at=None)


class ApiToken(models.Model):
    """With what a program speaks for a person. Only a hash is kept: the token is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, help_text="What it is for.")
    beginning = models.CharField(max_length=12, help_text="By which its owner knows it.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        default_permissions = ()  # everybody issues and revokes their own

    def __str__(self) -> str:
        return self.name
