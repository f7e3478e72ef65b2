from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from .article import Article
from .base import Identified
from .revision import Revision


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def waiting(self) -> Self:
        """Those that somebody is to decide on."""
        return self.open().filter(state__in=(Review.State.IN_REVIEW, Review.State.LAPSED))

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)


class Review(Identified):
    """An article on its way from being submitted to being published or taken back."""

    class State(models.TextChoices):
        IN_REVIEW = "in-review", "In review"
        CHANGES_REQUESTED = "changes-requested", "Changes requested"
        APPROVED = "approved", "Approved"
        LAPSED = "lapsed", "Approved, edited since"
        ENDED = "ended", "Ended"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=20, choices=State, default=State.IN_REVIEW)
    version = models.PositiveIntegerField(default=1, help_text="Counts what was decided about it.")
    revision = models.ForeignKey(
        Revision,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        help_text="What was submitted last.",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField()
    note = models.TextField(blank=True, help_text="What was said when it was submitted.")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviews",
        db_index=False,
        help_text="Empty: whoever may.",
    )
    due_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)
    approved_revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="approvals",
        help_text="What was approved last; only what says nothing else is published.",
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            models.Index(
                fields=["state", "article"], condition=Q(ended_at=None), name="review_open_in_state"
            ),
            models.Index(
                fields=["assignee", "state", "article"],
                condition=Q(ended_at=None),
                name="review_open_of_person",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(ended_at=None), name="review_open_once_for_article"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="review_ended_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "lapsed")) | Q(approved_revision__isnull=False),
                name="review_approves_a_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_state_display()}"


class ReviewNoteQuerySet(models.QuerySet["ReviewNote"]):
    def unresolved(self) -> Self:
        return self.filter(answers_to=None, resolved_at=None)


class ReviewNote(Identified):
    """Something said about a place of the article in review, or an answer to that."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notes", db_index=False)
    place = models.CharField(
        max_length=200,
        blank=True,
        help_text="Names and row ids, joined by slashes. Empty: the article as a whole.",
    )
    about = models.CharField(
        max_length=300, blank=True, help_text="The place in words, as it was when this was written."
    )
    revision = models.PositiveIntegerField(help_text="The number of what it was said of.")
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="review_notes"
    )
    written_at = models.DateTimeField()
    answers_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["review", "written_at", "id"], name="review_note_of_review")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answers_to=None) | Q(place="", resolved_at=None),
                name="review_note_answers_are_bare",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about or self.review.article}: {self.text}"
