from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

LEASE = timedelta(seconds=30)  # without a word from it, a worker counts as gone


class WorkerQuerySet(models.QuerySet["Worker"]):
    """By the clock of the database, which all workers share."""

    def at_work(self) -> Self:
        return self.filter(heard_at__gte=_lapse())

    def gone(self) -> Self:
        return self.filter(heard_at__lt=_lapse())


def _lapse() -> Any:
    return Now() - LEASE


class Worker(models.Model):
    """A process that does jobs, one at a time. It is heard of every few seconds for as long as it lives."""

    id = models.CharField(primary_key=True, max_length=64)
    began_at = models.DateTimeField()
    heard_at = models.DateTimeField(db_index=True)
    job = models.UUIDField(null=True, help_text="What it does now; in the queue's own table.")

    objects = WorkerQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.id


class Duty(models.Model):
    """When something that recurs (see `duties`) is done next, and the job that did it last."""

    name = models.CharField(primary_key=True, max_length=100)
    next_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    job = models.UUIDField(null=True)

    class Meta:
        verbose_name_plural = "duties"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
