"""Where a link to another site stands, article by article, with links that lead there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import comparing
from articles.admin import display, row_links
from articles.models import Article, ExternalLink, LinkUse, Publication

SHOWN = 50  # articles
READ = 400  # places


@dataclass(slots=True)
class Used:
    """An article that has the link: its draft, what is live of it and what is to be."""

    link: SafeString
    is_trashed: bool
    places: dict[str, list[SafeString | str]] = field(default_factory=dict)


def uses_by_article(link: ExternalLink, moment: datetime) -> list[Used]:
    """The first of them, by one query."""
    columns = ("article__title", "article__kind", "article__trashed_at", "publication__starts_at")
    uses = LinkUse.objects.filter(link=link).select_related("article", "publication")
    own = ("place", "words", *columns, "publication__ends_at")
    found: dict[Any, Used] = {}
    for use in uses.only(*own).order_by("article_id", "publication_id", "id")[:READ]:
        if sort := _sort(use.publication, moment):
            used = found.setdefault(use.article_id, _used(use.article))
            used.places.setdefault(sort, []).append(_place(use) if sort == "Draft" else use.words)
    return list(found.values())[:SHOWN]


def _used(article: Article) -> Used:
    return Used(display.edit_link(article), article.trashed_at is not None)


def _sort(publication: Publication | None, moment: datetime) -> str:
    """Empty for what readers will not see again."""
    if publication is None:
        return "Draft"
    if publication.ends_at and publication.ends_at <= moment:
        return ""
    return "Scheduled" if publication.starts_at > moment else "Live"


def _place(use: LinkUse) -> SafeString:
    """A link to the row of the form that has it."""
    address = row_links.address(use.article, comparing.parse(use.place))
    return format_html('<a href="{}">{}</a>', address, use.words)
