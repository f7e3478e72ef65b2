"""The editors' side: forms, lists, and buttons that call the transitions of `articles.publishing`."""

from articles.admin import articles, comments, history, shared

__all__ = ["articles", "comments", "history", "shared"]
