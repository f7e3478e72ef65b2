from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles import finding
from articles.admin import display
from articles.admin.base import DeskAdmin
from articles.comments import moderate
from articles.models import Comment, CommentQuerySet

Status = Comment.Status


@admin.register(Comment)
class CommentAdmin(DeskAdmin):
    """The queue of readers' replies, the newest first."""

    list_display = ("beginning", "name", "on", "status", "created_at")
    list_filter = ("status", "created_at")
    list_select_related = ("article",)
    sortable_by = ("created_at",)
    search_fields = ("name", "email", "text", "article__title")
    search_help_text = "Words of the reply, of its writer's name or address, or of the article."
    finder = staticmethod(finding.comments)
    ordering = ("-created_at", "id")
    actions = ("approve", "reject", "mark_as_spam")
    fields = ("on", "parent", "created_at", "status", "name", "email", "text")
    readonly_fields = ("on", "parent", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # replies come from readers, through the page they reply to

    @admin.display(description="reply")
    def beginning(self, comment: Comment) -> str:
        return Truncator(comment.text).chars(100)

    @admin.display(description="on")
    def on(self, comment: Comment) -> SafeString:
        return display.edit_link(comment.article)

    @admin.action(description="Approve: readers see them", permissions=["change"])
    def approve(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        self._decide(request, comments, Status.APPROVED)

    @admin.action(description="Reject: readers don't see them", permissions=["change"])
    def reject(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        self._decide(request, comments, Status.REJECTED)

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_as_spam(self, request: HttpRequest, comments: CommentQuerySet) -> None:
        self._decide(request, comments, Status.SPAM)

    def _decide(self, request: HttpRequest, comments: CommentQuerySet, status: Status) -> None:
        count = moderate(comments, status)
        messages.success(request, f"{count} now {status.label.lower()}.")
