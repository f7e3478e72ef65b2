"""Comparisons and paths as readers get them: publications that are live at one moment, put together."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.html import format_html, format_html_join

from articles import pages as article_pages
from articles import reading, rendering, slots
from articles.documents import upgrade
from articles.kinds import NOTHING
from articles.models import Publication, PublicationQuerySet
from articles.prepared import SAMPLE, Prepared
from comparisons import decision, pages
from comparisons.checks import BANK_SLUG
from comparisons.models import MOST_CONTENDERS

RELATED_COMPARISONS = 12
MOST_CHOICES = 200


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


def _members(moment: datetime, **seats: UUID) -> PublicationQuerySet:
    return reading.live(moment).filter(Q(article__in=list(seats.values())) | Q(kind=BANK_SLUG)).order_by()


SEATS = {f"path{number}": UUID(int=number) for number in range(1, MOST_CONTENDERS + 1)}
_members_with_parts = Prepared(
    lambda **at: _members(**at).only("article", "kind", "revision", "fragments", "rendered_with"),
    moment=SAMPLE,
    **SEATS,
)
_members_with_documents = Prepared(
    lambda **at: _members(**at).select_related("revision").only("article", "kind", "revision"),
    moment=SAMPLE,
    **SEATS,
)


def comparison_body(
    publication: Publication, moment: datetime, drafts: Mapping[UUID, Publication] = NOTHING
) -> str:
    parts = rendering.page(publication)
    present = cast(publication, parts["paths"].split(), moment)
    paths = {str(path): rendering.fragments(each) for path, each in (present.paths | dict(drafts)).items()}
    closing = article_pages.closing(publication, parts, moment)
    return pages.assemble(parts, paths, _bank(present), closing)


def form_html(publication: Publication, moment: datetime, given: Mapping[str, str]) -> str:
    """The decision form alone, with what was chosen already; nothing where there is nothing to ask."""
    parts = rendering.page(publication)
    present = cast(publication, parts["paths"].split(), moment)
    bank = _bank(present)
    paths = {str(path): rendering.fragments(each) for path, each in present.paths.items()}
    return pages.chosen(pages.form(parts, paths, bank), given) if bank else ""


def _bank(present: Cast) -> dict[str, str] | None:
    return rendering.fragments(present.bank) if present.bank else None


def path_body(publication: Publication, moment: datetime) -> str:
    parts = rendering.page(publication)
    values = article_pages.closing(publication, parts, moment)
    return slots.fill(parts["body"], values | {"compare": _links_to_comparisons(publication, moment)})


def _links_to_comparisons(publication: Publication, moment: datetime) -> str:
    found = _comparisons_with(RELATED_COMPARISONS, path=publication.article_id, moment=moment)
    links = format_html_join("", '<li><a href="/compare/{}/">{}</a></li>', ((c.slug, c.title) for c in found))
    return format_html('<ul class="links">{}</ul>', links) if found else ""


_comparisons_with = Prepared(
    lambda path, moment: (
        reading.live(moment).of_kind("comparison").about("path", path).newest_first().only("slug", "title")
    ),
    path=UUID(int=1),
    moment=SAMPLE,
)


def comparison_of(slugs: Sequence[str], moment: datetime) -> Publication | None:
    """The newest live comparison of just the paths at these addresses; None where nobody has written it."""
    paths = (
        reading.live(moment).of_kind("career-path").filter(slug__in=slugs).values_list("article", flat=True)
    )
    found = reading.live(moment).of_kind("comparison").newest_first()
    for path in paths:
        found = found.about("path", path)
    candidates = found.only("slug", "card", "kind") if len(paths) == len(slugs) else found.none()
    return next((each for each in candidates if len(json.loads(each.card)["paths"]) == len(slugs)), None)


class Choice(NamedTuple):
    """A path that can be chosen for a comparison."""

    slug: str
    title: str


def path_choices(moment: datetime) -> tuple[Choice, ...]:
    """The newest live paths, by title."""
    found = _newest_paths(MOST_CHOICES, moment=moment)
    return tuple(sorted((Choice(path.slug, path.title) for path in found), key=lambda c: c.title.casefold()))


_newest_paths = Prepared(
    lambda moment: reading.live(moment).of_kind("career-path").newest_first().only("slug", "title"),
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
    form = decision.build(document, path_documents, _document(present.bank), moment.date())
    return form, present


def _document(publication: Publication) -> dict[str, Any]:
    return upgrade(publication.revision.document)
