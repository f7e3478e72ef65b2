"""What readers see: publications that are live at a moment, and where an old address leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from uuid import UUID

from articles import kinds, site_addresses, translations
from articles.models import Publication, PublicationQuerySet
from articles.prepared import SAMPLE, Prepared

VERSUS = "-vs-"
DERIVED = ("search_text", "card_html", "page", "fragments")


@dataclass(frozen=True, slots=True)
class Found:
    publication: Publication


@dataclass(frozen=True, slots=True)
class Moved:
    """What was asked for lives at another address; `permanent` says that it will for ever."""

    address: str
    permanent: bool = True


@dataclass(frozen=True, slots=True)
class Gone:
    """The article was published under this address and has been withdrawn."""

    title: str


Outcome = Found | Moved | Gone | None


def moved_status(method: str | None, *, permanent: bool) -> int:
    """The status of a redirect; 307 and 308 keep the method and what was sent."""
    if method in ("GET", "HEAD"):
        return 301 if permanent else 302
    return 308 if permanent else 307


def live(moment: datetime) -> PublicationQuerySet:
    return Publication.objects.at(moment)


def resolve(kind: str, slug: str, moment: datetime) -> Outcome:
    """What stands at an address at a moment, with its rendered parts; None where nothing ever did.

    One query where the article is live.
    """
    found = _with_parts(kind=kind, slug=slug, moment=moment)
    return Found(found[0]) if found else _formerly(kind, slug, moment)


def resolve_with_document(kind: str, slug: str, moment: datetime) -> Outcome:
    """Like `resolve`, with the revision's document instead of the rendered parts."""
    found = _with_document(kind=kind, slug=slug, moment=moment)
    return Found(found[0]) if found else _formerly(kind, slug, moment)


def _at_address(kind: str, slug: str, moment: datetime) -> PublicationQuerySet:
    return live(moment).filter(kind=kind, slug=slug).order_by()


_with_parts = Prepared(
    lambda **at: (
        _at_address(**at)
        .annotate(translations=translations.column(at["moment"]))
        .only(
            "article",
            "revision",
            "kind",
            "slug",
            "title",
            "language",
            "first_published_at",
            "starts_at",
            "page",
            "rendered_with",
        )
    ),
    kind="<kind>",
    slug="<slug>",
    moment=SAMPLE,
)
_with_document = Prepared(
    lambda **at: _at_address(**at).select_related("revision").defer(*DERIVED),
    kind="<kind>",
    slug="<slug>",
    moment=SAMPLE,
)


def by_articles(articles: Iterable[UUID], moment: datetime) -> dict[UUID, Publication]:
    """The live publications of these articles, in one query."""
    found = live(moment).filter(article__in=list(articles)).defer("search_text", "card", "page")
    return {publication.article_id: publication for publication in found}


def _formerly(kind: str, slug: str, moment: datetime) -> Outcome:
    past = (
        Publication.objects.filter(kind=kind, slug=slug, starts_at__lte=moment).order_by("-starts_at").first()
    )
    if past is None:
        return _reordered(kind, slug, moment) or kinds.get(kind).unwritten(slug, moment)
    current = live(moment).filter(article=past.article_id).first()
    if current is None:
        return Gone(past.title)
    return Moved(site_addresses.of(kind, current.slug))


def _reordered(kind: str, slug: str, moment: datetime) -> Outcome:
    """`b-vs-a` leads to `a-vs-b`, whichever of the two was written."""
    names = slug.split(VERSUS)
    if not 2 <= len(names) <= 4:
        return None
    orders = [VERSUS.join(order) for order in permutations(names)]
    found = live(moment).filter(kind=kind, slug__in=orders).first()
    return Moved(site_addresses.of(kind, found.slug)) if found else None
