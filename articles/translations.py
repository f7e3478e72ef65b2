"""Articles that say the same in several languages: each names the one that it translates.

The facet says to which group a publication belongs, whose id is that of the original. A page's own query
brings what is live of its group along, in a column: to show it costs no query of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info, gettext

from articles import enumerations, site_addresses
from articles.kinds import LONGEST_LABEL, FacetValue
from articles.models import Facet, Publication
from articles.records import JSON

FACET = "translation"
COLUMN = "translations"  # of a page's row: what is live of its group, one on each line
BETWEEN = "\n"


class Joined(Func):
    """Several rows of a subquery as one text."""

    function, template = "STRING_AGG", "%(function)s(%(expressions)s)"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **more)


@dataclass(frozen=True, slots=True)
class Translation:
    language: str
    address: str

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return str(get_language_info(self.language)["name_local"]).capitalize()


def facets(document: JSON) -> Iterator[FacetValue]:
    group = UUID(document["translates"] or document["id"])
    yield FacetValue(FACET, group, "", document["title"][:LONGEST_LABEL])


def column(moment: datetime) -> Coalesce:
    """What is live of a publication's group, itself as well, as text."""
    group = Facet.objects.filter(publication=OuterRef(OuterRef("pk")), name=FACET).values("target")
    here = Publication.objects.at(moment).filter(facets__name=FACET, facets__target=Subquery(group[:1]))
    told = Joined(Concat("language", Value(" "), "slug"), Value(BETWEEN), output_field=TextField())
    same = here.filter(kind=OuterRef("kind")).order_by().annotate(told=told).values("told")
    return Coalesce(Subquery(same), Value(""), output_field=TextField())


def nothing() -> Any:
    """The column of rows that have no page."""
    return Value("", output_field=TextField())


def live(row: Any) -> list[Translation]:
    """What the row of a page says of its group, by language: one of each, itself in its own."""
    lines = getattr(row, COLUMN, "").splitlines()
    found = dict(sorted((*line.split(" "),) for line in lines))
    return [Translation(language, site_addresses.of(row.kind, slug)) for language, slug in found.items()]


def links(row: Any) -> SafeString:
    """For the head of a page: where it stands in each language, itself as well; nothing where it is alone."""
    group = live(row)
    if len(group) < 2:
        return mark_safe("")
    named = [(each.language, each) for each in group] + [("x-default", _default(group))]
    return format_html_join(
        "",
        '<link rel="alternate" hreflang="{}" href="{}{}">',
        ((language, settings.SITE_URL, each.address) for language, each in named),
    )


def _default(group: Sequence[Translation]) -> Translation:
    """For those whose language is not there: the one in the site's own, if any."""
    return next((each for each in group if each.language == settings.LANGUAGE_CODE), group[0])


def line(row: Any, own: str) -> str:
    """For readers: in which other languages the page is there."""
    linked = [
        format_html('<a href="{0}" hreflang="{1}" lang="{1}">{2}</a>', each.address, each.language, each.name)
        for each in live(row)
        if each.language != own
    ]
    if not linked:
        return ""
    told = gettext("Also in: %(languages)s") % {"languages": enumerations.both(linked)}
    return f"<span>{told}</span>"
