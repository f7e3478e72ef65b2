"""How things are shown in lists and messages: a state as a badge, an article as a link to its form."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles import kinds
from articles.formats import day, moment
from articles.models import Article, BulkJob, Publication, Review, State

__all__ = [
    "badge",
    "checked_address",
    "day",
    "edit_address",
    "edit_link",
    "form_address",
    "history_link",
    "job_address",
    "joined",
    "live_link",
    "moment",
    "place_address",
    "put_back_link",
    "review_address",
    "review_badge",
    "review_link",
    "share_link",
    "shortened",
]


def badge(state: str) -> SafeString:
    return format_html('<span class="state state-{}">{}</span>', state, State(state).label)


def review_badge(state: str | None) -> SafeString:
    """Nothing where it is in no review."""
    if not state:
        return SafeString("")
    return format_html('<span class="state review-{}">{}</span>', state, Review.State(state).label)


def edit_address(article: Article) -> str:
    """Where the article is edited: each kind has a list and a form of its own."""
    return _address("change", article)


def edit_link(article: Article) -> SafeString:
    return format_html('<a href="{}">{}</a>', edit_address(article), article.title)


def history_link(article: Article) -> SafeString:
    return format_html('<a href="{}" target="_blank">history</a>', _address("history", article))


def put_back_link(article: Article) -> SafeString:
    """To the form, where the button for it is."""
    return format_html('<a href="{}" target="_blank">Put it back first</a>', edit_address(article))


def review_address(article: Article) -> str:
    return _address("review", article)


def review_link(article: Article) -> SafeString:
    return format_html('<a href="{}">{}</a>', review_address(article), article.title)


def checked_address(article: Article) -> str:
    """Where it is said that facts were checked."""
    return _address("checked", article)


def place_address(article: Article, place: str) -> str:
    """Where in its form an article is edited; the form finds out where its places are."""
    at = f"?{urlencode({'at': place})}" if place else ""
    return f"{edit_address(article)}{at}"


def share_link(article: Article) -> SafeString:
    return format_html('<a href="{}">{}</a>', _address("share", article), article.title)


def live_link(publication: Publication) -> SafeString:
    """The address of a publication's page; its title where it has none."""
    address = kinds.get(publication.kind).address(publication.slug)
    if address is None:
        return format_html("“{}”", publication.title)
    return format_html('<a href="{}">{}</a>', address, address)


def job_address(job: BulkJob) -> str:
    return reverse("admin:articles_bulkjob_change", args=[job.pk])


def joined(items: Iterable[object]) -> str:
    return ", ".join(map(str, items)) or "–"


def shortened(lines: Iterable[str], most: int) -> list[str]:
    """The first lines; that there are more is said in place of the rest."""
    found = list(lines)
    return [*found[:most], "and others"] if len(found) > most else found


def form_address(kind: str, pk: UUID) -> str:
    """Where an article of the kind is edited, or was."""
    return _address_of("change", kind, pk)


def _address(page: str, article: Article) -> str:
    return _address_of(page, article.kind, article.pk)


def _address_of(page: str, kind: str, pk: UUID) -> str:
    options = kinds.get(kind).model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[pk])
