from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from .article import Article
from .publication import Publication
from .task import Task


class FindingQuerySet(models.QuerySet["Finding"]):
    def holding(self, moment: datetime) -> Self:
        """Those that hold at the moment: no job is needed when one begins or ends."""
        begun = Q(since=None) | Q(since__lte=moment)
        return self.filter(begun, Q(until=None) | Q(until__gt=moment))

    def standing(self, standing: str, moment: datetime) -> Self:
        """Those of articles that stand so at the moment, by their own columns: joins would cost too much."""
        begun, coming = Q(last_begins_at__lte=moment), Q(last_begins_at__gt=moment)
        over = Q(last_ends_at__isnull=False, last_ends_at__lte=moment)
        conditions = {
            Finding.Standing.DRAFT: Q(last_begins_at=None),
            Finding.Standing.SCHEDULED: coming,
            Finding.Standing.LIVE: begun & ~over & Q(differs=False),
            Finding.Standing.CHANGED: begun & ~over & Q(differs=True),
            Finding.Standing.WITHDRAWN: begun & over,
        }
        condition = conditions[Finding.Standing(standing)]
        if standing == Finding.Standing.SCHEDULED:  # few at any time, and looked for by themselves
            return self.filter(pk__in=Finding.objects.filter(condition).order_by().values("pk"))
        return self.filter(condition)


class Finding(models.Model):
    """Something that the checks found in a draft as it was last saved, or in what is scheduled.

    Of what is scheduled it names the `publication`. Derived: `rebuild_findings` makes them all anew.
    """

    class Gravity(models.IntegerChoices):
        """The levels of `checks`, in their order. What is as it should be is not kept."""

        STOPS = 1, "Stops publication"
        WARNS = 2, "Worth a look"
        INFORMS = 3, "Good to know"

    class Standing(models.TextChoices):
        """Where the article stands, as far as its last period says."""

        DRAFT = "draft", "Draft"
        SCHEDULED = "scheduled", "With something scheduled"
        LIVE = "live", "Live"
        CHANGED = "changed", "Live, changed since"
        WITHDRAWN = "withdrawn", "Withdrawn"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="findings", db_index=False)
    kind = models.CharField(max_length=20)
    gravity = models.PositiveSmallIntegerField("level", choices=Gravity)
    check_name = models.CharField("check", max_length=30)
    message = models.TextField()
    place = models.CharField(
        max_length=400, blank=True, help_text="Where in the document: names and row ids, joined by slashes."
    )
    since = models.DateTimeField(null=True, blank=True, help_text="When it begins to hold.")
    until = models.DateTimeField(null=True, blank=True, help_text="When it ceases to hold.")
    target = models.UUIDField(null=True, blank=True, help_text="The article that a link leads to.")
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.CASCADE, related_name="findings"
    )

    # As the article has them; kept by the same jobs.
    last_begins_at = models.DateTimeField(null=True, editable=False)
    last_ends_at = models.DateTimeField(null=True, editable=False)
    differs = models.BooleanField(null=True, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "findings of the checks"
        ordering = ["gravity", "-id"]
        indexes = [
            models.Index(fields=["gravity", "-id"], name="finding_list"),
            models.Index(fields=["check_name", "gravity", "-id"], name="finding_of_check"),
            models.Index(fields=["kind", "gravity", "-id"], name="finding_of_kind"),
            models.Index(fields=["article", "gravity", "-id"], name="finding_of_article"),
            models.Index(
                fields=["gravity", "-id"], condition=Q(last_begins_at=None), name="finding_of_draft"
            ),
            models.Index(fields=["gravity", "-id"], condition=Q(differs=True), name="finding_of_changed"),
            models.Index(
                fields=["last_begins_at"], condition=Q(last_begins_at__isnull=False), name="finding_coming"
            ),
            models.Index(
                fields=["last_ends_at"], condition=Q(last_ends_at__isnull=False), name="finding_ending"
            ),
            models.Index(fields=["target"], condition=Q(target__isnull=False), name="finding_of_target"),
        ]

    def __str__(self) -> str:
        return self.message


class DraftLink(models.Model):
    """A link of a draft, as it was last saved, to another article. Derived, like findings."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="draft_links")
    target = models.UUIDField(db_index=True)
    place = models.CharField(max_length=400)
    words = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.words


class LateWarning(models.Model):
    """That something scheduled no longer passes its checks: said once, as a task and by mail.

    What was found is among the findings of the publication.
    """

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="late_warning")
    task = models.OneToOneField(Task, null=True, on_delete=models.SET_NULL, related_name="late_warning")
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.publication}, warned of at {self.found_at:%Y-%m-%d %H:%M}"
