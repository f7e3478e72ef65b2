"""The editors' side: forms, lists, and buttons that call the transitions of `articles.publishing`."""

from articles.admin import articles, comments, external_links, history, images, links, shared

__all__ = ["articles", "comments", "external_links", "history", "images", "links", "shared"]
