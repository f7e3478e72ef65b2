"""Forms that are open on the editors' desk, and links to what is not live."""

import uuid

from django.conf import settings
from django.db import migrations, models

from articles.new_tables import CreateModels

DESK_SETTINGS = migrations.CreateModel(
    name="DeskSettings",
    fields=[
        (
            "user",
            models.OneToOneField(
                on_delete=models.CASCADE,
                primary_key=True,
                related_name="desk_settings",
                serialize=False,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        ("autosave", models.BooleanField(default=True)),
    ],
    options={
        "verbose_name_plural": "desk settings",
    },
)
OPEN_FORM = migrations.CreateModel(
    name="OpenForm",
    fields=[
        (
            "id",
            models.UUIDField(
                default=uuid.uuid4, help_text="Sent back with the form.", primary_key=True, serialize=False
            ),
        ),
        ("since", models.DateTimeField()),
        ("seen_at", models.DateTimeField(db_index=True, help_text="When it was last heard of.")),
        (
            "saved",
            models.PositiveIntegerField(
                default=0, help_text="The number of the revision last saved from it."
            ),
        ),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="open_forms", to="articles.article"),
        ),
        ("user", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
    ],
    options={
        "ordering": ["since", "id"],
    },
)
UNSAVED_WORK = migrations.CreateModel(
    name="UnsavedWork",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("kind", models.CharField(max_length=20)),
        ("fields", models.JSONField(help_text="What the form's fields held, as lists of texts by name.")),
        ("saved_at", models.DateTimeField()),
        (
            "article",
            models.ForeignKey(
                help_text="None where a new one is being written.",
                null=True,
                on_delete=models.CASCADE,
                related_name="unsaved_work",
                to="articles.article",
            ),
        ),
        (
            "user",
            models.ForeignKey(
                db_index=False,
                on_delete=models.CASCADE,
                related_name="unsaved_work",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "verbose_name_plural": "unsaved work",
        "constraints": [
            models.UniqueConstraint(
                condition=models.Q(("article__isnull", False)),
                fields=("user", "article"),
                name="unsaved_work_once_per_article",
            ),
            models.UniqueConstraint(
                condition=models.Q(("article__isnull", True)),
                fields=("user", "kind"),
                name="unsaved_work_once_per_new",
            ),
        ],
    },
)
PREVIEW_LINK = migrations.CreateModel(
    name="PreviewLink",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "note",
            models.CharField(blank=True, help_text="Whom it is for.", max_length=200, verbose_name="for"),
        ),
        ("created_at", models.DateTimeField()),
        ("expires_at", models.DateTimeField()),
        ("revoked_at", models.DateTimeField(blank=True, null=True)),
        (
            "beside",
            models.ManyToManyField(
                blank=True,
                help_text="Revisions of articles that it needs and that were not live when the link was made.",
                related_name="+",
                to="articles.revision",
            ),
        ),
        (
            "created_by",
            models.ForeignKey(
                null=True,
                on_delete=models.SET_NULL,
                related_name="preview_links",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "revision",
            models.ForeignKey(on_delete=models.PROTECT, related_name="preview_links", to="articles.revision"),
        ),
        (
            "revoked_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "ordering": ["-created_at", "id"],
        "indexes": [models.Index(fields=["-created_at", "id"], name="preview_link_newest")],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="preview_link_expires_after_creation",
            )
        ],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0019_follow_ups_end_with_their_reason")]
    dependencies = [
        ("articles", "0003_publications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [CreateModels(DESK_SETTINGS, OPEN_FORM, UNSAVED_WORK, PREVIEW_LINK)]
