"""The editors' side: forms, lists, and buttons that call the transitions of `articles.publishing`."""

from articles.admin import (
    articles,
    comment_rules,
    comments,
    due,
    events,
    external_links,
    findings,
    freshness_panels,
    history,
    images,
    jobs,
    links,
    publication_panels,
    report_figures,
    shared,
    work_panels,
)

__all__ = [
    "articles",
    "comment_rules",
    "comments",
    "due",
    "events",
    "external_links",
    "findings",
    "freshness_panels",
    "history",
    "images",
    "jobs",
    "links",
    "publication_panels",
    "report_figures",
    "shared",
    "work_panels",
]
