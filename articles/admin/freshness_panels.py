"""What the desk's first page shows of facts that are to be checked again."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from articles import freshness, kinds
from articles.admin import display, panels
from articles.admin.panels import Figure, Found, Panel, Row
from articles.admin.rights import kinds_that
from articles.formats import day


def _writes(user: User) -> bool:
    return bool(kinds_that(user, "change"))


def _due(user: User, moment: datetime, limit: int) -> Found:
    return panels.listed(_of_kinds(freshness.due(moment), user), limit, _article)


def _of_kinds(articles: Any, user: User) -> Any:
    """Of the kinds that somebody may change."""
    own = [kind.name for kind in kinds_that(user, "change")]
    return articles if len(own) == len(kinds.every()) else articles.filter(kind__in=own)


def _article(article: Any) -> Row:
    return Row(display.edit_link(article), f"since {day(article.facts_due_on)}")


def _expired(user: User, moment: datetime) -> QuerySet[Any]:
    return freshness.expired(timezone.localdate(moment))


panels.register(
    Panel(
        name="due",
        title="Facts to check again",
        glance="Due for review",
        may=_writes,
        find=_due,
        nothing=lambda user: "All facts were checked within the time that is set for them.",
        whole=lambda: reverse("admin:articles_due_changelist"),
    )
)
panels.register(
    Figure(
        name="expired",
        words="Expired sources",
        rows=_expired,
        may=_writes,
        whole=lambda: reverse("admin:claims"),
    )
)
