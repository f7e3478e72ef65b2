"""What the editors' desk keeps about forms that are open; readers and documents know nothing of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .article import Article


class UnsavedWork(models.Model):
    """What somebody typed into a form and has not saved: one slot per person and article, written over."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsaved_work", db_index=False
    )
    kind = models.CharField(max_length=20)
    article = models.ForeignKey(
        Article,
        null=True,
        on_delete=models.CASCADE,
        related_name="unsaved_work",
        help_text="None where a new one is being written.",
    )
    fields = models.JSONField(help_text="What the form's fields held, as lists of texts by name.")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "unsaved work"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "article"],
                condition=Q(article__isnull=False),
                name="unsaved_work_once_per_article",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(article__isnull=True), name="unsaved_work_once_per_new"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.article or f'a new {self.kind}'}"


class OpenForm(models.Model):
    """A form that somebody has open; two tabs of one person are two of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Sent back with the form.")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="open_forms")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True, help_text="When it was last heard of.")
    saved = models.PositiveIntegerField(default=0, help_text="The number of the revision last saved from it.")

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.user} on {self.article} since {self.since:%Y-%m-%d %H:%M}"


class DeskSettings(models.Model):
    """How somebody wants their desk."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="desk_settings"
    )
    autosave = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "desk settings"

    def __str__(self) -> str:
        return f"the desk of {self.user}"
