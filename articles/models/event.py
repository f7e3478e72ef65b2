from typing import Any, NoReturn

from django.db import models


class Event(models.Model):
    """Something that somebody decided about an article.

    Rows are added and never change (migration `trail_is_only_added_to`). Names and identifiers are written
    out, not referred to: the trail outlasts whom and what it speaks of.
    """

    class Action(models.TextChoices):
        SUBMITTED = "submitted", "Submitted for review"
        ASSIGNED = "assigned", "Assigned"
        CHANGES_REQUESTED = "changes-requested", "Requested changes"
        APPROVED = "approved", "Approved"
        RECALLED = "recalled", "Taken back from review"
        LAPSED = "lapsed", "Approval ended, as it was edited"
        NOTED = "noted", "Wrote a note in review"
        ANSWERED = "answered", "Answered a note"
        RESOLVED = "resolved", "Resolved a note"
        REOPENED = "reopened", "Reopened a note"
        FACTS_CHECKED = "facts-checked", "Checked the facts"
        TAGGED = "tagged", "Tagged"
        LINK_REPLACED = "link-replaced", "Replaced an address"
        REPLY_APPROVED = "reply-approved", "Approved a reply"
        REPLY_REJECTED = "reply-rejected", "Rejected a reply"
        REPLY_SPAM = "reply-spam", "Took a reply to be spam"
        REPLY_HELD = "reply-held", "Put a reply back to wait"
        REPLY_CHANGED = "reply-changed", "Changed the words of a reply"
        REPLY_USED = "reply-used", "Made something of a reply"
        REPLY_DELETED = "reply-deleted", "Deleted a reply"
        REPLIES_ERASED = "replies-erased", "Erased somebody's replies"
        WRITER_BANNED = "writer-banned", "Banned the writer of a reply"
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        CANCELLED = "cancelled", "Cancelled what was scheduled"
        WITHDRAWN = "withdrawn", "Withdrawn"
        RESTORED = "restored", "Restored an older revision"
        TRASHED = "trashed", "Moved to the trash"
        PUT_BACK = "put-back", "Put back from the trash"
        PURGED = "purged", "Removed for good"

    class Channel(models.TextChoices):
        DESK = "desk", "The editors' desk"
        API = "api", "The API"
        COMMAND = "command", "A command"
        JOB = "job", "A background job"
        READER = "reader", "A reader's page"

    at = models.DateTimeField()
    action = models.CharField(max_length=30, choices=Action)
    article = models.UUIDField("identifier of the article")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(null=True, blank=True, help_text="Its number.")
    who = models.CharField(max_length=150, blank=True, help_text="The login's name; empty: nobody logged in.")
    who_id = models.BigIntegerField("identifier of the login", null=True, blank=True)
    channel = models.CharField("from where", max_length=10, choices=Channel)
    address = models.GenericIPAddressField("network address", null=True, blank=True)
    detail = models.TextField(blank=True, help_text="What else was said or chosen.")

    class Meta:
        verbose_name_plural = "events (the trail)"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["article", "-at", "-id"], name="event_of_article"),
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["who_id", "-at", "-id"], name="event_of_person"),
            models.Index(fields=["who", "-at", "-id"], name="event_of_name"),
            models.Index(fields=["action", "-at", "-id"], name="event_of_action"),
            models.Index(fields=["kind", "-at", "-id"], name="event_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError("The trail is only added to: what was decided stays on record.")
