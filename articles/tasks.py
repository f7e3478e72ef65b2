"""What people are asked to do about articles. Transitions ask and close; some tasks a person ends."""

from datetime import date
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator

from articles.models import Article, Task, TaskQuerySet
from articles.obstacles import PublishingError

Reason = Task.Reason
LONGEST_REASON = 300
DECIDED = {Reason.REVIEW, Reason.CHANGES}  # these end with a transition, and not by themselves
WRITING = "articles.change_article"
# Who may do what nobody in particular was asked for; all else is for those who write.
NEEDED = {
    Reason.REVIEW: "articles.review_article",
    Reason.LATE: "articles.publish_article",
}


def ask(
    article: Article,
    reason: Reason,
    *,
    by: User | None,
    assignee: User | None = None,
    due_on: date | None = None,
    text: str = "",
    place: str = "",
    about: UUID | None = None,
) -> Task:
    """Have somebody, or whoever may, do something; `about` a row of another article only once at a time."""
    return Task.objects.create(
        article_id=article.pk,
        reason=reason,
        text=text,
        place=place,
        about=about,
        assignee=assignee,
        due_on=due_on,
        created_by=by,
        created_at=timezone.now(),
    )


def close(article: Article, *reasons: Reason, by: User | None) -> None:
    """End the open tasks of these sorts: what they asked for is done, or not needed any more."""
    found = article.tasks.open().filter(reason__in=reasons)
    found.update(done_at=timezone.now(), done_by=by)


def drop(task: Task, why: str, *, by: User | None) -> None:
    """End a task that nobody has to do any more, and say why."""
    task.done_at, task.done_by, task.moot = timezone.now(), by, Truncator(why).chars(LONGEST_REASON)
    task.save(update_fields=["done_at", "done_by", "moot"])


def finish(task: Task, *, by: User) -> bool:
    """End a task, as somebody says that it is done; returns whether it was open.

    Raises PublishingError where a decision ends it.
    """
    if task.reason in DECIDED:
        raise PublishingError("This ends by itself, once it is decided or submitted again.")
    found = Task.objects.open().filter(pk=task.pk)
    return bool(found.update(done_at=timezone.now(), done_by=by))


def may_do(user: User, task: Task) -> bool:
    """Whether the task is one of theirs."""
    if task.assignee_id:
        return task.assignee_id == user.pk
    return user.has_perm(NEEDED.get(Reason(task.reason), WRITING))


def waiting_for(user: User) -> TaskQuerySet:
    """What a person is asked to do, and what whoever may is; the next due first, then what has no date."""
    allowed = [reason for reason in Reason if user.has_perm(NEEDED.get(reason, WRITING))]
    theirs = Q(assignee=user) | Q(assignee=None, reason__in=allowed)
    # Not by a join, for which SQLite would read all articles.
    in_trash = Article.objects.trashed().filter(pk=OuterRef("article")).order_by()
    found = Task.objects.open().filter(theirs, ~Exists(in_trash))
    return found.order_by(F("due_on").asc(nulls_last=True), "created_at", "id")
