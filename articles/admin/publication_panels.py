"""What the desk's first page shows of publications: to come, published last, and links that lead nowhere."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from articles import links
from articles.admin import display, panels
from articles.admin.panels import Found, Panel, Row
from articles.admin.period_filter import LIVE, SCHEDULED
from articles.admin.rights import SEE_PUBLICATIONS
from articles.models import Facet, Publication

COLUMNS = ("title", "starts_at", "article__kind", "article__title", "by__username")


def _shown() -> Any:
    return Publication.objects.select_related("article", "by").only(*COLUMNS)


def _scheduled(user: User, moment: datetime, limit: int) -> Found:
    coming = _shown().filter(starts_at__gt=moment).order_by("starts_at", "id")
    return panels.listed(coming, limit, _publication)


def _latest(user: User, moment: datetime, limit: int) -> Found:
    """Without a figure: that of all that is live says little."""
    latest = _shown().at(moment).order_by("-starts_at", "-id")[:limit]
    rows = [_publication(each) for each in latest]
    return Found(len(rows), rows)


def _publication(publication: Publication) -> Row:
    by = f", by {publication.by}" if publication.by else ""
    return Row(display.edit_link(publication.article), f"{display.moment(publication.starts_at)}{by}")


def _broken(user: User, moment: datetime, limit: int) -> Found:
    found = links.broken(moment, panels.LISTED)
    return Found(len(found), [_link(facet) for facet in found[:limit]])


def _link(facet: Facet) -> Row:
    target = facet.label or "an article that was deleted"
    return Row(display.edit_link(facet.publication.article), f"links to “{target}”, which is not live")


def _publications(period: str) -> str:
    return f"{reverse('admin:articles_publication_changelist')}?period={period}"


panels.register(
    Panel(
        name="scheduled",
        title="Scheduled",
        glance="Scheduled",
        may=panels.holding(SEE_PUBLICATIONS),
        find=_scheduled,
        nothing=lambda user: "Nothing is scheduled. “Schedule…”, beside a form, asks for the day and time.",
        whole=lambda: _publications(SCHEDULED),
        template="admin/desk/_scheduled.html",
    )
)
panels.register(
    Panel(
        name="latest",
        title="Published last",
        may=panels.holding(SEE_PUBLICATIONS),
        find=_latest,
        nothing=lambda user: "Nothing is live yet. “Publish now”, beside a form, is for those who may.",
        whole=lambda: _publications(LIVE),
        whole_words="All that is live",
    )
)
panels.register(
    Panel(
        name="links",
        title="Links that readers get as plain text",
        glance="Links leading nowhere",
        may=panels.holding(SEE_PUBLICATIONS),
        find=_broken,
        only_if_any=True,
    )
)
