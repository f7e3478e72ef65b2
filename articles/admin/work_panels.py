"""What the desk's first page shows of a person's own work, and of what waits for somebody's decision."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles import kinds, tasks
from articles.admin import display, panels
from articles.admin.panels import Found, Panel, Place, Row
from articles.admin.rights import REVIEW, kinds_that, readable_kinds
from articles.admin.tasks import address_of
from articles.formats import day
from articles.models import Article, Comment, Review, Revision

OWN = 1_000  # a person's last revisions, by which their drafts are found
OVERDUE = format_html('<span class="state overdue">{}</span>', "Overdue")


# --- Tasks ------------------------------------------------------------------------------------


def _tasks(user: User, moment: datetime, limit: int) -> Found:
    return panels.listed(tasks.waiting_for(user).select_related("article"), limit, _task)


def _task(task: Any) -> Row:
    link = format_html('<a href="{}">{}</a>', address_of(task), task.get_reason_display())
    return Row(link, _about(task.article.title, task.due_on), _overdue(task.due_on))


def _about(title: str, due_on: Any) -> str:
    return f"{title}, by {day(due_on)}" if due_on else title


def _overdue(due_on: Any) -> str:
    return OVERDUE if due_on and due_on < timezone.localdate() else ""


panels.register(
    Panel(
        name="tasks",
        title="Your tasks",
        glance="Tasks for you",
        place=Place.YOURS,
        find=_tasks,
        nothing=lambda user: "Nobody asks you for anything.",
        whole=lambda: reverse("admin:tasks"),
    )
)


# --- Drafts -----------------------------------------------------------------------------------


def _drafts(user: User, moment: datetime, limit: int) -> Found:
    """Drafts, and what was changed since publication, among what a person saved last."""
    own = Revision.objects.filter(author=user).order_by("-id").values("article")[:OWN]
    seen = readable_kinds(user)
    unfinished: Any = Article.objects.unfinished(moment).filter(pk__in=own)
    if len(seen) < len(kinds.every()):
        unfinished = unfinished.filter(kind__in=[kind.name for kind in seen])
    return panels.listed(
        unfinished.with_state(moment).with_review().order_by("-updated_at", "id"), limit, _draft
    )


def _draft(article: Any) -> Row:
    badges = format_html("{} {}", display.badge(article.state), display.review_badge(article.review_state))
    return Row(display.edit_link(article), f"changed {display.moment(article.updated_at)}", badges)


def _begin(user: User) -> str:
    """Where a draft is begun, for those who may."""
    links = [(_add_address(kind), kind.label) for kind in kinds_that(user, "add") if kind.prefix]
    if not links:
        return "Nothing of yours is unfinished."
    offered = format_html_join(", ", '<a href="{}">{}</a>', links)
    return format_html("Nothing of yours is unfinished. Begin something: {}.", offered)


def _add_address(kind: kinds.Kind) -> str:
    options = kind.model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_add")


panels.register(
    Panel(
        name="drafts",
        title="Your unfinished work",
        glance="Unfinished work",
        may=lambda user: bool(kinds_that(user, "change")),
        place=Place.YOURS,
        find=_drafts,
        nothing=_begin,
    )
)


# --- Reviews ----------------------------------------------------------------------------------


def _reviews(user: User, moment: datetime, limit: int) -> Found:
    in_trash = Article.objects.trashed().filter(pk=OuterRef("article")).order_by()
    waiting: Any = Review.objects.waiting().filter(~Exists(in_trash))
    shown = waiting.select_related("article", "submitted_by", "assignee")
    return panels.listed(
        shown.order_by(F("due_on").asc(nulls_last=True), "submitted_at", "id"), limit, _review
    )


def _review(review: Any) -> Row:
    asked = f"asks {review.assignee}" if review.assignee else "asks whoever may"
    by = f"{review.submitted_by} {asked}" if review.submitted_by else asked
    return Row(display.review_link(review.article), _about(by, review.due_on), _overdue(review.due_on))


panels.register(
    Panel(
        name="reviews",
        title="Awaiting review",
        glance="Awaiting review",
        place=Place.WAITING,
        may=panels.holding(REVIEW),
        find=_reviews,
        nothing=lambda user: "Nothing is submitted.",
    )
)


# --- Replies ----------------------------------------------------------------------------------


def _replies(user: User, moment: datetime, limit: int) -> Found:
    waiting = Comment.objects.waiting().select_related("article")
    return panels.listed(waiting.order_by("created_at", "id"), limit, _reply)


def _reply(comment: Any) -> Row:
    return Row(_reply_link(comment), f"{comment.name} on {comment.article}")


def _reply_link(comment: Any) -> SafeString:
    address = reverse("admin:articles_comment_change", args=[comment.pk])
    return format_html('<a href="{}">{}</a>', address, Truncator(comment.text).chars(80))


def _waiting_replies() -> str:
    return f"{reverse('admin:articles_comment_changelist')}?status__exact={Comment.Status.WAITING}"


panels.register(
    Panel(
        name="replies",
        title="Replies that wait for you",
        glance="Replies waiting",
        may=panels.holding("articles.change_comment"),
        place=Place.WAITING,
        find=_replies,
        nothing=lambda user: "None waits.",
        whole=_waiting_replies,
    )
)
