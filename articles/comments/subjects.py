"""What replies are about, as readers see it, or saw it last: its draft may be called otherwise by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from articles import site_addresses
from articles.models import Publication


@dataclass(frozen=True, slots=True)
class Subject:
    title: str
    language: str
    address: str = ""  # of its page; nothing where that is gone


def subject(article: UUID, now: datetime) -> Subject:
    """One query."""
    shown = Publication.objects.filter(article=article, starts_at__lte=now).order_by("-starts_at")
    last = shown.only("kind", "slug", "title", "language", "ends_at").first()
    if last is None:
        return Subject("", settings.LANGUAGE_CODE)
    is_live = last.ends_at is None or last.ends_at > now
    return Subject(last.title, last.language, site_addresses.of(last.kind, last.slug) if is_live else "")


def titles(articles: Iterable[UUID], now: datetime) -> dict[UUID, str]:
    """What each of them is called. One query."""
    shown = Publication.objects.filter(article__in=set(articles), starts_at__lte=now)
    return dict(shown.order_by("starts_at").values_list("article", "title"))
