"""The editors' side: forms, lists, and buttons that call the transitions of `articles.publishing`."""

from articles.admin import (
    articles,
    comments,
    events,
    external_links,
    findings,
    history,
    images,
    jobs,
    links,
    shared,
)

__all__ = [
    "articles",
    "comments",
    "events",
    "external_links",
    "findings",
    "history",
    "images",
    "jobs",
    "links",
    "shared",
]
