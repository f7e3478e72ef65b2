"""The queue of readers' replies, of all articles: read, decided about, and made something of."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles import finding, trail
from articles.admin import display
from articles.admin.base import DeskAdmin
from articles.admin.comment_data import DataView
from articles.admin.comment_views import CommentViews
from articles.admin.fields import SentBackField
from articles.admin.nameless import NamelessLog
from articles.admin.rights import person
from articles.comments import texts
from articles.comments.deciding import moderate, named, note_deleted
from articles.comments.personal import normalised
from articles.models import Comment, CommentQuerySet

Status = Comment.Status
MOST_BANNED = 100  # writers at once
TONES = {
    Status.WAITING: "scheduled",
    Status.APPROVED: "live",
    Status.REJECTED: "draft",
    Status.SPAM: "withdrawn",
    Status.WITHDRAWN: "draft",
}


class SeenField(SentBackField, forms.CharField):
    """When the page was made: what was changed since, nobody has read there."""


class QueueForm(ActionForm):
    seen = SeenField(initial=lambda: timezone.now().isoformat(), label="")


class CommentForm(forms.ModelForm):
    """A reply as a moderator saw it."""

    seen = SeenField(label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = _version(self.instance)
        if "status" in self.fields:
            choices = [choice for choice in Status.choices if choice[0] != Status.WITHDRAWN]
            self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return texts.line(self.cleaned_data["name"])

    def clean_text(self) -> str:
        return texts.cleaned(self.cleaned_data["text"])

    def clean_email(self) -> str:
        return normalised(self.cleaned_data["email"])

    def clean(self) -> Any:
        cleaned = super().clean()
        seen = self.data.get("seen")
        if seen is not None and seen != _version(self.instance):
            raise ValidationError(
                "Its writer has changed it meanwhile. Open it again, and read what it says."
            )
        return cleaned


def _version(comment: Comment) -> str:
    return comment.edited_at.isoformat() if comment.edited_at else "0"


@admin.register(Comment)
class CommentAdmin(CommentViews, DataView, NamelessLog, DeskAdmin):
    """The newest first."""

    form = CommentForm
    action_form = QueueForm
    change_list_template = "admin/comments/list.html"
    change_form_template = "admin/comments/reply.html"
    list_display = ("beginning", "badge", "against", "name", "on", "created_at")
    list_filter = ("status", "verdict", "created_at")
    list_select_related = ("article",)
    sortable_by = ("created_at",)
    search_fields = ("name", "email", "text", "article__title")
    search_help_text = "Words of the reply, of its writer's name or address, or of the article."
    finder = staticmethod(finding.comments)
    ordering = ("-created_at", "id")
    actions = ("approve", "reject", "mark_as_spam", "ban")
    fields = (
        "on",
        "answers",
        ("created_at", "edited_at"),
        "status",
        "against",
        "name",
        ("email", "confirmed_at"),
        "text",
        "about",
        "seen",
    )
    readonly_fields = ("on", "answers", "created_at", "edited_at", "against", "confirmed_at", "about")

    class Media:
        css = {"all": ("careersite/admin/replies.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # replies come from readers, through the page they reply to

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of what was taken back nothing is left to be changed, and nobody else says it again."""
        fixed = super().get_readonly_fields(request, obj)
        taken_back = obj is not None and obj.status == Status.WITHDRAWN
        return (*fixed, "status", "name", "email", "text") if taken_back else fixed

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        changed = [name for name in form.changed_data if name in ("name", "email", "text")]
        if changed:
            if {"name", "text"} & set(changed):
                obj.digest = ""  # what its writer sent is not what it says any more
                trail.note(trail.Action.REPLY_CHANGED, obj.article, by=person(request), detail=named(obj))
            if obj.email != form.initial["email"]:
                obj.confirmed_at = None  # of the other address nobody has said that it is theirs
            obj.save(update_fields=[*changed, "digest", "confirmed_at"])
        if "status" in form.changed_data:
            same = Comment.objects.filter(pk=obj.pk)
            as_read = obj.edited_at or obj.created_at
            decided = moderate(same, Status(obj.status), by=person(request), seen_at=as_read)
            if decided.left_out:
                said = "Its status is as it was: its writer has changed it meanwhile, or taken it back."
                messages.warning(request, said)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Comment) -> None:
        note_deleted([obj], by=person(request))
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        note_deleted(list(queryset.select_related("article")), by=person(request))
        super().delete_queryset(request, queryset)

    # --- What is shown --------------------------------------------------------------------------

    @admin.display(description="reply")
    def beginning(self, comment: Comment) -> str:
        return Truncator(comment.text).chars(100) or "(nothing)"

    @admin.display(description="on")
    def on(self, comment: Comment) -> SafeString:
        return display.edit_link(comment.article)

    @admin.display(description="answers")
    def answers(self, comment: Comment) -> SafeString | str:
        if comment.parent is None:
            return "–"
        address = reverse("admin:articles_comment_change", args=[comment.parent_id])
        return format_html('<a href="{}">{}</a>', address, str(comment.parent))

    @admin.display(description="status")
    def badge(self, comment: Comment) -> SafeString:
        tone = TONES[Status(comment.status)]
        return format_html('<span class="state state-{}">{}</span>', tone, comment.get_status_display())

    @admin.display(description="speaks against it")
    def against(self, comment: Comment) -> str:
        links = texts.links(comment.text)
        found = [
            comment.held_for,
            "Akismet takes it to be spam" if comment.verdict == Comment.Verdict.SPAM else "",
            f"{links} link{'' if links == 1 else 's'}" if links else "",
        ]
        return ", ".join(filter(None, found)) or "–"

    @admin.display(description="about")
    def about(self, comment: Comment) -> SafeString | str:
        """A link to the place in the article's form, which finds out where that is."""
        if not comment.place:
            return "–"
        address = display.place_address(comment.article, comment.place)
        return format_html('<a href="{}">{}</a>', address, self.place_words(comment))

    # --- What is decided ------------------------------------------------------------------------

    @admin.action(description="Approve: readers see them", permissions=["change"])
    def approve(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        self._decide(request, comments, Status.APPROVED)

    @admin.action(description="Reject: readers don't see them", permissions=["change"])
    def reject(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        self._decide(request, comments, Status.REJECTED)

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_as_spam(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        self._decide(request, comments, Status.SPAM)

    @admin.action(description="Ban who wrote them…", permissions=["ban"])
    def ban(self, request: HttpRequest, comments: CommentQuerySet) -> HttpResponse:
        keys = comments.order_by("-created_at", "pk").values_list("pk", flat=True)[: MOST_BANNED + 1]
        if len(keys) > MOST_BANNED:
            said = f"Only the newest {MOST_BANNED} are taken at once. Choose the others after these."
            messages.warning(request, said)
        chosen = "&".join(f"reply={key}" for key in keys[:MOST_BANNED])
        return redirect(f"{reverse('admin:articles_comment_ban')}?{chosen}")

    def _decide(self, request: HttpRequest, comments: CommentQuerySet, status: Status) -> None:
        seen_at = _moment(request.POST.get("seen", ""))
        decided = moderate(comments, status, by=person(request), seen_at=seen_at)
        messages.success(request, f"{decided.done} now {status.label.lower()}.")
        if decided.left_out:
            since = "sent, changed or taken back since you opened the list"
            said = f"{decided.left_out} left as they were: {since}."
            messages.warning(request, said)


def _moment(text: str) -> Any:
    """None where somebody has sent something else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
