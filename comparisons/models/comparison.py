from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from articles.models import Article, Positioned, Source
from articles.richtext import RichTextField
from comparisons.answers import MAX_PATHS, MIN_PATHS, POSITIONS, is_whole

from .bank import Question
from .path import CareerPath

FEWEST_CONTENDERS, MOST_CONTENDERS = MIN_PATHS, MAX_PATHS


def validate_cells(value: Any) -> None:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValidationError("Cells are texts by the id of the path they speak of.")


def validate_choices(value: Any) -> None:
    """Options and importances alike are numbered from 0 to 4."""
    last = len(POSITIONS) - 1
    if not isinstance(value, dict) or not all(is_whole(choice, 0, last) for choice in value.values()):
        raise ValidationError(f"Choices are whole numbers from 0 to {last} by id.")
    if strange := next((key for key in value if not is_id(key)), None):
        raise ValidationError(f"“{strange}” is no id of a question or of a criterion.")


def is_id(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


class Comparison(Article):
    """An article that holds two to four career paths against each other."""

    paths = models.ManyToManyField(CareerPath, through="Contender", related_name="comparisons")
    questions = models.ManyToManyField(Question, through="FormQuestion", related_name="comparisons")


class Contender(Positioned):
    """A path's part in a comparison."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="contenders")
    path = models.ForeignKey(CareerPath, on_delete=models.PROTECT, related_name="contenders")
    understanding = RichTextField(
        blank=True, help_text="Instead of the path's own introduction, on this comparison only."
    )

    class Meta(Positioned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "path"],
                name="contender_once_in_comparison",
                violation_error_message="A path can't be compared with itself.",
            )
        ]

    def __str__(self) -> str:
        return str(self.path)


class FormQuestion(models.Model):
    """A question's place in a comparison's decision form."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="form_questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="form_questions")
    position = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "question"], name="form_asks_a_question_once")
        ]

    def __str__(self) -> str:
        return str(self.question)


class Difference(Positioned):
    """A row of the key-differences table."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="differences")
    aspect = models.CharField(max_length=120)
    cells = models.JSONField(default=dict, blank=True, validators=[validate_cells])
    sources = models.ManyToManyField(Source, blank=True, related_name="differences")

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return self.aspect


class ReaderExample(Positioned):
    """A reader as the editors imagine one: what they answer, and where that should lead."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="examples")
    description = models.CharField(
        max_length=200, help_text="Who it is, in a few words: “wants side income on Sundays”."
    )
    answers = models.JSONField("what they answer", default=dict, blank=True, validators=[validate_choices])
    importances = models.JSONField(
        "how much each area matters to them", default=dict, blank=True, validators=[validate_choices]
    )
    expected = models.ForeignKey(
        CareerPath,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reader_examples",
        verbose_name="should lean to",
        help_text="Leave empty where it should be too close to call.",
    )

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return self.description
