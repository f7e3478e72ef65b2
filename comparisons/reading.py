"""Comparisons and paths as readers get them: publications that are live at one moment, put together."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from articles import formats, frames, links, reading, rendering, slots, translations
from articles import pages as article_pages
from articles.documents import upgrade
from articles.kinds import NOTHING
from articles.languages import spoken
from articles.markdown import front_matter
from articles.models import Facet, Publication, PublicationQuerySet
from articles.prepared import SAMPLE, Prepared, PreparedRows
from articles.social_cards import card
from comparisons import decision, examination, in_words, pages, related, structured_data
from comparisons.checks import BANK_SLUG
from comparisons.models import MOST_CONTENDERS

COMPARISON, PATH = "comparison", "career-path"
RELATED_COMPARISONS = 12
MOST_CHOICES = 200
OPTION = '<option value="{}">{}</option>'  # as the template of a choice has it


@dataclass(frozen=True, slots=True)
class Cast:
    """All publications that a comparison's page or decision form is made of, live at one moment."""

    comparison: Publication
    paths: dict[UUID, Publication]
    bank: Publication | None

    @property
    def ids(self) -> frozenset[int | None]:
        """Two moments with the same ids give the same form."""
        bank = (self.bank,) if self.bank else ()
        return frozenset(each.pk for each in (self.comparison, *self.paths.values(), *bank))


def cast(
    comparison: Publication, paths: Iterable[UUID | str], moment: datetime, *, documents: bool = False
) -> Cast:
    """The paths' and the question bank's publications, in one query; with their documents where asked."""
    wanted = [UUID(str(path)) for path in paths]
    query = _members_with_documents if documents else _members_with_parts
    padded = (wanted * MOST_CONTENDERS or [comparison.article_id] * MOST_CONTENDERS)[:MOST_CONTENDERS]
    found = query(moment=moment, **dict(zip(SEATS, padded, strict=True)))
    by_article = {publication.article_id: publication for publication in found}
    bank = next((publication for publication in found if publication.kind == BANK_SLUG), None)
    return Cast(comparison, {path: by_article[path] for path in wanted if path in by_article}, bank)


def _members(
    columns: Callable[[PublicationQuerySet], PublicationQuerySet], moment: datetime, **seats: UUID
) -> Any:
    """The paths and the bank; two queries as one, since a database finds no good way for "either or"."""
    live = reading.live(moment).order_by()
    paths, bank = live.filter(article__in=list(seats.values())), live.filter(kind=BANK_SLUG)
    return columns(paths).union(columns(bank), all=True)


