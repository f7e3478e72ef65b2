"""The editors' side: forms, lists, and buttons that call the transitions of `articles.publishing`."""

from articles.admin import (
    articles,
    comments,
    due,
    events,
    external_links,
    findings,
    history,
    images,
    links,
    shared,
)

__all__ = [
    "articles",
    "comments",
    "due",
    "events",
    "external_links",
    "findings",
    "history",
    "images",
    "links",
    "shared",
]
