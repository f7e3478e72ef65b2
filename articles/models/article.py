from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from .base import Identified
from .image import Illustrated, alt_or_decorative
from .people import Author
from .tag import Tag


class State(models.TextChoices):
    """Where an article stands at a moment; found out from its publications and the trash, never stored."""

    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    CHANGED = "changed", "Live, changed since"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TRASHED = "trashed", "In the trash"


class ArticleQuerySet(models.QuerySet["Article"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def trashed(self) -> Self:
        return self.filter(trashed_at__isnull=False)

    def not_trashed(self) -> Self:
        return self.filter(trashed_at=None)

    def in_state(self, state: str, moment: datetime, kind: str | None = None) -> Self:
        """Those that are in a state at the moment, found by indexes (see `states`).

        Where the last period is still to begin, the periods decide. Those are few, so that they are looked
        for by themselves: a condition that joins both cases would go through all articles. Whoever asks for
        one kind only may say so, as the other kinds aren't gone through then.
        """
        coming = Q(last_begins_at__gt=moment)
        over = Q(last_ends_at__isnull=False, last_ends_at__lte=moment)
        match state:
            case State.TRASHED:
                return self.trashed()
            case State.DRAFT:
                return self.not_trashed().filter(differs=None)
            case State.WITHDRAWN:
                return self.not_trashed().filter(over, ~coming)
            case State.SCHEDULED:
                return self.not_trashed().filter(pk__in=_coming(State.SCHEDULED, moment))
            case State.CHANGED:
                settled = Article.objects.not_trashed().filter(~coming, ~over, differs=True).order_by()
                of_kind = settled.of_kind(kind) if kind else settled
                both = of_kind.values("pk").union(_coming(State.CHANGED, moment))
                return self.not_trashed().filter(pk__in=both)
            case State.LIVE:
                unsettled = coming & Q(pk__in=_coming(State.LIVE, moment))
                return self.not_trashed().filter((~coming & ~over & Q(differs=False)) | unsettled)
        raise ValueError(f"“{state}” is no state.")

    def unfinished(self, moment: datetime) -> Self:
        """Drafts, and what was changed since the period that is live at the moment or to come began."""
        lasting = Q(last_ends_at=None) | Q(last_ends_at__gt=moment)
        return self.not_trashed().filter(Q(differs=None) | Q(differs=True), lasting)

    def live(self, moment: datetime) -> Self:
        """Those that readers see at the moment, found by indexes."""
        lasting = Q(last_ends_at=None) | Q(last_ends_at__gt=moment)
        meanwhile = Q(last_begins_at__gt=moment, pk__in=_live_meanwhile(moment))
        return self.not_trashed().filter(Q(last_begins_at__lte=moment) & lasting | meanwhile)

    def due(self, moment: datetime) -> Self:
        """What is live and whose facts are to be checked again by then, the most overdue first."""
        found = self.live(moment).filter(facts_due_on__lte=timezone.localdate(moment))
        return found.order_by("facts_due_on", "id")

    def with_first_published(self) -> Self:
        """Annotate each article with the moment at which it first went live; None where it never did."""
        from .publication import Publication

        own = Publication.objects.filter(article=OuterRef("pk")).order_by("-starts_at")
        return self.annotate(first_published_at=Subquery(own.values("first_published_at")[:1]))

    def with_state(self, moment: datetime) -> Self:
        """Annotate each article with its `state` at the moment."""
        from .publication import Publication
        from .revision import Revision

        own = Publication.objects.filter(article=OuterRef("pk"))
        newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        return self.annotate(
            live_digest=Subquery(own.at(moment).values("revision__digest")[:1]),
            newest_digest=Subquery(newest.values("digest")[:1]),
            has_scheduled=Exists(own.filter(starts_at__gt=moment)),
            has_past=Exists(own.filter(ends_at__lte=moment)),
        ).annotate(
            state=models.Case(
                models.When(trashed_at__isnull=False, then=models.Value(State.TRASHED)),
                models.When(Q(live_digest=models.F("newest_digest")), then=models.Value(State.LIVE)),
                models.When(live_digest__isnull=False, then=models.Value(State.CHANGED)),
                models.When(has_scheduled=True, then=models.Value(State.SCHEDULED)),
                models.When(has_past=True, then=models.Value(State.WITHDRAWN)),
                default=models.Value(State.DRAFT),
                output_field=models.CharField(),
            )
        )

    def with_review(self) -> Self:
        """Annotate each article with the `review_state` of its open review, None where it has none, and
        whether it `has_notes` that are not resolved.
        """
        from .review import Review, ReviewNote

        own = Review.objects.open().filter(article=OuterRef("pk")).order_by()
        notes = ReviewNote.objects.unresolved().filter(review__article=OuterRef("pk")).order_by()
        return self.annotate(review_state=Subquery(own.values("state")[:1]), has_notes=Exists(notes))


def _coming(state: State, moment: datetime) -> models.QuerySet[Any, Any]:
    """The ids of those in a state of which a period is still to begin."""
    from .publication import Publication
    from .revision import Revision

    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("digest")[:1]
    live = Publication.objects.at(moment).filter(article=OuterRef("pk")).order_by()
    conditions: dict[State, Any] = {
        State.SCHEDULED: ~Exists(live),
        State.LIVE: Exists(live.filter(revision__digest=newest)),
        State.CHANGED: Exists(live.exclude(revision__digest=newest)),
    }
    coming = Article.objects.not_trashed().filter(last_begins_at__gt=moment)
    return coming.filter(conditions[state]).order_by().values("pk")


def _live_meanwhile(moment: datetime) -> models.QuerySet[Any, Any]:
    """The ids of those that are live at the moment and of which a period is still to begin."""
    from .publication import Publication

    live = Publication.objects.at(moment).filter(article=OuterRef("pk")).order_by()
    coming = Article.objects.not_trashed().filter(last_begins_at__gt=moment)
    return coming.filter(Exists(live)).order_by().values("pk")


class Article(Illustrated, Identified):
    """The working copy of whatever is published; never shown to readers."""

    kind = models.CharField(max_length=20, editable=False, default="article")
    title = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=200,
        help_text="The last part of the address. Readers of an old address are led to the new one.",
    )
    summary = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(300)],
        help_text="One or two sentences for lists and search results, at most 300 characters.",
    )
    language = models.CharField(max_length=10, default="en", choices=settings.LANGUAGES)
    authors = models.ManyToManyField(Author, through="Byline", related_name="articles", blank=True)
    reviewer = models.ForeignKey(
        Author, null=True, blank=True, on_delete=models.PROTECT, related_name="reviewed_articles"
    )
    translates = models.ForeignKey(
        "self",
        verbose_name="translation of",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        help_text="The article of the same kind that says the same in another language, and was there first.",
    )
    reviewed_on = models.DateField(null=True, blank=True, help_text="When the facts were last checked.")
    tags = models.ManyToManyField(Tag, related_name="articles", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # Kept by `states.keep`.
    last_begins_at = models.DateTimeField(
        null=True, editable=False, help_text="When its last period begins. None: it has none."
    )
    last_ends_at = models.DateTimeField(null=True, editable=False, help_text="None where that has no end.")
    differs = models.BooleanField(
        null=True, editable=False, help_text="Whether the newest revision says something else than that."
    )
    facts_due_on = models.DateField(
        null=True,
        editable=False,
        help_text="When its facts are to be checked again. None: never.",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "id"]
        indexes = [
            models.Index(
                fields=["kind", "-updated_at", "id"], condition=Q(trashed_at=None), name="article_list"
            ),
            models.Index(
                fields=["kind", "language", "-updated_at", "id"],
                condition=Q(trashed_at=None),
                name="article_list_in_language",
            ),
            models.Index(fields=["kind", "title"], condition=Q(trashed_at=None), name="article_titles"),
            models.Index(
                fields=["kind", "-updated_at", "id"],
                condition=Q(trashed_at=None, differs=None),
                name="article_drafts",
            ),
            models.Index(
                fields=["kind", "-updated_at", "id"],
                condition=Q(trashed_at=None, differs=True),
                name="article_changed",
            ),
            models.Index(
                fields=["kind", "-updated_at", "id"],
                condition=Q(trashed_at=None, last_ends_at__isnull=False),
                name="article_ending",
            ),
            models.Index(
                fields=["-updated_at", "id"],
                condition=Q(trashed_at=None) & (Q(differs=None) | Q(differs=True)),
                name="article_unfinished",
            ),
            models.Index(
                fields=["last_begins_at"],
                condition=Q(trashed_at=None, last_begins_at__isnull=False),
                name="article_coming",
            ),
            models.Index(
                fields=["kind", "-updated_at", "id"],
                condition=Q(trashed_at__isnull=False),
                name="article_trash",
            ),
            models.Index(
                fields=["facts_due_on", "id"],
                condition=Q(trashed_at=None, facts_due_on__isnull=False),
                name="article_due",
            ),
            models.Index(
                fields=["kind", "facts_due_on", "id"],
                condition=Q(trashed_at=None, facts_due_on__isnull=False),
                name="article_due_of_kind",
            ),
        ]
        constraints = [
            alt_or_decorative("article"),
            models.UniqueConstraint(fields=["kind", "slug"], name="article_slug_unique_in_kind"),
        ]
        permissions = [
            ("publish_article", "Can publish, schedule and withdraw articles"),
            ("override_gate", "Can publish although something speaks against it"),
            ("review_article", "Can approve and request changes"),
        ]

    def __str__(self) -> str:
        return self.title


class Byline(models.Model):
    """An author's place in the byline of one article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="byline_names_an_author_once")
        ]

    def __str__(self) -> str:
        return f"{self.author} on {self.article}"
