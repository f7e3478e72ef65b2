"""Links from the words of one article to another, which hold whatever address that one has.

Documents name the target by its id. What is rendered of them has a pair of slots around the words, and the
list of the targets beside; on reading, the slots become a link where the target is live, else nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.html import format_html

from articles import kinds, reading, slots
from articles.kinds import FacetValue
from articles.members import Children, RichText
from articles.models import Article, Facet, Publication
from articles.prepared import SAMPLE, PreparedRows
from articles.records import JSON, Record
from articles.richtext import article_links, with_article_links

FACET = "link"
PART = "links"  # the part of a page that lists the targets; absent where there are none
NEVER_LIVE = ""
STEP = 4  # numbers of targets are rounded up to powers of this, so that few statements are prepared


# --- Documents ----------------------------------------------------------------------------------


def targets(document: JSON) -> list[UUID]:
    """The other articles that a document's rich text links to, each once."""
    texts = _rich_texts(kinds.get(document["kind"]).record, document)
    found = dict.fromkeys(link.target for html in texts for link in article_links(html))
    return [target for target in found if target != UUID(document["id"])]


def facets(document: JSON) -> list[FacetValue]:
    """By these, publications are found that link to an article. What was never live has no slug there."""
    wanted = targets(document)
    known = _known(wanted)
    return [_facet(target, known.get(target)) for target in wanted]


def _known(wanted: Collection[UUID]) -> dict[UUID, Any]:
    published = Publication.objects.filter(article=OuterRef("pk"), starts_at__lte=timezone.now())
    articles = Article.objects.annotate(was_live=Exists(published)).only("slug", "title")
    return articles.in_bulk(wanted) if wanted else {}


def _facet(target: UUID, article: Any) -> FacetValue:
    if article is None:
        return FacetValue(FACET, target, NEVER_LIVE, "")
    return FacetValue(FACET, target, article.slug if article.was_live else NEVER_LIVE, article.title)


def missing(wanted: Collection[UUID]) -> set[UUID]:
    """Those of the articles that are not here."""
    return set(wanted) - set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))


def _rich_texts(record: Record, item: JSON) -> Iterator[str]:
    for member in record.members:
        if isinstance(member, RichText):
            yield item[member.name]
        elif isinstance(member, Children):
            for child in item[member.name]:
                yield from _rich_texts(member.record, child)


# --- Pages --------------------------------------------------------------------------------------


def slotted(parts: Mapping[str, str]) -> dict[str, str]:
    """Rendered parts with slots around the words that link to articles, and a part that lists the targets."""
    wanted: dict[str, None] = {}

    def write(target: str, words: str) -> str:
        wanted[target] = None
        return f"{slots.slot(f'link:{target}')}{words}{slots.slot(f'/link:{target}')}"

    found = {name: with_article_links(html, write) for name, html in parts.items()}
    return found | {PART: " ".join(wanted)} if wanted else found


def current(pages: Iterable[Mapping[str, str]], moment: datetime) -> dict[str, str]:
    """What the slots of some pages' parts are filled with at a moment. One query; none without links."""
    wanted = {target for parts in pages if PART in parts for target in parts[PART].split()}
    return _elements(wanted, moment) if wanted else {}


def filled(html: str, moment: datetime) -> str:
    """Rich text of a document as readers see it at a moment. One query; none without links."""
    parts = slotted({"": html})
    return slots.fill(parts[""], current([parts], moment)) if PART in parts else html


def _elements(wanted: Collection[str], moment: datetime) -> dict[str, str]:
    """`wanted` are ids of articles, some with a part of the page: `ID#PART`."""
    parts: defaultdict[UUID, list[str]] = defaultdict(list)
    for target in wanted:
        pk, mark, part = target.partition("#")
        parts[UUID(pk)].append(mark + part)
    found: dict[str, str] = {}
    for article, kind, slug in _live(parts, moment):
        if address := kinds.get(kind).address(slug):
            for part in parts[article]:
                opening = format_html('<a href="{}{}">', address, part)
                found |= {f"link:{article}{part}": opening, f"/link:{article}{part}": "</a>"}
    return found


def _live(wanted: Collection[UUID], moment: datetime) -> list[Any]:
    size = STEP
    while size < len(wanted):
        size *= STEP
    given = [*wanted]
    padded = given + given[:1] * (size - len(given))
    return _query(size)(moment=moment, **dict(zip(_seats(size), padded, strict=True)))


@cache
def _query(size: int) -> PreparedRows:
    return PreparedRows(_addresses, moment=SAMPLE, **_seats(size))


def _seats(size: int) -> dict[str, UUID]:
    return {f"target{number}": UUID(int=number) for number in range(1, size + 1)}


def _addresses(moment: datetime, **wanted: UUID) -> QuerySet[Any, Any]:
    found = reading.live(moment).filter(article__in=list(wanted.values())).order_by()
    return found.values_list("article_id", "kind", "slug", named=True)


# --- Who links where ------------------------------------------------------------------------------


def linking_to(article: Article, moment: datetime) -> QuerySet[Publication]:
    """What is live at the moment, or scheduled after it, and links to an article."""
    return Publication.objects.not_over(moment).about(FACET, article.pk).order_by("starts_at", "id")


def broken(moment: datetime, limit: int) -> list[Facet]:
    """Some links of what is live at the moment to what is not, each with its publication. One query.

    Of all that is linked to, only what has ended and what was never live when it was linked to is looked at.
    """
    ended = Publication.objects.ended(moment).values("article")
    of_ended = _leading_nowhere(Facet.objects.filter(target__in=ended), moment)
    of_unseen = _leading_nowhere(Facet.objects.filter(slug=NEVER_LIVE), moment)
    found = of_ended.union(of_unseen, all=True)[: 2 * limit]  # what is both stands twice
    return list({each.pk: each for each in found}.values())[:limit]


def _leading_nowhere(candidates: QuerySet[Facet], moment: datetime) -> QuerySet[Facet]:
    live = Publication.objects.at(moment)
    missed = ~Exists(live.filter(article=OuterRef("target"))), Exists(live.filter(pk=OuterRef("publication")))
    found = candidates.filter(*missed, name=FACET)
    shown = ("target", "label", "publication__article__kind", "publication__article__title")
    return found.select_related("publication__article").only(*shown)