SEATS = {f"path{number}": UUID(int=number) for number in range(1, MOST_CONTENDERS + 1)}
_members_with_parts = Prepared(
    partial(_members, lambda found: found.only("article", "kind", "revision", "fragments", "rendered_with")),
    moment=SAMPLE,
    **SEATS,
)
_members_with_documents = Prepared(
    partial(_members, lambda found: found.select_related("revision").only("article", "kind", "revision")),
    moment=SAMPLE,
    **SEATS,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """As what a page is put together: what stands before its main part, and how it asks and shows ratings."""

    top: Callable[[pages.Parts, Any, Mapping[str, pages.Parts]], str]
    asking: pages.Asking


def _head(parts: pages.Parts, publication: Any, paths: Mapping[str, pages.Parts]) -> str:
    return article_pages.head(parts, publication, structured_data.values(paths), _names(parts, paths))


PAGE = Shape(_head, pages.form_and_glance)
TWIN = Shape(lambda parts, publication, paths: front_matter.filled(parts, publication), in_words.asking)


def comparison_page(slug: str, moment: datetime, shape: Shape = PAGE) -> tuple[str, str, str] | None:
    """Top, body and language of the page at an address; None where no comparison is live. Three queries."""
    rows = _page_and_members(slug=slug, moment=moment)
    here = next((row for row in rows if row.kind == COMPARISON), None)
    if here is None:
        return None
    parts = rendering.parts(here, "page")
    paths = {str(row.article_id): rendering.parts(row, "fragments") for row in rows if row.kind == PATH}
    bank = next((rendering.parts(row, "fragments") for row in rows if row.kind == BANK_SLUG), None)
    with spoken(parts["language"]):
        closing = _closing(here, parts, moment)
        body = _assembled(parts, paths, bank, closing, moment, shape.asking)
    return shape.top(parts, here, paths), body, parts["language"]


def _names(parts: pages.Parts, paths: Mapping[str, pages.Parts]) -> list[str]:
    return [paths[path]["name"] for path in parts["paths"].split() if path in paths]


def contenders(publication: Publication, moment: datetime) -> list[str]:
    """The names of a comparison's paths as HTML. One query."""
    parts = rendering.page(publication)
    return _names(parts, _present(publication, parts, moment)[0])


def _present(
    publication: Publication,
    parts: pages.Parts,
    moment: datetime,
    drafts: Mapping[UUID, Publication] = NOTHING,
) -> tuple[Mapping[str, pages.Parts], pages.Parts | None]:
    """The fragments of a comparison's paths, by their ids, and those of the question bank. One query."""
    found = cast(publication, parts["paths"].split(), moment)
    paths = {str(path): rendering.fragments(each) for path, each in (found.paths | dict(drafts)).items()}
    return paths, rendering.fragments(found.bank) if found.bank else None


def _closing(publication: Any, parts: pages.Parts, moment: datetime) -> dict[str, str]:
    onward = related.related(publication.article_id, parts["paths"].split(), moment)
    return article_pages.closing(publication, parts, moment) | {"related": onward}


def _assembled(
    parts: pages.Parts,
    paths: Mapping[str, pages.Parts],
    bank: pages.Parts | None,
    closing: Mapping[str, str],
    moment: datetime,
    asking: pages.Asking = pages.form_and_glance,
) -> str:
    """The body of a comparison's page; one query where it or one of its paths links to articles."""
    current_links, today = links.current([parts, *paths.values()], moment), timezone.localdate(moment)
    return pages.assemble(parts, paths, bank, closing, current_links, today, asking)


def compared_by(comparisons: Any, moment: datetime) -> PublicationQuerySet:
    """The live publications of the paths that these publications of comparisons name: keys, or a query."""
    named = Facet.objects.filter(name="path", publication__in=comparisons).values("target")
    return reading.live(moment).filter(article__in=named).order_by()


def _page_query(slug: str, moment: datetime) -> QuerySet[Any, Any]:
    """The comparison, its paths and the question bank, each with the parts that its page is made of."""
    live = reading.live(moment).order_by()
    here = live.filter(kind=COMPARISON, slug=slug)
    own = ("id", "article_id", "kind", "rendered_with", "first_published_at", "starts_at")
    columns = (*own, "parts", translations.COLUMN)
    page, *members = (
        rows.annotate(parts=F(column), translations=group).values_list(*columns, named=True)
        for rows, column, group in (
            (here, "page", translations.column(moment)),
            (compared_by(here.values("pk"), moment), "fragments", translations.nothing()),
            (live.filter(kind=BANK_SLUG), "fragments", translations.nothing()),
        )
    )
    return page.union(*members, all=True)


_page_and_members = PreparedRows(_page_query, slug="<slug>", moment=SAMPLE)


def comparison_body(
    publication: Publication, moment: datetime, drafts: Mapping[UUID, Publication] = NOTHING
) -> str:
    parts = rendering.page(publication)
    paths, bank = _present(publication, parts, moment, drafts)
    closing = _closing(publication, parts, moment)
    return _assembled(parts, paths, bank, closing, moment)


def comparison_texts(rows: Sequence[Any], moment: datetime) -> dict[int, str]:
    """What pages of comparisons say, with what their paths say, by the rows' ids. Two queries for all."""
    found = {row.id: rendering.parts(row, "page") for row in rows}
    paths = _fragments({path for parts in found.values() for path in parts["paths"].split()}, moment)
    current_links = links.current([*found.values(), *paths.values()], moment)
    return {
        pk: pages.text(
            parts, {path: paths[path] for path in parts["paths"].split() if path in paths}, current_links
        )
        for pk, parts in found.items()
    }


def _fragments(wanted: Collection[str], moment: datetime) -> dict[str, pages.Parts]:
    live = reading.live(moment).filter(article__in=[*map(UUID, wanted)]).annotate(parts=F("fragments"))
    rows = live.order_by().values_list("id", "article_id", "rendered_with", "parts", named=True)
    return {str(row.article_id): rendering.parts(row, "fragments") for row in rows}


def composed_page(publication: Publication, moment: datetime, shape: Shape = PAGE) -> tuple[str, str, str]:
    """Top, body and language of the page of a comparison that nobody has written (see `composed`)."""
    document = publication.revision.document
    with spoken(document["language"]):
        return *_composed(publication, moment, shape), document["language"]


def _composed(publication: Publication, moment: datetime, shape: Shape) -> tuple[str, str]:
    parts = pages.comparison_page(publication.revision.document, compiled=True)
    paths, bank = _present(publication, parts, moment)
    closing = {
        "published": formats.day_element(publication.first_published_at),
        "related": related.related(publication.article_id, parts["paths"].split(), moment),
    }
    body = _assembled(parts, paths, bank, closing, moment, shape.asking)
    return shape.top(parts, publication, paths), body


def embedded(publication: Publication, moment: datetime) -> str:
    """The card of a comparison that other sites show."""
    parts = rendering.page(publication)
    return pages.embedded(parts, _present(publication, parts, moment)[0])


def form_alone(publication: Publication, moment: datetime, given: Mapping[str, str]) -> tuple[str, str]:
    """The decision form with what was chosen already, nothing where there is nothing to ask; and the digest
    of the comparison's card."""
    parts = rendering.page(publication)
    paths, bank = _present(publication, parts, moment)
    form = pages.chosen(pages.form(parts, paths, bank), given) if bank else ""
    return form, card.digest(parts[card.PART], _names(parts, paths))


def path_body(publication: Publication, moment: datetime) -> str:
    parts = rendering.page(publication)
    values = article_pages.closing(publication, parts, moment) | links.current([parts], moment)
    values |= {"compare": _links_to_comparisons(publication, moment), "others": _others(publication, moment)}
    return slots.fill(parts["body"], values)


def _others(publication: Publication, moment: datetime) -> str:
    """A choice of the paths that this one can be compared with; nothing where it is the only one.

    It is rendered once for the pages of all paths, and each leaves its own out.
    """
    paths = path_choices(moment)
    own = [format_html(OPTION, path.slug, path.title) for path in paths if path.slug == publication.slug]
    if len(paths) == len(own):
        return ""
    form = slots.fill(
        frames.slotted("comparisons/_compare_with.html", paths=paths), {"slug": publication.slug}
    )
    for option in own:
        form = form.replace(option, "", 1)
    return form


def _links_to_comparisons(publication: Publication, moment: datetime) -> str:
    found = _comparisons_with(RELATED_COMPARISONS, path=publication.article_id, moment=moment)
    links = format_html_join("", '<li><a href="/compare/{}/">{}</a></li>', ((c.slug, c.title) for c in found))
    return format_html('<ul class="links">{}</ul>', links) if found else ""


_comparisons_with = Prepared(
    lambda path, moment: (
        reading.live(moment)
        .of_kind("comparison")
        .last_about("path", path)
        .newest_first(moment)
        .only("slug", "title")
    ),
    path=UUID(int=1),
    moment=SAMPLE,
)


def comparison_of(slugs: Sequence[str], moment: datetime) -> Publication | None:
    """The newest live comparison of just the paths at these addresses; None where nobody has written it."""
    paths = reading.live(moment).of_kind(PATH).filter(slug__in=slugs).values_list("article", flat=True)
    found = reading.live(moment).of_kind("comparison").newest_first(moment)
    for path in paths:
        found = found.about("path", path)
    candidates = found.only("slug", "card", "kind") if len(paths) == len(slugs) else found.none()
    return next((each for each in candidates if len(json.loads(each.card)["paths"]) == len(slugs)), None)


def path_choices(moment: datetime) -> tuple[Any, ...]:
    """The newest live paths, as rows of slug and title, by title."""
    return tuple(sorted(_newest_paths(MOST_CHOICES, moment=moment), key=lambda path: path.title.casefold()))


_newest_paths = PreparedRows(
    lambda moment: (
        reading.live(moment).of_kind(PATH).newest_first(moment).values_list("slug", "title", named=True)
    ),
    moment=SAMPLE,
)


def decision_form(publication: Publication, moment: datetime) -> tuple[decision.DecisionForm, Cast]:
    """The decision form of a comparison at a moment. Its publication comes with its revision.

    Raises decision.NoForm where too little is rated.
    """
    document = upgrade(publication.revision.document)
    paths = [UUID(contender["path"]) for contender in document["contenders"]]
    present = cast(publication, paths, moment, documents=True)
    if present.bank is None or len(present.paths) < len(paths):
        raise decision.NoForm(decision.UNRATED)
    path_documents = [_document(present.paths[path]) for path in paths]
    today = timezone.localdate(moment)
    form = decision.build(document, path_documents, _document(present.bank), today)
    return form, present


def fairness_report(publication: Publication, moment: datetime) -> dict[str, Any]:
    """The fairness report of a comparison's decision form, kept while the same is live.

    Raises decision.NoForm where there is none.
    """
    form, present = decision_form(publication, moment)
    named = f"{sorted(map(str, present.ids))} {timezone.localdate(moment)}"
    key = f"fairness-{hashlib.sha256(named.encode()).hexdigest()}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = examination.payload(examination.examine(form))
        cache.set(key, found)
    return found


def _document(publication: Publication) -> dict[str, Any]:
    return upgrade(publication.revision.document)
