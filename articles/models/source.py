from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from .article import Article
from .base import Positioned


class SourceQuerySet(models.QuerySet["Source"]):
    def expired(self, today: date) -> Self:
        """Those on which claims rest, of articles outside the trash, and which have expired by then."""
        return self.filter(_cited(), valid_until__lt=today, article__trashed_at=None)


def _cited() -> Q:
    """Whatever models claim something, in whatever app."""
    columns: list[Any] = [each for each in Source._meta.related_objects if each.many_to_many]
    links = ((each.through._default_manager, each.field.m2m_reverse_field_name()) for each in columns)
    return reduce(or_, (Q(Exists(rows.filter(**{name: OuterRef("pk")}))) for rows, name in links))


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

    objects = SourceQuerySet.as_manager()

    class Meta(Positioned.Meta):
        indexes = [
            models.Index(
                fields=["valid_until", "id"], condition=Q(valid_until__isnull=False), name="source_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def expired(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on
