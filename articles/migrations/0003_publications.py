"""What readers get: revisions, and the periods in which they are live."""

from django.conf import settings
from django.db import migrations, models

from articles.new_tables import CreateModels

REVISION = migrations.CreateModel(
    name="Revision",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("number", models.PositiveIntegerField()),
        ("created_at", models.DateTimeField()),
        ("note", models.CharField(blank=True, max_length=300)),
        ("text", models.TextField(help_text="The document as canonical JSON.")),
        ("digest", models.CharField(help_text="SHA-256 of the text.", max_length=64)),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.PROTECT, related_name="revisions", to="articles.article"
            ),
        ),
        (
            "author",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="revisions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "ordering": ["-number"],
        "indexes": [
            models.Index(fields=["-created_at", "-id"], name="revision_newest"),
            models.Index(fields=["author", "-id"], name="revision_newest_of_person"),
        ],
        "constraints": [
            models.UniqueConstraint(fields=("article", "number"), name="revision_number_unique_in_article")
        ],
    },
)
PUBLICATION = migrations.CreateModel(
    name="Publication",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("starts_at", models.DateTimeField()),
        ("until", models.DateTimeField(blank=True, null=True)),
        ("ends_at", models.DateTimeField(blank=True, null=True)),
        ("first_published_at", models.DateTimeField(help_text="When the article first went live.")),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        (
            "override",
            models.TextField(
                blank=True, help_text="Why it was published although something spoke against it."
            ),
        ),
        ("kind", models.CharField(max_length=20)),
        ("slug", models.CharField(max_length=200)),
        ("language", models.CharField(max_length=10)),
        ("title", models.CharField(max_length=200)),
        ("summary", models.TextField(blank=True)),
        ("search_text", models.TextField(blank=True)),
        ("listed", models.BooleanField(default=True)),
        ("card", models.TextField(default="{}", help_text="What lists say to programs, as JSON.")),
        ("card_html", models.TextField(blank=True, help_text="What lists show to readers.")),
        ("page", models.TextField(blank=True, help_text="Parts of its own page (see `rendering`).")),
        ("fragments", models.TextField(blank=True, help_text="Parts that other pages show of it.")),
        (
            "rendered_with",
            models.CharField(blank=True, help_text="The templates it was rendered with.", max_length=16),
        ),
        (
            "article",
            models.ForeignKey(
                db_index=False, on_delete=models.PROTECT, related_name="publications", to="articles.article"
            ),
        ),
        (
            "by",
            models.ForeignKey(
                null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        (
            "ended_by",
            models.ForeignKey(
                null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        (
            "revision",
            models.ForeignKey(on_delete=models.PROTECT, related_name="publications", to="articles.revision"),
        ),
    ],
    options={
        "ordering": ["-starts_at", "-id"],
        "indexes": [
            models.Index(fields=["kind", "slug", "-starts_at"], name="publication_address"),
            models.Index(fields=["article", "-starts_at"], name="publication_periods"),
            models.Index(fields=["kind", "-first_published_at", "-id"], name="publication_newest"),
            models.Index(
                condition=models.Q(("listed", True)),
                fields=["-first_published_at", "-id"],
                name="publication_newest_listed",
            ),
            models.Index(
                condition=models.Q(("until", models.F("ends_at"))),
                fields=["ends_at"],
                name="publication_ended",
            ),
            models.Index(fields=["-starts_at", "-id"], name="publication_latest"),
            models.Index(fields=["kind", "-starts_at", "-id"], name="publication_latest_of_kind"),
            models.Index(fields=["language", "-starts_at", "-id"], name="publication_latest_in"),
        ],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                ),
                name="publication_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("ends_at__lte", models.F("until")), _connector="OR"
                ),
                name="publication_ends_by_until",
            ),
        ],
    },
)
FACET = migrations.CreateModel(
    name="Facet",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("name", models.CharField(max_length=20)),
        ("target", models.UUIDField()),
        ("slug", models.CharField(max_length=200)),
        ("label", models.CharField(max_length=200)),
        (
            "required",
            models.BooleanField(
                default=False, help_text="The target is an article that must be live as well."
            ),
        ),
        (
            "publication",
            models.ForeignKey(
                db_index=False, on_delete=models.CASCADE, related_name="facets", to="articles.publication"
            ),
        ),
    ],
    options={
        "indexes": [
            models.Index(fields=["target", "name", "publication"], name="facet_target"),
            models.Index(fields=["name", "slug"], name="facet_slug"),
        ],
        "constraints": [
            models.UniqueConstraint(
                fields=("publication", "name", "target"), name="facet_once_in_publication"
            )
        ],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0018_where_findings_stand")]
    dependencies = [
        ("articles", "0002_parts_of_articles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [CreateModels(REVISION, PUBLICATION, FACET)]
