"""Comparisons with their forms, and how many results leaned where."""

import uuid

from django.db import migrations, models

from articles.new_tables import CreateModels
from comparisons.models.comparison import validate_cells, validate_choices

COMPARISON = migrations.CreateModel(
    name="Comparison",
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
        (
            "paths",
            models.ManyToManyField(
                related_name="comparisons", through="comparisons.Contender", to="comparisons.careerpath"
            ),
        ),
        (
            "questions",
            models.ManyToManyField(
                related_name="comparisons", through="comparisons.FormQuestion", to="comparisons.question"
            ),
        ),
    ],
    bases=("articles.article",),
)
CONTENDER = migrations.CreateModel(
    name="Contender",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        (
            "understanding",
            models.TextField(
                blank=True, help_text="Instead of the path's own introduction, on this comparison only."
            ),
        ),
        (
            "comparison",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="contenders", to="comparisons.comparison"
            ),
        ),
        (
            "path",
            models.ForeignKey(
                on_delete=models.PROTECT, related_name="contenders", to="comparisons.careerpath"
            ),
        ),
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.UniqueConstraint(
                fields=("comparison", "path"),
                name="contender_once_in_comparison",
                violation_error_message="A path can't be compared with itself.",
            )
        ],
    },
)
POINT = migrations.CreateModel(
    name="Point",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("side", models.CharField(choices=[("pro", "Pro"), ("con", "Con")], max_length=3)),
        ("label", models.CharField(max_length=120)),
        ("text", models.TextField(blank=True)),
        (
            "comparison",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.CASCADE,
                related_name="points",
                to="comparisons.comparison",
            ),
        ),
        (
            "path",
            models.ForeignKey(on_delete=models.CASCADE, related_name="points", to="comparisons.careerpath"),
        ),
        ("sources", models.ManyToManyField(blank=True, related_name="points", to="articles.source")),
    ],
    options={
        "ordering": ["position", "id"],
    },
)
DIFFERENCE = migrations.CreateModel(
    name="Difference",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        ("aspect", models.CharField(max_length=120)),
        ("cells", models.JSONField(blank=True, default=dict, validators=[validate_cells])),
        (
            "comparison",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="differences", to="comparisons.comparison"
            ),
        ),
        ("sources", models.ManyToManyField(blank=True, related_name="differences", to="articles.source")),
    ],
    options={
        "ordering": ["position", "id"],
    },
)
FORM_QUESTION = migrations.CreateModel(
    name="FormQuestion",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        (
            "comparison",
            models.ForeignKey(
                on_delete=models.CASCADE, related_name="form_questions", to="comparisons.comparison"
            ),
        ),
        (
            "question",
            models.ForeignKey(
                on_delete=models.PROTECT, related_name="form_questions", to="comparisons.question"
            ),
        ),
    ],
    options={
        "ordering": ["position", "id"],
        "constraints": [
            models.UniqueConstraint(fields=("comparison", "question"), name="form_asks_a_question_once")
        ],
    },
)
READER_EXAMPLE = migrations.CreateModel(
    name="ReaderExample",
    fields=[
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("position", models.PositiveIntegerField(db_index=True, default=0)),
        (
            "description",
            models.CharField(
                help_text="Who it is, in a few words: “wants side income on Sundays”.", max_length=200
            ),
        ),
        (
            "answers",
            models.JSONField(
                blank=True, default=dict, validators=[validate_choices], verbose_name="what they answer"
            ),
        ),
        (
            "importances",
            models.JSONField(
                blank=True,
                default=dict,
                validators=[validate_choices],
                verbose_name="how much each area matters to them",
            ),
        ),
        (
            "comparison",
            models.ForeignKey(on_delete=models.CASCADE, related_name="examples", to="comparisons.comparison"),
        ),
        (
            "expected",
            models.ForeignKey(
                blank=True,
                help_text="Leave empty where it should be too close to call.",
                null=True,
                on_delete=models.PROTECT,
                related_name="reader_examples",
                to="comparisons.careerpath",
                verbose_name="should lean to",
            ),
        ),
    ],
    options={
        "ordering": ["position", "id"],
    },
)
LEAN_COUNTER = migrations.CreateModel(
    name="LeanCounter",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("comparison", models.UUIDField()),
        ("day", models.DateField(db_index=True, help_text="In the time zone of the site.")),
        ("lean", models.CharField(help_text="The id of a path, or the verdict.", max_length=36)),
        ("results", models.PositiveIntegerField(default=0)),
    ],
    options={
        "default_permissions": (),
        "constraints": [
            models.UniqueConstraint(fields=("comparison", "day", "lean"), name="lean_counted_once_a_day")
        ],
    },
)
QUESTION_COUNTER = migrations.CreateModel(
    name="QuestionCounter",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("comparison", models.UUIDField()),
        ("day", models.DateField(db_index=True, help_text="In the time zone of the site.")),
        ("question", models.UUIDField()),
        ("answered", models.PositiveIntegerField(default=0)),
        ("skipped", models.PositiveIntegerField(default=0)),
    ],
    options={
        "default_permissions": (),
        "constraints": [
            models.UniqueConstraint(
                fields=("comparison", "day", "question"), name="question_counted_once_a_day"
            )
        ],
    },
)


class Migration(migrations.Migration):
    replaces = [("comparisons", "0012_pay_is_marked")]
    dependencies = [("comparisons", "0003_editorial_groups")]
    operations = [
        CreateModels(
            COMPARISON,
            CONTENDER,
            POINT,
            DIFFERENCE,
            FORM_QUESTION,
            READER_EXAMPLE,
            LEAN_COUNTER,
            QUESTION_COUNTER,
        )
    ]
