"""Replies of readers, who follows them, and whom and what they do without."""

import uuid

from django.conf import settings
from django.core import validators
from django.db import migrations, models

from articles.new_tables import CreateModels

COMMENT = migrations.CreateModel(
    name="Comment",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("name", models.CharField(max_length=80)),
        ("email", models.EmailField(blank=True, max_length=254)),
        ("text", models.TextField(validators=[validators.MaxLengthValidator(5000)])),
        (
            "status",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("approved", "Approved"),
                    ("rejected", "Rejected"),
                    ("spam", "Spam"),
                    ("withdrawn", "Withdrawn by its writer"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        (
            "address_hash",
            models.CharField(
                blank=True,
                editable=False,
                help_text="A keyed hash of its sender's network address, for 30 days.",
                max_length=64,
            ),
        ),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="comments", to="articles.article"
            ),
        ),
        (
            "parent",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.CASCADE, related_name="replies", to="articles.comment"
            ),
        ),
        (
            "announced_at",
            models.DateTimeField(
                blank=True, editable=False, help_text="When followers were told of it.", null=True
            ),
        ),
        (
            "confirmed_at",
            models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When its writer followed the link that was sent to the e-mail address.",
                null=True,
                verbose_name="address confirmed",
            ),
        ),
        (
            "digest",
            models.CharField(
                blank=True,
                editable=False,
                help_text="By which a second one of the same is known.",
                max_length=64,
            ),
        ),
        ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
        (
            "held_for",
            models.CharField(
                blank=True,
                editable=False,
                help_text="Why it is never let through by itself.",
                max_length=300,
                verbose_name="speaks against it",
            ),
        ),
        (
            "place",
            models.CharField(
                blank=True,
                editable=False,
                help_text="What of the article it is about: names and row ids, joined by slashes.",
                max_length=200,
            ),
        ),
        (
            "told_at",
            models.DateTimeField(
                blank=True, editable=False, help_text="When moderators were told of it.", null=True
            ),
        ),
        (
            "verdict",
            models.CharField(
                blank=True,
                choices=[("", "Not asked"), ("ham", "No spam"), ("spam", "Spam")],
                default="",
                editable=False,
                max_length=4,
                verbose_name="Akismet",
            ),
        ),
    ],
    options={
        "ordering": ["created_at", "id"],
        "indexes": [
            models.Index(fields=["article", "status", "created_at"], name="comment_on_article"),
            models.Index(fields=["status", "-created_at"], name="comment_queue"),
            models.Index(fields=["address_hash", "-created_at"], name="comment_by_sender"),
            models.Index(fields=["-created_at", "id"], name="comment_newest"),
            models.Index(fields=["email", "-created_at"], name="comment_by_email"),
        ],
        "constraints": [
            models.UniqueConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                fields=("article", "digest"),
                name="comment_once_on_article",
            )
        ],
    },
)
BAN = migrations.CreateModel(
    name="Ban",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("email", models.EmailField(blank=True, help_text="In small letters.", max_length=254)),
        ("address_hash", models.CharField(blank=True, editable=False, max_length=64, verbose_name="sender")),
        ("reason", models.CharField(help_text="For moderators; the writer is not told.", max_length=300)),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        (
            "ends_at",
            models.DateTimeField(
                blank=True,
                help_text="Empty: it has no end. One by network address has one.",
                null=True,
                verbose_name="ends",
            ),
        ),
        (
            "created_by",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "ordering": ["-created_at", "id"],
        "indexes": [
            models.Index(fields=["email"], name="ban_by_email"),
            models.Index(fields=["address_hash"], name="ban_by_sender"),
            models.Index(fields=["-created_at", "id"], name="ban_newest"),
        ],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(("address_hash", ""), ("email", ""), _negated=True), name="ban_of_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(("address_hash", ""), ("ends_at__isnull", False), _connector="OR"),
                name="ban_of_sender_ends",
            ),
        ],
    },
)
DISALLOWED_WORD = migrations.CreateModel(
    name="DisallowedWord",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "words",
            models.CharField(
                help_text="Capitals, accents and signs make no difference. It is found as a whole word only.",
                max_length=100,
                unique=True,
            ),
        ),
        (
            "effect",
            models.CharField(
                choices=[
                    ("hold", "Hold the reply until a moderator has read it"),
                    ("refuse", "Refuse it, and tell its writer which word it is"),
                ],
                default="hold",
                max_length=10,
            ),
        ),
    ],
    options={
        "ordering": ["words"],
    },
)
FOLLOWER = migrations.CreateModel(
    name="Follower",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("email", models.EmailField(max_length=254)),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="followers", to="articles.article"
            ),
        ),
    ],
    options={
        "ordering": ["created_at", "id"],
        "indexes": [models.Index(fields=["email"], name="follower_by_email")],
        "constraints": [models.UniqueConstraint(fields=("article", "email"), name="follower_once")],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0025_events_of_readers")]
    dependencies = [("articles", "0009_jobs"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [CreateModels(COMMENT, BAN, DISALLOWED_WORD, FOLLOWER)]
