from datetime import datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from .article import Article
from .base import Identified

MAX_LENGTH = 5000
EDITABLE_FOR = timedelta(minutes=15)


class CommentQuerySet(models.QuerySet["Comment"]):
    def approved(self) -> Self:
        return self.filter(status=Comment.Status.APPROVED)

    def waiting(self) -> Self:
        return self.filter(status=Comment.Status.WAITING)


class Comment(Identified):
    """A reader's reply to an article, or to another reply; plain text, shown once approved."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        SPAM = "spam", "Spam"
        WITHDRAWN = "withdrawn", "Withdrawn by its writer"

    class Verdict(models.TextChoices):
        NONE = "", "Not asked"
        HAM = "ham", "No spam"
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
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(
        "address confirmed",
        null=True,
        blank=True,
        editable=False,
        help_text="When its writer followed the link that was sent to the e-mail address.",
    )
    announced_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When followers were told of it."
    )
    told_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When moderators were told of it."
    )
    held_for = models.CharField(
        "speaks against it",
        max_length=300,
        blank=True,
        editable=False,
        help_text="Why it is never let through by itself.",
    )
    verdict = models.CharField(
        "Akismet", max_length=4, choices=Verdict, default=Verdict.NONE, blank=True, editable=False
    )
    place = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="What of the article it is about: names and row ids, joined by slashes.",
    )
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="By which a second one of the same is known."
    )
    address_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of its sender's network address, for 30 days.",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["article", "status", "created_at"], name="comment_on_article"),
            models.Index(fields=["status", "-created_at"], name="comment_queue"),
            models.Index(fields=["-created_at", "id"], name="comment_newest"),
            models.Index(fields=["address_hash", "-created_at"], name="comment_by_sender"),
            models.Index(fields=["email", "-created_at"], name="comment_by_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "digest"], condition=~Q(digest=""), name="comment_once_on_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def clean(self) -> None:
        if self.parent and (self.parent.article_id != self.article_id or self.parent.parent_id):
            raise ValidationError(
                {"parent": "A reply answers a reply of the first level on the same article."}
            )

    def editable_until(self) -> datetime:
        return self.created_at + EDITABLE_FOR

    def is_editable(self, moment: datetime) -> bool:
        """Whether its writer may still change it or take it back: not what was decided against."""
        open_ones = (Comment.Status.WAITING, Comment.Status.APPROVED)
        return self.status in open_ones and moment < self.editable_until()
