from datetime import datetime
from typing import Self

from django.db import models

from .article import Article
from .base import Identified


class FollowerQuerySet(models.QuerySet["Follower"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def forgotten(self, before: datetime) -> Self:
        """Asked for before that moment, and never confirmed."""
        return self.filter(confirmed_at=None, created_at__lt=before)


class Follower(Identified):
    """An address that is told of new replies to an article, once whoever reads its mail has said so."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="followers", db_index=False)
    email = models.EmailField()
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["email"], name="follower_by_email")]
        constraints = [models.UniqueConstraint(fields=["article", "email"], name="follower_once")]

    def __str__(self) -> str:
        return f"{self.email} on {self.article}"
