"""What can be published. A kind registers how it is composed, checked, listed and where it lives."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.search.terms import ended, text_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from articles.checks.found import Finding
    from articles.checks.surroundings import Surroundings
    from articles.models import Article, Publication
    from articles.obstacles import Objection
    from articles.reading import Outcome
    from articles.records import JSON, Problem, Record


LONGEST_LABEL = 200  # of a facet
NOTHING: "Mapping[UUID, Publication]" = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One thing a publication can be found by."""

    name: str
    target: UUID
    slug: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What somebody is to look at in an article, as a row of another one says something else than before."""

    article: "Article"
    about: UUID  # that row
    text: str
    place: str  # in the article, as `comparing.address` writes it


class Kind:
    """The behaviour shared by all kinds; subclasses override what is theirs."""

    name: str
    label: str  # a message: readers see it in their language
    plural: str = ""  # a message: what their list is called; none, where they have no pages
    absent: "StrOrPromise"  # what they are told where an address leads to none
    model: "type[Article]"
    record: "Record"
    prefix: str | None = None  # where its pages live; None: it has none
    schema: int = 1
    upgrades: Mapping[int, "Callable[[JSON], JSON]"] = {}
    roles: tuple[str, ...] = ()  # of its sections
    unread: tuple[str, ...] = ("sources", "corrections")  # rows whose words are others', or no longer hold
    checks: Mapping[str, str] = {}  # what its checks are called, by name
    copied: bool = True  # whether it makes sense to have several
    requires: tuple[str, ...] = ()  # kinds of which it may need articles to be live

    def address(self, slug: str) -> str | None:
        return f"{self.prefix}{slug}/" if self.prefix else None

    def unwritten(self, slug: str, moment: datetime) -> "Outcome":
        """What stands at an address that no publication ever had."""
        return None

    def problems(self, document: "JSON", moment: datetime) -> "Iterable[Problem]":
        """What keeps the document from being published."""
        from articles.checks.problems import shared_problems

        return shared_problems(document)

    def objections(self, document: "JSON", moment: datetime) -> "Iterable[Objection]":
        """What speaks against publishing it beside what is live at the moment; a reason overrides that."""
        return ()

    def surroundings(self, document: "JSON", moment: datetime) -> "Surroundings":
        """What stands around the document and matters for its findings, read once."""
        from articles.checks.around import read

        return read(document, moment)

    def findings(self, document: "JSON", surroundings: "Surroundings") -> "Iterator[Finding]":
        """What its checks find: what stops it, what is worth a look, what is good to know. Pure."""
        from articles.checks import problems, shared

        yield from problems.as_findings(document, self.problems(document, surroundings.moment))
        yield from shared.findings(self.record, document, surroundings, unread=self.unread)

    def late_objections(self, document: "JSON", moment: datetime, decided: datetime) -> "Iterable[Objection]":
        """What speaks against publishing it at the moment and did not when that was decided."""
        return ()

    def follow_ups(self, document: "JSON", moment: datetime) -> "Iterable[FollowUp]":
        """What is to be looked at elsewhere once the document is live from the moment on."""
        return ()

    def facets(self, document: "JSON") -> list[FacetValue]:
        """What its publications are found by. A required one names an article that must be live as well."""
        from articles import corrections, expiry, links, translations

        named = [
            FacetValue(facet, UUID(item["id"]), item["slug"], item["name"])
            for facet, items in (("tag", document["tags"]), ("author", document["authors"]))
            for item in items
        ]
        dated = (*expiry.facets(self.record, document), *corrections.facets(document))
        named += translations.facets(document)
        return [*named, *_shown(document), *links.facets(document), *dated]

    def drafts_naming(self, pks: "Collection[UUID]") -> "QuerySet[Article]":
        """Working copies that name one of these articles of this kind."""
        from articles.models import Article

        return Article.objects.none()

    def search_text(self, document: "JSON") -> str:
        parts = ((ended(section["heading"]), text_of(section["body"])) for section in document["sections"])
        return " ".join(part for pair in parts for part in pair if part)

    def card(self, document: "JSON") -> "JSON":
        """What lists say of it to programs."""
        from articles.pages import card

        return card(document)

    def card_html(self, document: "JSON") -> str:
        """What lists show of it to readers, with a slot for the date."""
        from articles.pages import card_html

        return card_html(document)

    def page(self, document: "JSON") -> dict[str, str]:
        """The parts of its own page that depend on the document alone."""
        return {}

    def contenders(self, publication: "Publication", moment: datetime) -> "Sequence[str]":
        """Names, as HTML, that stand on its social card beside the title. One query, where there are any."""
        return ()

    def fragments(self, document: "JSON") -> dict[str, str]:
        """The parts that pages of other articles show of it."""
        return {}

    def body(
        self, publication: "Publication", moment: datetime, drafts: "Mapping[UUID, Publication]" = NOTHING
    ) -> str:
        """The page's main part at a moment. `drafts` stand in for articles that are not live, in previews."""
        from articles.pages import body

        return body(publication, moment)

    def texts(self, rows: "Sequence[Any]", moment: datetime) -> dict[int, str]:
        """The main parts of the pages of rows of live publications, by their `id`, for feeds: without what
        stands around the text there. A row has the page's `parts`. A few queries for all."""
        from articles.pages import texts

        return texts(rows, moment)


def _shown(document: "JSON") -> "Iterator[FacetValue]":
    """Whom and what its page shows beside: they stay for as long as it is live."""
    if reviewer := document["reviewer"]:
        yield FacetValue("reviewer", UUID(reviewer["id"]), reviewer["slug"], reviewer["name"])
    pictures = [each["image"] for each in (document, *document["sections"]) if each["image"]]
    for image in {picture["id"]: picture for picture in pictures}.values():
        yield FacetValue("image", UUID(image["id"]), "", (image["alt"] or image["file"])[:LONGEST_LABEL])


class ArticleKind(Kind):
    name = "article"
    label = gettext_noop("article")
    plural = gettext_noop("Articles")
    absent = _("There is no article at this address.")
    prefix = "/articles/"
    roles = ("introduction", "body", "conclusion")
    schema = 4

    def __init__(self) -> None:
        from articles.checks.shared import LABELS
        from articles.documents import ARTICLE
        from articles.models import Article
        from articles.upgrades import with_corrections, with_pictures, with_translation

        self.model, self.record, self.checks = Article, ARTICLE, LABELS
        self.upgrades = {1: with_pictures, 2: with_corrections, 3: with_translation}

    def page(self, document: "JSON") -> dict[str, str]:
        from articles.pages import article_page

        return article_page(document)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    return _kinds[name]


def rank(name: str) -> int:
    """A higher number than those of all kinds that it requires."""
    return max((rank(each) + 1 for each in get(name).requires), default=0)


def names() -> list[str]:
    return list(_kinds)


def every() -> list[Kind]:
    return list(_kinds.values())
