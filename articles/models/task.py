from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from .article import Article
from .base import Identified
from .publication import Publication


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class Task(Identified):
    """Something that a person is asked to do about an article. (What machines do is a job.)"""

    class Reason(models.TextChoices):
        REVIEW = "review", "Decide on what was submitted"
        CHANGES = "changes", "Make the changes that were requested"
        FACT_CHANGED = "fact-changed", "A fact has changed that its own words mention"
        LATE = "late", "What is scheduled no longer passes its checks"
        REPLY = "reply", "A reader says something about it"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    reason = models.CharField(max_length=20, choices=Reason)
    text = models.TextField(blank=True, help_text="What is to be done, and why.")
    place = models.CharField(
        max_length=200, blank=True, help_text="Where in the document: names and row ids, joined by slashes."
    )
    about = models.UUIDField(
        null=True, blank=True, editable=False, help_text="What of another article is the reason: a row's id."
    )
    asked_by = models.ManyToManyField(
        Publication,
        related_name="asked_for",
        editable=False,
        help_text="What was published or scheduled and is the reason: without any of it there is none.",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tasks",
        db_index=False,
        help_text="Empty: whoever may.",
    )
    due_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    moot = models.CharField(
        max_length=300,
        blank=True,
        editable=False,
        help_text="Why it ended without being done: what it was asked for is not so any more.",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at", "id"]
        indexes = [
            models.Index(fields=["article", "done_at"], name="task_of_article"),
            models.Index(
                fields=["assignee", "due_on", "created_at", "id"],
                condition=Q(done_at=None),
                name="task_open_of_person",
            ),
            models.Index(fields=["due_on", "created_at", "id"], condition=Q(done_at=None), name="task_open"),
        ]

        constraints = [
            models.UniqueConstraint(
                fields=["article", "reason", "about"],
                condition=Q(done_at=None, about__isnull=False),
                name="task_open_once_about_a_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.article}"
