from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

YEAR = 365


class ReviewInterval(models.Model):
    """How long the facts of articles of a kind count as checked."""

    kind = models.CharField(max_length=20, primary_key=True, editable=False)
    days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10 * YEAR)],
        help_text="So many days after its facts were checked, an article is due. Empty: never.",
    )

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days or 'never'}"
