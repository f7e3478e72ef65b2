"""What the checks find in drafts."""

from django.db import migrations, models

from articles.new_tables import CreateModels

FINDING = migrations.CreateModel(
    name="Finding",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("kind", models.CharField(max_length=20)),
        (
            "gravity",
            models.PositiveSmallIntegerField(
                choices=[(1, "Stops publication"), (2, "Worth a look"), (3, "Good to know")],
                verbose_name="level",
            ),
        ),
        ("check_name", models.CharField(max_length=30, verbose_name="check")),
        ("message", models.TextField()),
        (
            "place",
            models.CharField(
                blank=True,
                help_text="Where in the document: names and row ids, joined by slashes.",
                max_length=400,
            ),
        ),
        ("since", models.DateTimeField(blank=True, help_text="When it begins to hold.", null=True)),
        ("until", models.DateTimeField(blank=True, help_text="When it ceases to hold.", null=True)),
        ("target", models.UUIDField(blank=True, help_text="The article that a link leads to.", null=True)),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="findings", to="articles.article"
            ),
        ),
        (
            "publication",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.CASCADE,
                related_name="findings",
                to="articles.publication",
            ),
        ),
        ("differs", models.BooleanField(editable=False, null=True)),
        ("last_begins_at", models.DateTimeField(editable=False, null=True)),
        ("last_ends_at", models.DateTimeField(editable=False, null=True)),
    ],
    options={
        "verbose_name_plural": "findings of the checks",
        "ordering": ["gravity", "-id"],
        "indexes": [
            models.Index(fields=["gravity", "-id"], name="finding_list"),
            models.Index(fields=["check_name", "gravity", "-id"], name="finding_of_check"),
            models.Index(fields=["kind", "gravity", "-id"], name="finding_of_kind"),
            models.Index(fields=["article", "gravity", "-id"], name="finding_of_article"),
            models.Index(
                condition=models.Q(("target__isnull", False)), fields=["target"], name="finding_of_target"
            ),
            models.Index(
                condition=models.Q(("last_begins_at", None)),
                fields=["gravity", "-id"],
                name="finding_of_draft",
            ),
            models.Index(
                condition=models.Q(("differs", True)), fields=["gravity", "-id"], name="finding_of_changed"
            ),
            models.Index(
                condition=models.Q(("last_begins_at__isnull", False)),
                fields=["last_begins_at"],
                name="finding_coming",
            ),
            models.Index(
                condition=models.Q(("last_ends_at__isnull", False)),
                fields=["last_ends_at"],
                name="finding_ending",
            ),
        ],
    },
)
DRAFT_LINK = migrations.CreateModel(
    name="DraftLink",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("target", models.UUIDField(db_index=True)),
        ("place", models.CharField(max_length=400)),
        ("words", models.CharField(max_length=200)),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="draft_links", to="articles.article"),
        ),
    ],
)
LATE_WARNING = migrations.CreateModel(
    name="LateWarning",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("found_at", models.DateTimeField()),
        (
            "publication",
            models.OneToOneField(
                on_delete=models.CASCADE, related_name="late_warning", to="articles.publication"
            ),
        ),
        (
            "task",
            models.OneToOneField(
                null=True, on_delete=models.SET_NULL, related_name="late_warning", to="articles.task"
            ),
        ),
    ],
)


class Migration(migrations.Migration):
    replaces = [("articles", "0022_translations")]
    dependencies = [("articles", "0006_reviews")]
    operations = [CreateModels(FINDING, DRAFT_LINK, LATE_WARNING)]
