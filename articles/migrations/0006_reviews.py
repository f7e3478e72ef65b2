"""The way through review."""

import uuid

from django.conf import settings
from django.db import migrations, models

from articles.new_tables import CreateModels

REVIEW = migrations.CreateModel(
    name="Review",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "state",
            models.CharField(
                choices=[
                    ("in-review", "In review"),
                    ("changes-requested", "Changes requested"),
                    ("approved", "Approved"),
                    ("lapsed", "Approved, edited since"),
                    ("ended", "Ended"),
                ],
                default="in-review",
                max_length=20,
            ),
        ),
        ("version", models.PositiveIntegerField(default=1, help_text="Counts what was decided about it.")),
        ("submitted_at", models.DateTimeField()),
        ("note", models.TextField(blank=True, help_text="What was said when it was submitted.")),
        ("due_on", models.DateField(blank=True, null=True)),
        ("decided_at", models.DateTimeField(blank=True, null=True)),
        ("decision_note", models.TextField(blank=True)),
        ("ended_at", models.DateTimeField(blank=True, null=True)),
        (
            "approved_revision",
            models.ForeignKey(
                blank=True,
                help_text="What was approved last; only what says nothing else is published.",
                null=True,
                on_delete=models.CASCADE,
                related_name="approvals",
                to="articles.revision",
            ),
        ),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="reviews", to="articles.article"),
        ),
        (
            "assignee",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Empty: whoever may.",
                null=True,
                on_delete=models.SET_NULL,
                related_name="reviews",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "decided_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "revision",
            models.ForeignKey(
                db_index=False,
                help_text="What was submitted last.",
                on_delete=models.CASCADE,
                related_name="+",
                to="articles.revision",
            ),
        ),
        (
            "submitted_by",
            models.ForeignKey(
                null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ],
    options={
        "ordering": ["-submitted_at", "-id"],
        "indexes": [
            models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["state", "article"],
                name="review_open_in_state",
            ),
            models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["assignee", "state", "article"],
                name="review_open_of_person",
            ),
        ],
        "constraints": [
            models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("article",),
                name="review_open_once_for_article",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="review_ended_at_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "lapsed")), _negated=True),
                    ("approved_revision__isnull", False),
                    _connector="OR",
                ),
                name="review_approves_a_revision",
            ),
        ],
    },
)
REVIEW_NOTE = migrations.CreateModel(
    name="ReviewNote",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "place",
            models.CharField(
                blank=True,
                help_text="Names and row ids, joined by slashes. Empty: the article as a whole.",
                max_length=200,
            ),
        ),
        (
            "about",
            models.CharField(
                blank=True, help_text="The place in words, as it was when this was written.", max_length=300
            ),
        ),
        ("revision", models.PositiveIntegerField(help_text="The number of what it was said of.")),
        ("text", models.TextField()),
        ("written_at", models.DateTimeField()),
        ("resolved_at", models.DateTimeField(blank=True, null=True)),
        (
            "answers_to",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.CASCADE,
                related_name="answers",
                to="articles.reviewnote",
            ),
        ),
        (
            "author",
            models.ForeignKey(
                null=True, on_delete=models.SET_NULL, related_name="review_notes", to=settings.AUTH_USER_MODEL
            ),
        ),
        (
            "resolved_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "review",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="notes", to="articles.review"
            ),
        ),
    ],
    options={
        "ordering": ["written_at", "id"],
        "indexes": [models.Index(fields=["review", "written_at", "id"], name="review_note_of_review")],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(
                    ("answers_to", None), models.Q(("place", ""), ("resolved_at", None)), _connector="OR"
                ),
                name="review_note_answers_are_bare",
            )
        ],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0021_drafts_may_lack_a_disclosure")]
    dependencies = [
        ("articles", "0005_trail_and_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [CreateModels(REVIEW, REVIEW_NOTE)]
