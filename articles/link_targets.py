"""What a link may lead to: articles with a page of their own, found by words or by their address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.validators import slug_re
from django.db.models import QuerySet

from articles import finding, kinds
from articles.models import Article, Publication

MOST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Articles, each with its `state`; `more` says that there are others."""

    articles: list[Any]
    more: bool = False


def by_words(words: str, among: Collection[str], moment: datetime) -> Found:
    """Articles of some kinds that have all the words (see `finding`), those last changed first."""
    wanted = _choosable(among)
    if words.strip():
        wanted = finding.articles(wanted, words)
    # Their states are asked for once they are found, and not for all that would have to be sorted.
    found = list(wanted.order_by("-updated_at", "id").values_list("pk", flat=True)[: MOST + 1])
    articles = Article.objects.with_state(moment).in_bulk(found[:MOST])
    return Found([articles[pk] for pk in found if pk in articles], len(found) > MOST)


def by_id(pk: UUID, among: Collection[str], moment: datetime) -> Found:
    return Found(list(_choosable(among).with_state(moment).filter(pk=pk)))


def by_address(address: str, sites: Collection[str], among: Collection[str], moment: datetime) -> Found:
    """The article at an address of one of these sites: now, formerly, or once it is published."""
    if named := place(address, sites):
        kind, slug = named
        if kind in among and (pk := _at(kind, slug, moment)):
            return by_id(pk, among, moment)
    return Found([])


def _choosable(among: Collection[str]) -> Any:
    return Article.objects.filter(kind__in=among, trashed_at=None)


def place(address: str, sites: Collection[str]) -> tuple[str, str] | None:
    """Kind and slug that an address names, whoever wrote it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    elsewhere = parts.netloc and f"{parts.scheme}://{parts.netloc}" not in sites
    if elsewhere or parts.query:
        return None
    for kind in kinds.every():
        if kind.prefix and parts.path.startswith(kind.prefix):
            slug = parts.path.removeprefix(kind.prefix).removesuffix("/")
            return (kind.name, slug) if slug_re.match(slug) else None
    return None


def _at(kind: str, slug: str, moment: datetime) -> UUID | None:
    published: QuerySet[Any] = Publication.objects.filter(kind=kind, slug=slug, starts_at__lte=moment)
    last = published.order_by("-starts_at").values_list("article", flat=True).first()
    return last or Article.objects.filter(kind=kind, slug=slug).values_list("pk", flat=True).first()
