"""What waits on the editors' desk for whoever logs in."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from articles import jobs, links
from articles.admin import display
from articles.admin.filters import is_common
from articles.admin.rights import SEE_PUBLICATIONS, person
from articles.models import Article, Comment, Facet, Publication, Revision

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line in a list of the desk."""

    link: str
    detail: str
    badge: str = ""


def desk(request: HttpRequest) -> dict[str, Any]:
    """The lists of the desk that the person may see; nine short queries at most."""
    may = person(request).has_perm
    found: dict[str, Any] = {"waiting_in_vain": jobs.waiting_in_vain(timezone.now())}
    if may("articles.change_article"):
        found["unfinished"] = _unfinished(person(request))
    if may("articles.change_comment"):
        found |= _waiting()
    if may(SEE_PUBLICATIONS):
        found |= _publications()
    return found


def _unfinished(author: User) -> list[Row]:
    """Drafts, and what was changed since publication, where this person wrote a revision."""
    own = Revision.objects.filter(author=author).order_by()
    # By their keys, which an index holds: where most were written by one person, SQLite goes through all.
    few = Revision.objects.filter(pk__in=own.values("pk")).order_by()
    by_author = (
        Exists(own.filter(article=OuterRef("pk"))) if is_common(own) else Q(pk__in=few.values("article"))
    )
    now = timezone.now()
    mine: QuerySet[Any] = Article.objects.unfinished(now).filter(by_author).with_state(now)
    return [
        Row(
            display.edit_link(article),
            f"changed {display.moment(article.updated_at)}",
            display.badge(article.state),
        )
        for article in mine.order_by("-updated_at")[:SHOWN]
    ]


def _waiting() -> dict[str, Any]:
    comments = Comment.objects.waiting()
    rows = [
        Row(
            format_html('<a href="{}">{}</a>', _address_of(comment), Truncator(comment.text).chars(80)),
            f"{comment.name} on {comment.article}",
        )
        for comment in comments.select_related("article").order_by("created_at")[:SHOWN]
    ]
    address = f"{reverse('admin:articles_comment_changelist')}?status__exact=waiting"
    return {
        "waiting": rows,
        "waiting_more": rows and format_html('<a href="{}">All {} of them</a>', address, comments.count()),
    }


def _address_of(comment: Comment) -> str:
    return reverse("admin:articles_comment_change", args=[comment.pk])


def _publications() -> dict[str, list[Row]]:
    now = timezone.now()
    columns = ("title", "starts_at", "article__kind", "article__title", "by__username")
    shown = Publication.objects.select_related("article", "by").only(*columns)
    scheduled = shown.filter(starts_at__gt=now).order_by("starts_at")[:SHOWN]
    latest = shown.at(now).order_by("-starts_at")[:SHOWN]
    return {
        "scheduled": [_row(each) for each in scheduled],
        "latest": [_row(each) for each in latest],
        "leading_nowhere": [_link_row(facet) for facet in links.broken(now, SHOWN)],
    }


def _link_row(facet: Facet) -> Row:
    target = facet.label or "an article that was deleted"
    return Row(display.edit_link(facet.publication.article), f"links to “{target}”, which is not live")


def _row(publication: Publication) -> Row:
    by = f", by {publication.by}" if publication.by else ""
    return Row(display.edit_link(publication.article), f"{display.moment(publication.starts_at)}{by}")
