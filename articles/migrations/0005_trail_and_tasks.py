"""Who decided what, and what people are asked to do."""

import uuid

from django.conf import settings
from django.db import migrations, models

from articles.new_tables import CreateModels

EVENT = migrations.CreateModel(
    name="Event",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("at", models.DateTimeField()),
        (
            "action",
            models.CharField(
                choices=[
                    ("submitted", "Submitted for review"),
                    ("assigned", "Assigned"),
                    ("changes-requested", "Requested changes"),
                    ("approved", "Approved"),
                    ("recalled", "Taken back from review"),
                    ("lapsed", "Approval ended, as it was edited"),
                    ("noted", "Wrote a note in review"),
                    ("answered", "Answered a note"),
                    ("resolved", "Resolved a note"),
                    ("reopened", "Reopened a note"),
                    ("facts-checked", "Checked the facts"),
                    ("tagged", "Tagged"),
                    ("link-replaced", "Replaced an address"),
                    ("reply-approved", "Approved a reply"),
                    ("reply-rejected", "Rejected a reply"),
                    ("reply-spam", "Took a reply to be spam"),
                    ("reply-held", "Put a reply back to wait"),
                    ("reply-changed", "Changed the words of a reply"),
                    ("reply-used", "Made something of a reply"),
                    ("reply-deleted", "Deleted a reply"),
                    ("replies-erased", "Erased somebody's replies"),
                    ("writer-banned", "Banned the writer of a reply"),
                    ("published", "Published"),
                    ("scheduled", "Scheduled"),
                    ("cancelled", "Cancelled what was scheduled"),
                    ("withdrawn", "Withdrawn"),
                    ("restored", "Restored an older revision"),
                    ("trashed", "Moved to the trash"),
                    ("put-back", "Put back from the trash"),
                    ("purged", "Removed for good"),
                ],
                max_length=30,
            ),
        ),
        ("article", models.UUIDField(verbose_name="identifier of the article")),
        ("kind", models.CharField(max_length=20)),
        ("title", models.CharField(max_length=200)),
        ("revision", models.PositiveIntegerField(blank=True, help_text="Its number.", null=True)),
        (
            "who",
            models.CharField(
                blank=True, help_text="The login's name; empty: nobody logged in.", max_length=150
            ),
        ),
        ("who_id", models.BigIntegerField(blank=True, null=True, verbose_name="identifier of the login")),
        (
            "channel",
            models.CharField(
                choices=[
                    ("desk", "The editors' desk"),
                    ("api", "The API"),
                    ("command", "A command"),
                    ("job", "A background job"),
                    ("reader", "A reader's page"),
                ],
                max_length=10,
                verbose_name="from where",
            ),
        ),
        ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="network address")),
        ("detail", models.TextField(blank=True, help_text="What else was said or chosen.")),
    ],
    options={
        "ordering": ["-at", "-id"],
        "indexes": [
            models.Index(fields=["article", "-at", "-id"], name="event_of_article"),
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["who_id", "-at", "-id"], name="event_of_person"),
            models.Index(fields=["who", "-at", "-id"], name="event_of_name"),
            models.Index(fields=["action", "-at", "-id"], name="event_of_action"),
            models.Index(fields=["kind", "-at", "-id"], name="event_of_kind"),
        ],
        "verbose_name_plural": "events (the trail)",
    },
)
TASK = migrations.CreateModel(
    name="Task",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "reason",
            models.CharField(
                choices=[
                    ("review", "Decide on what was submitted"),
                    ("changes", "Make the changes that were requested"),
                    ("fact-changed", "A fact has changed that its own words mention"),
                    ("late", "What is scheduled no longer passes its checks"),
                    ("reply", "A reader says something about it"),
                ],
                max_length=20,
            ),
        ),
        ("text", models.TextField(blank=True, help_text="What is to be done, and why.")),
        (
            "place",
            models.CharField(
                blank=True,
                help_text="Where in the document: names and row ids, joined by slashes.",
                max_length=200,
            ),
        ),
        ("due_on", models.DateField(blank=True, null=True)),
        ("created_at", models.DateTimeField()),
        ("done_at", models.DateTimeField(blank=True, null=True)),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="tasks", to="articles.article"
            ),
        ),
        (
            "assignee",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Empty: whoever may.",
                null=True,
                on_delete=models.SET_NULL,
                related_name="tasks",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "created_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "done_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "about",
            models.UUIDField(
                blank=True,
                editable=False,
                help_text="What of another article is the reason: a row's id.",
                null=True,
            ),
        ),
        (
            "asked_by",
            models.ManyToManyField(
                editable=False,
                help_text="What was published or scheduled and is the reason: without any of it there is none.",
                related_name="asked_for",
                to="articles.publication",
            ),
        ),
        (
            "moot",
            models.CharField(
                blank=True,
                editable=False,
                help_text="Why it ended without being done: what it was asked for is not so any more.",
                max_length=300,
            ),
        ),
    ],
    options={
        "ordering": ["due_on", "created_at", "id"],
        "indexes": [
            models.Index(fields=["article", "done_at"], name="task_of_article"),
            models.Index(
                condition=models.Q(("done_at", None)),
                fields=["assignee", "due_on", "created_at", "id"],
                name="task_open_of_person",
            ),
            models.Index(
                condition=models.Q(("done_at", None)), fields=["due_on", "created_at", "id"], name="task_open"
            ),
        ],
        "constraints": [
            models.UniqueConstraint(
                condition=models.Q(("about__isnull", False), ("done_at", None)),
                fields=("article", "reason", "about"),
                name="task_open_once_about_a_row",
            )
        ],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0020_search_by_language")]
    dependencies = [
        ("articles", "0004_open_forms_and_previews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [CreateModels(EVENT, TASK)]
