"""Who wants to be told of replies to an article: asked for, confirmed by mail, ended with one click."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from articles import jobs
from articles.comments import mail, subjects
from articles.models import Comment, Follower


def begin(article: UUID, email: str) -> bool:
    """Somebody wants to follow; whether that is still to be confirmed."""
    follower, _ = Follower.objects.get_or_create(article_id=article, email=email)
    return follower.confirmed_at is None


def confirm(article: UUID, email: str) -> None:
    """Whoever reads the mail of the address wants it as well, if somebody asked for it."""
    asked = Follower.objects.filter(article=article, email=email, confirmed_at=None)
    asked.update(confirmed_at=timezone.now())


def end(pk: UUID) -> None:
    """Nothing is kept of it, and to end it twice is the same."""
    Follower.objects.filter(pk=pk).delete()


def forget(article: UUID, email: str) -> None:
    """A reply was taken back: so is its wish to follow, unless that is confirmed, or another has it too."""
    if not Comment.objects.filter(article=article, email=email).exists():
        Follower.objects.filter(article=article, email=email, confirmed_at=None).delete()


def announce(comments: Iterable[Comment]) -> None:
    """Have followers told of what was just approved, in the background."""
    new = [comment for comment in comments if comment.announced_at is None]
    followed = set(
        Follower.objects.confirmed()
        .filter(article__in={comment.article_id for comment in new})
        .values_list("article", flat=True)
    )
    if named := [str(comment.pk) for comment in new if comment.article_id in followed]:
        tell.enqueue(named)


@jobs.repeatable  # each is told in one transaction
@task()
def tell(comments: list[str]) -> None:
    """Tell followers of these replies, unless they were taken down again or are told of already."""
    for pk in comments:
        with transaction.atomic():
            _tell(pk)


def _tell(pk: str) -> None:
    approved = Comment.objects.approved().select_for_update(of=("self",))
    comment = approved.filter(pk=pk, announced_at=None).first()
    if comment is None:
        return
    now = timezone.now()
    if not subjects.subject(comment.article_id, now).address:
        return
    followers = Follower.objects.confirmed().filter(article=comment.article_id)
    for follower in followers.exclude(email=comment.email):
        mail.tell_follower.enqueue(str(follower.pk), pk)
    comment.announced_at = now
    comment.save(update_fields=["announced_at"])
