from django.db import models

from .article import Article
from .base import Positioned


class Correction(Positioned):
    """What readers were told wrongly, and what is right: a fact, not a slip of spelling."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    corrected_on = models.DateField("day")
    was = models.TextField("what it said", help_text="The words or the figure as readers found them.")
    now = models.TextField("what is right", help_text="What it says now.")
    why = models.TextField(blank=True, help_text="How it came about, in a sentence.")
    credit = models.CharField(
        "thanks to", max_length=120, blank=True, help_text="A reader who pointed it out, if they agreed."
    )

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.corrected_on:%Y-%m-%d}: {self.was[:60]}"
