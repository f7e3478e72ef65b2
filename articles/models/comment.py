from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from .article import Article
from .base import Identified

MAX_LENGTH = 5000


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> Self:
        return self.filter(status=Comment.Status.APPROVED)

    def shown(self) -> Self:
        """What readers see: approved replies, without answers to a reply that isn't approved any more."""
        return self.approved().filter(Q(parent=None) | Q(parent__status=Comment.Status.APPROVED))

    def waiting(self) -> Self:
        return self.filter(status=Comment.Status.WAITING)


class Comment(Identified):
    """A reader's reply to an article, or to another reply; plain text, shown once approved."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        SPAM = "spam", "Spam"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    text = models.TextField(validators=[MaxLengthValidator(MAX_LENGTH)])
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    address_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["article", "status", "created_at"], name="comment_on_article"),
            models.Index(fields=["status", "-created_at"], name="comment_queue"),
            models.Index(fields=["-created_at", "id"], name="comment_newest"),
            models.Index(fields=["address_hash", "-created_at"], name="comment_by_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def clean(self) -> None:
        if self.parent and (self.parent.article_id != self.article_id or self.parent.parent_id):
            raise ValidationError(
                {"parent": "A reply answers a reply of the first level on the same article."}
            )
