"""Replies: what was decided of them and sent about them, bans, disallowed words, followers.

SQLite makes the table of comments anew, which loses the triggers of its words (0007); they are made again.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

words = import_module("articles.migrations.0007_search_by_words")


def triggers(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for statement in words.numbered(*words.COMMENT):
        if statement.startswith("CREATE TRIGGER "):
            statement = statement.replace("CREATE TRIGGER ", "CREATE TRIGGER IF NOT EXISTS ", 1)
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_group_of_a_translation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, triggers),
        migrations.CreateModel(
            name="Ban",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(blank=True, help_text="In small letters.", max_length=254)),
                (
                    "address_hash",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="sender"),
                ),
                (
                    "reason",
                    models.CharField(help_text="For moderators; the writer is not told.", max_length=300),
                ),
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
            ],
            options={
                "ordering": ["-created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DisallowedWord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
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
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="announced_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When followers were told of it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="confirmed_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When its writer followed the link that was sent to the e-mail address.",
                null=True,
                verbose_name="address confirmed",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="digest",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="By which a second one of the same is known.",
                max_length=64,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="edited_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="held_for",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Why it is never let through by itself.",
                max_length=300,
                verbose_name="speaks against it",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="place",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="What of the article it is about: names and row ids, joined by slashes.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="told_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When moderators were told of it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="verdict",
            field=models.CharField(
                blank=True,
                choices=[("", "Not asked"), ("ham", "No spam"), ("spam", "Spam")],
                default="",
                editable=False,
                max_length=4,
                verbose_name="Akismet",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="address_hash",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="A keyed hash of its sender's network address, for 30 days.",
                max_length=64,
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="status",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="event",
            name="action",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["email", "-created_at"], name="comment_by_email"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                fields=("article", "digest"),
                name="comment_once_on_article",
            ),
        ),
        migrations.AddField(
            model_name="ban",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followers",
                to="articles.article",
            ),
        ),
        migrations.AddIndex(
            model_name="ban",
            index=models.Index(fields=["email"], name="ban_by_email"),
        ),
        migrations.AddIndex(
            model_name="ban",
            index=models.Index(fields=["address_hash"], name="ban_by_sender"),
        ),
        migrations.AddIndex(
            model_name="ban",
            index=models.Index(fields=["-created_at", "id"], name="ban_newest"),
        ),
        migrations.AddConstraint(
            model_name="ban",
            constraint=models.CheckConstraint(
                condition=models.Q(("address_hash", ""), ("email", ""), _negated=True), name="ban_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="ban",
            constraint=models.CheckConstraint(
                condition=models.Q(("address_hash", ""), ("ends_at__isnull", False), _connector="OR"),
                name="ban_of_sender_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="follower",
            index=models.Index(fields=["email"], name="follower_by_email"),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(fields=("article", "email"), name="follower_once"),
        ),
        migrations.RunPython(triggers, migrations.RunPython.noop),
    ]
