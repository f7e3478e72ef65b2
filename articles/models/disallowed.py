from django.db import models

from .base import Identified


class DisallowedWord(Identified):
    """A word, or several in a row, that replies may not have, or only once a moderator has read them."""

    class Effect(models.TextChoices):
        HOLD = "hold", "Hold the reply until a moderator has read it"
        REFUSE = "refuse", "Refuse it, and tell its writer which word it is"

    words = models.CharField(
        max_length=100,
        unique=True,
        help_text="Capitals, accents and signs make no difference. It is found as a whole word only.",
    )
    effect = models.CharField(max_length=10, choices=Effect, default=Effect.HOLD)

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words
