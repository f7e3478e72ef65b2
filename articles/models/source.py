from datetime import date

from django.db import models

from .article import Article
from .base import Positioned


class Source(Positioned):
    """Where a claim comes from; cited by points, facts, ratings and differences of the same article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sources")
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    url = models.URLField("address", max_length=500, blank=True)
    passage = models.TextField(blank=True, help_text="The words the claim rests on, quoted exactly.")
    retrieved_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(
        null=True, blank=True, help_text="After this day, claims that rest on it count as out of date."
    )

    class Meta(Positioned.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def expired(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on
