"""What an article consists of beside its own words."""

import re
import uuid

from django.core import validators
from django.db import migrations, models

from articles.new_tables import CreateModels

SECTION = migrations.CreateModel(
    name="Section",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        (
            "role",
            models.CharField(
                choices=[
                    ("introduction", "Introduction"),
                    ("body", "Body"),
                    ("differences", "Key differences"),
                    ("choosing", "Which one is right for you"),
                    ("alternatives", "Neither, both, or stay as you are"),
                    ("conclusion", "Conclusion"),
                ],
                default="body",
                max_length=20,
            ),
        ),
        ("heading", models.CharField(blank=True, max_length=200)),
        ("body", models.TextField(blank=True)),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="sections", to="articles.article"),
        ),
        ("caption", models.CharField(blank=True, max_length=300, verbose_name="caption of the image")),
        (
            "image",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="articles.image"
            ),
        ),
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
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(("image_decorative", False), ("image_alt", ""), _connector="OR"),
                name="section_image_alt_or_decorative",
                violation_error_message="Describe the picture, or mark it as decorative; not both.",
            )
        ],
    },
)
SOURCE = migrations.CreateModel(
    name="Source",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("publisher", models.CharField(max_length=200)),
        ("title", models.CharField(max_length=300)),
        ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
        ("passage", models.TextField(blank=True, help_text="The words the claim rests on, quoted exactly.")),
        ("retrieved_on", models.DateField(blank=True, null=True)),
        (
            "valid_until",
            models.DateField(
                blank=True,
                help_text="After this day, claims that rest on it count as out of date.",
                null=True,
            ),
        ),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="sources", to="articles.article"),
        ),
    ],
    options={
        "ordering": ["position", "id"],
        "indexes": [
            models.Index(
                condition=models.Q(("valid_until__isnull", False)),
                fields=["valid_until", "id"],
                name="source_ends",
            )
        ],
    },
)
CALL_TO_ACTION = migrations.CreateModel(
    name="CallToAction",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("label", models.CharField(max_length=120)),
        ("text", models.CharField(blank=True, max_length=300)),
        (
            "url",
            models.CharField(
                max_length=500,
                validators=[
                    validators.RegexValidator(
                        re.compile("\\A(/(?![/\\\\])|https?://)\\S*\\Z", 2),
                        "Give a full http(s) address, or a path on this site that begins with /.",
                    )
                ],
                verbose_name="address",
            ),
        ),
        ("sponsored", models.BooleanField(default=False)),
        (
            "disclosure",
            models.CharField(
                blank=True,
                help_text="Who pays for it. A sponsored one is not published without.",
                max_length=300,
            ),
        ),
        ("ends_on", models.DateField(blank=True, help_text="The last day it is shown.", null=True)),
        (
            "article",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="calls_to_action", to="articles.article"
            ),
        ),
    ],
    options={
        "verbose_name_plural": "calls to action",
        "ordering": ["position", "id"],
    },
)
CORRECTION = migrations.CreateModel(
    name="Correction",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("corrected_on", models.DateField(verbose_name="day")),
        (
            "was",
            models.TextField(
                help_text="The words or the figure as readers found them.", verbose_name="what it said"
            ),
        ),
        ("now", models.TextField(help_text="What it says now.", verbose_name="what is right")),
        ("why", models.TextField(blank=True, help_text="How it came about, in a sentence.")),
        (
            "credit",
            models.CharField(
                blank=True,
                help_text="A reader who pointed it out, if they agreed.",
                max_length=120,
                verbose_name="thanks to",
            ),
        ),
        (
            "article",
            models.ForeignKey(on_delete=models.CASCADE, related_name="corrections", to="articles.article"),
        ),
    ],
    options={
        "ordering": ["position", "id"],
    },
)


class Migration(migrations.Migration):
    replaces = [("articles", "0017_bulk_jobs")]
    dependencies = [("articles", "0001_articles")]
    operations = [CreateModels(SECTION, SOURCE, CALL_TO_ACTION, CORRECTION)]
