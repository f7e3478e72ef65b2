from typing import Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count

from .base import Identified


class BulkJobQuerySet(models.QuerySet["BulkJob"]):
    def under_way(self) -> Self:
        return self.filter(state__in=(BulkJob.State.WAITING, BulkJob.State.RUNNING))

    def of(self, user: User) -> Self:
        return self.filter(by=user)


class BulkJob(Identified):
    """One thing that somebody has done to many articles in the background."""

    class Action(models.TextChoices):
        PUBLISH = "publish", "Publish"
        SCHEDULE = "schedule", "Schedule"
        WITHDRAW = "withdraw", "Withdraw"
        TAG = "tag", "Tag"
        ASSIGN = "assign", "Assign the review"
        TRASH = "trash", "Move to the trash"
        PUT_BACK = "put-back", "Put back from the trash"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Under way"
        STOPPED = "stopped", "Stopped"
        DONE = "done", "Done"

    action = models.CharField(max_length=10, choices=Action)
    options = models.JSONField(default=dict, help_text="What was chosen beside, as plain data.")
    title = models.CharField("what", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="bulk_jobs",
        db_index=False,
        help_text="Who asked; each row is done with their rights.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, db_index=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    turn = models.UUIDField(null=True, help_text="The job of the queue that works on it, or is to.")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    objects = BulkJobQuerySet.as_manager()

    class Meta:
        verbose_name = "job"
        ordering = ["-created_at", "id"]
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["-created_at", "id"], name="bulk_job_newest"),
            models.Index(fields=["by", "-created_at", "id"], name="bulk_job_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def counted(self) -> int:
        """Rows with an outcome, as of the last count."""
        return self.done + self.skipped + self.refused


class BulkItemQuerySet(models.QuerySet["BulkItem"]):
    def waiting(self) -> Self:
        return self.filter(outcome=BulkItem.Outcome.WAITING)

    def counts(self, job: UUID) -> dict[str, int]:
        """How many rows of a job came to which outcome."""
        found = self.filter(job=job).order_by().values_list("outcome").annotate(Count("id"))
        return dict.fromkeys(BulkItem.Outcome.values, 0) | dict(found)


class BulkItem(models.Model):
    """An article among those of a job, and what came of it. It is named, as it may be gone one day."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        SKIPPED = "skipped", "Was so already"
        REFUSED = "refused", "Refused"

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveIntegerField()
    article = models.UUIDField("identifier of the article")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(null=True, help_text="The newest one's number, as it was chosen.")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    message = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = BulkItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["job", "position"], name="bulk_item_has_a_place")]
        indexes = [models.Index(fields=["job", "outcome", "position"], name="bulk_item_outcomes")]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_outcome_display()}"
