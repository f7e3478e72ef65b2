from collections.abc import Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .article import Article
from .revision import Revision


class PublicationQuerySet(models.QuerySet["Publication"]):
    def at(self, moment: datetime) -> Self:
        """Those that are live at the moment."""
        return self.not_over(moment).filter(starts_at__lte=moment)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def listed(self) -> Self:
        """Those that have a page of their own, and so stand in lists, feeds and search."""
        return self.filter(listed=True)

    def about(self, facet: str, target: UUID) -> Self:
        """Those that name this tag, author or path."""
        return self.filter(facets__name=facet, facets__target=target)

    def last_about(self, facet: str, *targets: UUID, most: int = 100) -> Self:
        """Of those that name one of these, so many of each that were published last: in this order an index
        has them, however many there are."""
        first, *others = (
            Facet.objects.filter(pk__in=named.order_by("-publication_id").values("pk")[:most])
            .order_by()
            .values("publication")
            for named in (Facet.objects.filter(name=facet, target=target) for target in targets)
        )
        return self.filter(pk__in=first.union(*others, all=True) if others else first)

    def not_over(self, moment: datetime) -> Self:
        """Live at the moment or scheduled after it."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment))

    def ended(self, moment: datetime) -> Self:
        """Those that were withdrawn, or ended when they were to; not those that another took over from."""
        return self.filter(ends_at__lte=moment, until=F("ends_at"))

    def newest_first(self, moment: datetime) -> Self:
        """Of what is live at the moment, and so was first published by then: that is said once more, as
        SQLite takes the index in this order only where it has a bound there."""
        return self.filter(first_published_at__lte=moment).order_by("-first_published_at", "-id")


class Publication(models.Model):
    """Revision R of article A is live from `starts_at` until `ends_at`.

    `until` is the end the editor asked for; `ends_at` is the end that holds, which is earlier where
    another period of the article begins first. Periods of one article never overlap, nor do two live
    articles of one kind share a slug: the database sees to both (migration `periods_never_overlap`).
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="publications", db_index=False
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="publications")
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(help_text="When the article first went live.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    override = models.TextField(
        blank=True, help_text="Why it was published although something spoke against it."
    )

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    search_text = models.TextField(blank=True)
    listed = models.BooleanField(default=True)

    card = models.TextField(default="{}", help_text="What lists say to programs, as JSON.")
    card_html = models.TextField(blank=True, help_text="What lists show to readers.")
    page = models.TextField(blank=True, help_text="Parts of its own page (see `rendering`).")
    fragments = models.TextField(blank=True, help_text="Parts that other pages show of it.")
    rendered_with = models.CharField(
        max_length=16, blank=True, help_text="The templates it was rendered with."
    )

    objects = PublicationQuerySet.as_manager()
    asked: Sequence[Article] = ()  # of one that was just made: what people are to look at because of it

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["kind", "slug", "-starts_at"], name="publication_address"),
            models.Index(fields=["article", "-starts_at"], name="publication_periods"),
            models.Index(fields=["-starts_at", "-id"], name="publication_latest"),
            models.Index(fields=["kind", "-starts_at", "-id"], name="publication_latest_of_kind"),
            models.Index(fields=["language", "-starts_at", "-id"], name="publication_latest_in"),
            models.Index(fields=["kind", "-first_published_at", "-id"], name="publication_newest"),
            models.Index(
                fields=["-first_published_at", "-id"],
                condition=Q(listed=True),
                name="publication_newest_listed",
            ),
            models.Index(fields=["ends_at"], condition=Q(until=F("ends_at")), name="publication_ended"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="publication_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(ends_at__lte=F("until")), name="publication_ends_by_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} from {self.starts_at:%Y-%m-%d %H:%M}"


class Facet(models.Model):
    """Something a publication can be listed by: a tag, an author, a path, an image."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="facets", db_index=False
    )
    name = models.CharField(max_length=20)
    target = models.UUIDField()
    slug = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    required = models.BooleanField(
        default=False, help_text="The target is an article that must be live as well."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "name", "target"], name="facet_once_in_publication"
            )
        ]
        indexes = [
            models.Index(fields=["target", "name", "publication"], name="facet_target"),
            models.Index(fields=["name", "slug"], name="facet_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"
