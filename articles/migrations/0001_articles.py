"""Articles, what they share, and how long their facts count as checked."""

import uuid

from django.conf import settings
from django.core import validators
from django.db import migrations, models

from articles.new_tables import CreateModels

TAG = migrations.CreateModel(
    name="Tag",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("name", models.CharField(max_length=80, unique=True)),
        ("slug", models.SlugField(max_length=80, unique=True)),
        ("description", models.CharField(blank=True, max_length=300)),
    ],
    options={
        "ordering": ["name", "id"],
    },
)
AUTHOR = migrations.CreateModel(
    name="Author",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("name", models.CharField(max_length=120)),
        ("slug", models.SlugField(max_length=120, unique=True)),
        (
            "expertise",
            models.CharField(blank=True, help_text="What they know about, in a few words.", max_length=200),
        ),
        ("bio", models.TextField(blank=True)),
        (
            "user",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="author",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ],
    options={
        "ordering": ["name", "id"],
    },
)
IMAGE = migrations.CreateModel(
    name="Image",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        (
            "file",
            models.ImageField(
                height_field="height",
                upload_to="images/%Y/%m",
                validators=[validators.FileExtensionValidator(["jpg", "jpeg", "png", "webp", "avif"])],
                width_field="width",
            ),
        ),
        ("width", models.PositiveIntegerField(default=0, editable=False)),
        ("height", models.PositiveIntegerField(default=0, editable=False)),
        (
            "alt",
            models.CharField(
                blank=True,
                help_text="What the picture shows, for those who can't see it.",
                max_length=300,
                verbose_name="alternative text",
            ),
        ),
        (
            "decorative",
            models.BooleanField(default=False, help_text="It adds nothing that the words don't say."),
        ),
        ("credit", models.CharField(blank=True, max_length=200)),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        (
            "focal_x",
            models.PositiveSmallIntegerField(
                default=50,
                help_text="In per cent of the width. What lies there stays in sight where the picture is cropped.",
                validators=[validators.MaxValueValidator(100)],
                verbose_name="focal point from the left",
            ),
        ),
        (
            "focal_y",
            models.PositiveSmallIntegerField(
                default=50,
                help_text="In per cent of the height.",
                validators=[validators.MaxValueValidator(100)],
                verbose_name="focal point from the top",
            ),
        ),
        (
            "renditions",
            models.JSONField(
                default=list,
                editable=False,
                help_text="Widths in pixels in which it was stored as WebP and AVIF.",
            ),
        ),
    ],
    options={
        "ordering": ["-created_at", "id"],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alt", ""), ("decorative", True)),
                    models.Q(("decorative", False), models.Q(("alt", ""), _negated=True)),
                    _connector="OR",
                ),
                name="image_alt_or_decorative",
            ),
            models.CheckConstraint(
                condition=models.Q(("focal_x__lte", 100), ("focal_y__lte", 100)),
                name="image_focal_point_within",
            ),
        ],
        "indexes": [models.Index(fields=["-created_at", "id"], name="image_newest")],
    },
)
ARTICLE = migrations.CreateModel(
    name="Article",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("kind", models.CharField(default="article", editable=False, max_length=20)),
        ("title", models.CharField(max_length=200)),
        (
            "slug",
            models.SlugField(
                help_text="The last part of the address. Readers of an old address are led to the new one.",
                max_length=200,
            ),
        ),
        (
            "summary",
            models.TextField(
                blank=True,
                help_text="One or two sentences for lists and search results, at most 300 characters.",
                validators=[validators.MaxLengthValidator(300)],
            ),
        ),
        (
            "language",
            models.CharField(choices=[("en", "English"), ("de", "German")], default="en", max_length=10),
        ),
        (
            "reviewed_on",
            models.DateField(blank=True, help_text="When the facts were last checked.", null=True),
        ),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
        (
            "reviewer",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.PROTECT,
                related_name="reviewed_articles",
                to="articles.author",
            ),
        ),
        (
            "authors",
            models.ManyToManyField(
                blank=True, related_name="articles", through="articles.Byline", to="articles.author"
            ),
        ),
        (
            "image",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.image"
            ),
        ),
        ("tags", models.ManyToManyField(blank=True, related_name="articles", to="articles.tag")),
        (
            "image_alt",
            models.CharField(
                blank=True,
                help_text="Leave empty where the image's own description fits.",
                max_length=300,
                verbose_name="what the image shows here",
            ),
        ),
        (
            "image_decorative",
            models.BooleanField(
                default=False, help_text="Beside these words it adds nothing.", verbose_name="decorative here"
            ),
        ),
        ("trashed_at", models.DateTimeField(blank=True, editable=False, null=True)),
        (
            "trashed_by",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        (
            "differs",
            models.BooleanField(
                editable=False,
                help_text="Whether the newest revision says something else than that.",
                null=True,
            ),
        ),
        (
            "last_begins_at",
            models.DateTimeField(
                editable=False, help_text="When its last period begins. None: it has none.", null=True
            ),
        ),
        (
            "last_ends_at",
            models.DateTimeField(editable=False, help_text="None where that has no end.", null=True),
        ),
        (
            "facts_due_on",
            models.DateField(
                editable=False, help_text="When its facts are to be checked again. None: never.", null=True
            ),
        ),
        (
            "translates",
            models.ForeignKey(
                blank=True,
                help_text="The article of the same kind that says the same in another language, and was there first.",
                null=True,
                on_delete=models.SET_NULL,
                related_name="translations",
                to="articles.article",
                verbose_name="translation of",
            ),
        ),
    ],
    options={
        "ordering": ["-updated_at", "id"],
        "permissions": [
            ("publish_article", "Can publish, schedule and withdraw articles"),
            ("override_gate", "Can publish although something speaks against it"),
            ("review_article", "Can approve and request changes"),
        ],
        "indexes": [
            models.Index(
                condition=models.Q(("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_list",
            ),
            models.Index(
                condition=models.Q(("trashed_at", None)), fields=["kind", "title"], name="article_titles"
            ),
            models.Index(
                condition=models.Q(("differs", None), ("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_drafts",
            ),
            models.Index(
                condition=models.Q(("differs", True), ("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_changed",
            ),
            models.Index(
                condition=models.Q(("last_ends_at__isnull", False), ("trashed_at", None)),
                fields=["kind", "-updated_at", "id"],
                name="article_ending",
            ),
            models.Index(
                condition=models.Q(("last_begins_at__isnull", False), ("trashed_at", None)),
                fields=["last_begins_at"],
                name="article_coming",
            ),
            models.Index(
                condition=models.Q(("trashed_at__isnull", False)),
                fields=["kind", "-updated_at", "id"],
                name="article_trash",
            ),
            models.Index(
                condition=models.Q(
                    ("trashed_at", None), models.Q(("differs", None), ("differs", True), _connector="OR")
                ),
                fields=["-updated_at", "id"],
                name="article_unfinished",
            ),
            models.Index(
                condition=models.Q(("trashed_at", None)),
                fields=["kind", "language", "-updated_at", "id"],
                name="article_list_in_language",
            ),
            models.Index(
                condition=models.Q(("facts_due_on__isnull", False), ("trashed_at", None)),
                fields=["facts_due_on", "id"],
                name="article_due",
            ),
            models.Index(
                condition=models.Q(("facts_due_on__isnull", False), ("trashed_at", None)),
                fields=["kind", "facts_due_on", "id"],
                name="article_due_of_kind",
            ),
        ],
        "constraints": [
            models.UniqueConstraint(fields=("kind", "slug"), name="article_slug_unique_in_kind"),
            models.CheckConstraint(
                condition=models.Q(("image_decorative", False), ("image_alt", ""), _connector="OR"),
                name="article_image_alt_or_decorative",
                violation_error_message="Describe the picture, or mark it as decorative; not both.",
            ),
        ],
    },
)
DUE = migrations.CreateModel(
    name="Due",
    fields=[],
    options={
        "verbose_name": "article due for review",
        "verbose_name_plural": "articles due for review",
        "proxy": True,
        "default_permissions": (),
    },
    bases=("articles.article",),
)
BYLINE = migrations.CreateModel(
    name="Byline",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("position", models.PositiveIntegerField(default=0)),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="bylines", to="articles.article"),
        ),
        ("author", models.ForeignKey(on_delete=models.PROTECT, related_name="bylines", to="articles.author")),
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.UniqueConstraint(fields=("article", "author"), name="byline_names_an_author_once")
        ],
    },
)
REVIEW_INTERVAL = migrations.CreateModel(
    name="ReviewInterval",
    fields=[
        ("kind", models.CharField(editable=False, max_length=20, primary_key=True, serialize=False)),
        (
            "days",
            models.PositiveSmallIntegerField(
                blank=True,
                help_text="So many days after its facts were checked, an article is due. Empty: never.",
                null=True,
                validators=[validators.MinValueValidator(1), validators.MaxValueValidator(3650)],
            ),
        ),
    ],
    options={
        "ordering": ["kind"],
    },
)


class Migration(migrations.Migration):
    initial = True
    # As all that follow, one of the last of the earlier migrations. A database that has applied them all goes on; in one
    # that has not, the first of these to run finds its tables there already, and stops before anything is changed.
    replaces = [("articles", "0016_workers_and_duties")]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        # Their own changes take several times as long where there are all our models beside them.
        ("auth", "0012_alter_user_first_name_max_length"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]
    operations = [CreateModels(TAG, AUTHOR, IMAGE, ARTICLE, DUE, BYLINE, REVIEW_INTERVAL)]
