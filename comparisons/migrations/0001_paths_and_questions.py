"""Paths, the bank of questions, and the ratings of paths on them."""

import uuid

from django.core import validators
from django.db import migrations, models

from articles.new_tables import CreateModels
from comparisons.models.bank import validate_options

CAREER_PATH = migrations.CreateModel(
    name="CareerPath",
    fields=[
        (
            "article_ptr",
            models.OneToOneField(
                auto_created=True,
                on_delete=models.CASCADE,
                parent_link=True,
                primary_key=True,
                serialize=False,
                to="articles.article",
            ),
        ),
    ],
    options={
        "verbose_name": "career path",
    },
    bases=("articles.article",),
)
FACT = migrations.CreateModel(
    name="Fact",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("label", models.CharField(max_length=120)),
        ("low", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="from")),
        (
            "high",
            models.DecimalField(
                decimal_places=2, help_text="The same again for one value.", max_digits=14, verbose_name="to"
            ),
        ),
        (
            "unit",
            models.CharField(
                blank=True, help_text="A currency code such as USD, or hours, people, %.", max_length=40
            ),
        ),
        (
            "period",
            models.CharField(
                blank=True, help_text="Per hour, month, year: the last word only.", max_length=40
            ),
        ),
        ("region", models.CharField(blank=True, max_length=80)),
        ("note", models.CharField(blank=True, max_length=300)),
        (
            "path",
            models.ForeignKey(on_delete=models.CASCADE, related_name="facts", to="comparisons.careerpath"),
        ),
        ("sources", models.ManyToManyField(blank=True, related_name="facts", to="articles.source")),
        (
            "is_pay",
            models.BooleanField(
                default=False,
                help_text="Search engines and other programs are told the figure as pay, once it has a source, a currency code such as USD as its unit, and hour, day, week, month or year as its period.",
                verbose_name="what people earn",
            ),
        ),
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.CheckConstraint(
                condition=models.Q(("high__gte", models.F("low"))),
                name="fact_range_in_order",
                violation_error_message="The range ends below its start.",
            )
        ],
    },
)
PLATFORM = migrations.CreateModel(
    name="Platform",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("name", models.CharField(max_length=120)),
        (
            "type",
            models.CharField(
                choices=[
                    ("marketplace", "Marketplace"),
                    ("tool", "Tool"),
                    ("certificate", "Certificate"),
                    ("employer", "Employer"),
                ],
                default="tool",
                max_length=12,
            ),
        ),
        ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
        ("text", models.TextField(blank=True)),
        (
            "path",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="platforms", to="comparisons.careerpath"
            ),
        ),
    ],
    options={
        "ordering": ["position", "id"],
    },
)
QUESTION_BANK = migrations.CreateModel(
    name="QuestionBank",
    fields=[
        (
            "article_ptr",
            models.OneToOneField(
                auto_created=True,
                on_delete=models.CASCADE,
                parent_link=True,
                primary_key=True,
                serialize=False,
                to="articles.article",
            ),
        ),
    ],
    options={
        "verbose_name": "question bank",
    },
    bases=("articles.article",),
)
CRITERION = migrations.CreateModel(
    name="Criterion",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("name", models.CharField(max_length=80)),
        ("slug", models.SlugField(max_length=80)),
        (
            "swing",
            models.CharField(
                help_text="“Going from … to …, how much would that matter to you?”", max_length=300
            ),
        ),
        (
            "bank",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="criteria", to="comparisons.questionbank"
            ),
        ),
    ],
    options={
        "verbose_name_plural": "criteria",
        "ordering": ["position", "id"],
        "constraints": [
            models.UniqueConstraint(fields=("bank", "slug"), name="criterion_slug_unique_in_bank")
        ],
    },
)
QUESTION = migrations.CreateModel(
    name="Question",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("slug", models.SlugField(max_length=80)),
        ("prompt", models.CharField(max_length=200)),
        ("help", models.CharField(blank=True, max_length=300)),
        (
            "shape",
            models.CharField(
                choices=[
                    ("near", "near: the closer, the better"),
                    ("at_least", "at least: the reader needs this much"),
                    ("at_most", "at most: the reader accepts this much"),
                ],
                default="near",
                max_length=10,
            ),
        ),
        (
            "options",
            models.JSONField(
                default=list, help_text="From position 0 to position 100.", validators=[validate_options]
            ),
        ),
        (
            "reversed",
            models.BooleanField(
                default=False,
                help_text="The first option shown is the one at 100.",
                verbose_name="displayed reversed",
            ),
        ),
        (
            "criterion",
            models.ForeignKey(on_delete=models.CASCADE, related_name="questions", to="comparisons.criterion"),
        ),
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.UniqueConstraint(fields=("criterion", "slug"), name="question_slug_unique_in_criterion")
        ],
    },
)
RATING = migrations.CreateModel(
    name="Rating",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("value", models.PositiveSmallIntegerField(validators=[validators.MaxValueValidator(100)])),
        (
            "uncertainty",
            models.PositiveSmallIntegerField(choices=[(5, "±5"), (10, "±10"), (20, "±20")], default=10),
        ),
        (
            "rationale",
            models.CharField(blank=True, help_text="One sentence that gives the reason.", max_length=300),
        ),
        (
            "path",
            models.ForeignKey(on_delete=models.CASCADE, related_name="ratings", to="comparisons.careerpath"),
        ),
        (
            "question",
            models.ForeignKey(on_delete=models.PROTECT, related_name="ratings", to="comparisons.question"),
        ),
        ("sources", models.ManyToManyField(blank=True, related_name="ratings", to="articles.source")),
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.UniqueConstraint(
                fields=("path", "question"),
                name="rating_once_per_question",
                violation_error_message="The path has a rating on this question already.",
            ),
            models.CheckConstraint(condition=models.Q(("value__lte", 100)), name="rating_between_0_and_100"),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True
    # As all that follow, one of the last of the earlier migrations (see those of articles).
    replaces = [("comparisons", "0011_moderators_ban")]
    dependencies = [("articles", "0010_replies")]
    operations = [CreateModels(CAREER_PATH, FACT, PLATFORM, QUESTION_BANK, CRITERION, QUESTION, RATING)]
