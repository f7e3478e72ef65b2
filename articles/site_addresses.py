"""Where the site's own pages are."""

from django.conf import settings

from articles import kinds


def of(kind: str, slug: str) -> str:
    """The path of the page of an article; the home page's where its kind has none."""
    return kinds.get(kind).address(slug) or "/"


def absolute(path: str) -> str:
    """The address with the site's own host."""
    return f"{settings.SITE_URL}{path}"
