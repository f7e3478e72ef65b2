"""Workers, what recurs, and jobs over many articles."""

import uuid

from django.conf import settings
from django.db import migrations, models

from articles.new_tables import CreateModels

WORKER = migrations.CreateModel(
    name="Worker",
    fields=[
        ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
        ("began_at", models.DateTimeField()),
        ("heard_at", models.DateTimeField(db_index=True)),
        ("job", models.UUIDField(help_text="What it does now; in the queue's own table.", null=True)),
    ],
    options={
        "default_permissions": (),
    },
)
DUTY = migrations.CreateModel(
    name="Duty",
    fields=[
        ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
        ("next_at", models.DateTimeField()),
        ("began_at", models.DateTimeField(null=True)),
        ("job", models.UUIDField(null=True)),
    ],
    options={
        "verbose_name_plural": "duties",
        "default_permissions": (),
    },
)
BULK_JOB = migrations.CreateModel(
    name="BulkJob",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "action",
            models.CharField(
                choices=[
                    ("publish", "Publish"),
                    ("schedule", "Schedule"),
                    ("withdraw", "Withdraw"),
                    ("tag", "Tag"),
                    ("assign", "Assign the review"),
                    ("trash", "Move to the trash"),
                    ("put-back", "Put back from the trash"),
                ],
                max_length=10,
            ),
        ),
        ("options", models.JSONField(default=dict, help_text="What was chosen beside, as plain data.")),
        ("title", models.CharField(max_length=300, verbose_name="what")),
        (
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("running", "Under way"),
                    ("stopped", "Stopped"),
                    ("done", "Done"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        ("created_at", models.DateTimeField()),
        ("began_at", models.DateTimeField(null=True)),
        ("ended_at", models.DateTimeField(db_index=True, null=True)),
        ("turn", models.UUIDField(help_text="The job of the queue that works on it, or is to.", null=True)),
        ("total", models.PositiveIntegerField()),
        ("done", models.PositiveIntegerField(default=0)),
        ("skipped", models.PositiveIntegerField(default=0)),
        ("refused", models.PositiveIntegerField(default=0)),
        (
            "by",
            models.ForeignKey(
                db_index=False,
                help_text="Who asked; each row is done with their rights.",
                null=True,
                on_delete=models.SET_NULL,
                related_name="bulk_jobs",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "stopped_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "verbose_name": "job",
        "ordering": ["-created_at", "id"],
        "default_permissions": ("view", "change"),
        "indexes": [
            models.Index(fields=["-created_at", "id"], name="bulk_job_newest"),
            models.Index(fields=["by", "-created_at", "id"], name="bulk_job_of_person"),
        ],
    },
)
BULK_ITEM = migrations.CreateModel(
    name="BulkItem",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("position", models.PositiveIntegerField()),
        ("article", models.UUIDField(verbose_name="identifier of the article")),
        ("kind", models.CharField(max_length=20)),
        ("title", models.CharField(max_length=200)),
        (
            "revision",
            models.PositiveIntegerField(help_text="The newest one's number, as it was chosen.", null=True),
        ),
        (
            "outcome",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("done", "Done"),
                    ("skipped", "Was so already"),
                    ("refused", "Refused"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        ("message", models.TextField(blank=True)),
        ("ended_at", models.DateTimeField(null=True)),
        (
            "job",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="items", to="articles.bulkjob"
            ),
        ),
    ],
    options={
        "ordering": ["position"],
        "default_permissions": (),
        "indexes": [models.Index(fields=["job", "outcome", "position"], name="bulk_item_outcomes")],
        "constraints": [models.UniqueConstraint(fields=("job", "position"), name="bulk_item_has_a_place")],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0024_replies_are_looked_after")]
    dependencies = [
        ("articles", "0008_external_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [CreateModels(WORKER, DUTY, BULK_JOB, BULK_ITEM)]
