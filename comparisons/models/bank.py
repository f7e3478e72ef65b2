from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.models import Article, Positioned
from comparisons.answers import POSITIONS, Shape


def validate_options(value: Any) -> None:
    if not isinstance(value, list) or len(value) != len(POSITIONS):
        raise ValidationError(f"A question has exactly {len(POSITIONS)} options.")
    if not all(isinstance(option, str) and option.strip() for option in value):
        raise ValidationError("Each option needs its own words.")
    if len(set(value)) != len(value):
        raise ValidationError("Two options have the same words.")


class QuestionBank(Article):
    """The criteria and questions that all comparisons share, published as one document."""

    class Meta:
        verbose_name = "question bank"


class Criterion(Positioned):
    """What matters about work: skills, earning, structure …"""

    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    swing = models.CharField(
        max_length=300, help_text="“Going from … to …, how much would that matter to you?”"
    )

    class Meta(Positioned.Meta):
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["bank", "slug"], name="criterion_slug_unique_in_bank")]

    def __str__(self) -> str:
        return self.name


class Question(Positioned):
    """One thing asked under a criterion, with five options at 0, 25, 50, 75 and 100."""

    SHAPES = [
        (Shape.NEAR.value, "near: the closer, the better"),
        (Shape.AT_LEAST.value, "at least: the reader needs this much"),
        (Shape.AT_MOST.value, "at most: the reader accepts this much"),
    ]

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=80)
    prompt = models.CharField(max_length=200)
    help = models.CharField(max_length=300, blank=True)
    shape = models.CharField(max_length=10, choices=SHAPES, default=Shape.NEAR.value)
    options = models.JSONField(
        default=list, validators=[validate_options], help_text="From position 0 to position 100."
    )
    reversed = models.BooleanField(
        "displayed reversed", default=False, help_text="The first option shown is the one at 100."
    )

    class Meta(Positioned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["criterion", "slug"], name="question_slug_unique_in_criterion")
        ]

    def __str__(self) -> str:
        return self.prompt
