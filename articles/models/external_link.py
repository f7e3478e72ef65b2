from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from .article import Article
from .publication import Publication


class LinkUseQuerySet(models.QuerySet["LinkUse"]):
    def in_drafts(self) -> Self:
        return self.filter(publication=None)

    def live(self, moment: datetime) -> Self:
        live = Publication.objects.at(moment).filter(pk=OuterRef("publication"))
        return self.filter(Exists(live.order_by()), publication__isnull=False)

    def over(self, moment: datetime) -> Self:
        """Of what readers will not see again."""
        return self.filter(publication__ends_at__lte=moment)

    def lasting(self) -> Self:
        """Without those in the trash."""
        return self.filter(article__trashed_at=None)


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    def due(self, moment: datetime) -> Self:
        return self.filter(next_check_at__lte=moment)

    def live(self, moment: datetime) -> Self:
        """Those that readers see at the moment."""
        return self.filter(Exists(LinkUse.objects.live(moment).filter(link=OuterRef("pk"))))

    def broken(self) -> Self:
        return self.filter(result=ExternalLink.Result.BROKEN)


class ExternalLink(models.Model):
    """An address of another site that articles link to, and what came of asking for it.

    It is known by its address (`addresses.key`). Uses refer to it before there is a row: those are made when
    links are checked, so that two who save the same new address don't wait for each other.
    """

    class Result(models.TextChoices):
        UNCHECKED = "unchecked", "Not checked yet"
        GOOD = "good", "Good"
        MOVED = "moved", "Moved for good"
        TROUBLE = "trouble", "Temporary trouble"
        BROKEN = "broken", "Broken"
        CLOSED = "closed", "Closed to programs"
        REFUSED = "refused", "Not asked"

    id = models.UUIDField(primary_key=True, editable=False)
    url = models.TextField("address")
    host = models.CharField(max_length=255, blank=True)
    result = models.CharField(max_length=10, choices=Result, default=Result.UNCHECKED)
    needs_attention = models.BooleanField(default=False, help_text="Somebody should look at it.")
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    words = models.TextField("what came of it", blank=True)
    leads_to = models.TextField("where it redirects to", blank=True)
    suggestion = models.TextField("address to use instead", blank=True)
    checked_at = models.DateTimeField("last checked", null=True)
    last_good_at = models.DateTimeField("last seen good", null=True)
    since = models.DateTimeField(help_text="When the result began to be what it is.")
    failures = models.PositiveIntegerField("failures in a row", default=0)
    next_check_at = models.DateTimeField("next check")

    objects = ExternalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "id"]
        default_permissions = ("view",)
        permissions = [("check_externallink", "Can have external links checked")]
        indexes = [
            models.Index(fields=["needs_attention", "-since", "id"], name="external_link_attention"),
            models.Index(fields=["result", "-since", "id"], name="external_link_result"),
            models.Index(fields=["host", "-since", "id"], name="external_link_host"),
            models.Index(fields=["-since", "id"], name="external_link_newest"),
            models.Index(fields=["next_check_at"], name="external_link_due"),
        ]

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """Where an address stands: in an article's draft, or in what is or was to be live of it."""

    link = models.ForeignKey(
        ExternalLink,
        on_delete=models.DO_NOTHING,
        related_name="uses",
        db_constraint=False,
        db_index=False,
        help_text="Its row may be still to be made.",
    )
    address = models.TextField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", db_index=False)
    publication = models.ForeignKey(
        Publication, null=True, on_delete=models.CASCADE, related_name="+", help_text="None: the draft."
    )
    place = models.CharField(
        max_length=200, help_text="Where in the document: names and row ids, joined by slashes."
    )
    words = models.CharField(max_length=400, help_text="The place in words.")

    objects = LinkUseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["link", "article"], name="link_use_of_link"),
            models.Index(fields=["article", "publication"], name="link_use_of_article"),
            models.Index(
                fields=["link", "publication"],
                condition=models.Q(publication__isnull=False),
                name="link_use_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} in {self.words}"


class LinkCheck(models.Model):
    """The one run that checks links at a time; whoever holds it has to renew that, or loses it."""

    holder = models.UUIDField(null=True)
    held_until = models.DateTimeField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    checked = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"run of {self.began_at:%Y-%m-%d %H:%M}"


class LinkReplacement(models.Model):
    """That somebody had an address replaced in all drafts."""

    old = models.TextField("address")
    new = models.TextField("replaced by")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField("asked for")
    ended_at = models.DateTimeField("done", null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-created_at", "-id"], name="link_replacement_newest")]

    def __str__(self) -> str:
        return f"{self.old} by {self.new}"


class ReplacedLink(models.Model):
    """What became of one article in a replacement."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Not there any more"
        SKIPPED = "skipped", "Skipped"
        FAILED = "failed", "Failed"

    replacement = models.ForeignKey(
        LinkReplacement, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    article = models.ForeignKey(
        Article, null=True, on_delete=models.SET_NULL, related_name="+", help_text="None: removed for good."
    )
    title = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["replacement", "outcome", "id"], name="replaced_link_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_outcome_display()}"
