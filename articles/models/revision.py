import json
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery

from .article import Article


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_of(self, articles: models.QuerySet[Any]) -> Self:
        """What was last saved of each of some articles; one query."""
        own = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
        return self.filter(pk__in=articles.order_by().annotate(newest=Subquery(own)).values("newest"))


class Revision(models.Model):
    """An immutable document: what one article said when somebody saved it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions"
    )
    created_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    text = models.TextField(help_text="The document as canonical JSON.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text.")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="revision_newest"),
            models.Index(fields=["author", "-id"], name="revision_newest_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique_in_article")
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    @property
    def document(self) -> dict[str, Any]:
        """The document as it was stored; `documents.upgrade` brings an older one up to date."""
        return json.loads(self.text)

    def _refuse(self) -> NoReturn:
        raise TypeError("A revision is immutable. Save the article: that makes a new one.")
