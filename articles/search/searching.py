"""The search: what is live at a moment and has all the words, best first.

Best is what has them in its title, then in title and summary, then in its text; among those what has more of
them, then what is newer. Five hundred hits are told apart and counted: of more it is said that there are
more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection, transaction
from django.utils.safestring import SafeString

from articles import kinds, site_addresses
from articles.models import Publication
from articles.search import excerpts, facets, postgresql, spelling, sqlite, words
from articles.search.candidates import MOST, Asked, BackEnd, Candidate, ranked
from articles.search.facets import Chosen, Value
from articles.search.terms import Term
from articles.turns import take_turn

ANY = Chosen()
COLUMNS = (
    "kind",
    "slug",
    "title",
    "summary",
    "language",
    "search_text",
    "first_published_at",
    "starts_at",
    "card",
    "rendered_with",
)
MOST_TRIES = 6  # other words that are tried where there are no hits


@dataclass(frozen=True, slots=True)
class Hit:
    publication: Publication
    title: SafeString  # with the words marked, as in the excerpt
    excerpt: SafeString

    @property
    def address(self) -> str:
        return site_addresses.of(self.publication.kind, self.publication.slug)


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. `count` is at most five hundred; `more`: there are more than that."""

    hits: Sequence[Hit] = ()
    count: int = 0
    more: bool = False
    facets: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    meant: str = ""  # where there are no hits: what is written nearly so, and would have some


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    kind: str
    address: str


def search(
    query: str,
    moment: datetime,
    *,
    chosen: Chosen = ANY,
    limit: int = 20,
    offset: int = 0,
    only_hits: bool = False,
) -> Results:
    """A page of what is live at the moment and has all the words, the last of them perhaps begun only.

    Four to eleven queries where there are hits, none without words. `only_hits`: without facets and what may
    have been meant.
    """
    terms = words.known(query)
    if not terms:
        return Results()
    asked = facets.asked(terms, chosen, moment)
    found = ranked(_found(asked))
    if not found:
        return Results(meant="" if only_hits else _meant(asked, narrowed=chosen != ANY))
    hits = found[:MOST]
    return Results(
        _shown(hits[offset : offset + limit], terms),
        len(hits),
        len(found) > MOST,
        {} if only_hits else facets.count(hits),
    )


def rebuild() -> int:
    """What a search goes by, anew; how many publications it knows.

    What is published while it reads is read as well; publishing waits only while all takes its place.
    """
    vocabulary = words.Vocabulary()
    vocabulary.gather()
    with transaction.atomic():
        take_turn()
        vocabulary.gather()
        _back_end().rebuild()
        vocabulary.put_in_place()
    return vocabulary.publications


def suggest(query: str, moment: datetime, limit: int = 6) -> list[Suggestion]:
    """What is live and has the words in its title, the last of them perhaps begun only. A few queries."""
    terms = words.known(_begun(query))
    if not terms:
        return []
    found = ranked(_back_end().titled(facets.asked(terms, ANY, moment), limit))[:limit]
    rows = Publication.objects.only("kind", "slug", "title").in_bulk([each.pk for each in found])
    return [_suggestion(rows[each.pk]) for each in found]


def _begun(query: str) -> str:
    """Without a single letter at its end, which says nothing of the word that it begins."""
    start, _, last = query.rpartition(" ")
    return start if start and len(last) == 1 else query


def _back_end() -> BackEnd:
    return postgresql if connection.vendor == "postgresql" else sqlite


def _shown(found: Sequence[Candidate], terms: Sequence[Term]) -> list[Hit]:
    rows = Publication.objects.only(*COLUMNS).in_bulk([each.pk for each in found])
    return [_hit(rows[each.pk], terms) for each in found]


def _hit(publication: Publication, terms: Sequence[Term]) -> Hit:
    piece = excerpts.excerpt(publication.summary, publication.search_text, terms)
    return Hit(publication, excerpts.marked(publication.title, terms), piece)


def _suggestion(publication: Publication) -> Suggestion:
    address = site_addresses.of(publication.kind, publication.slug)
    return Suggestion(publication.title, kinds.get(publication.kind).label, address)


def _found(asked: Asked) -> list[Candidate]:
    return [] if asked.among == [] else _back_end().find(asked)


def _meant(given: Asked, *, narrowed: bool) -> str:
    """The words with one or some of them written otherwise, so that there are hits.

    Where all of them are known, and it was narrowed, it is that which leaves no hits.
    """
    tried = 0
    asked = [term.text for term in given.terms]
    unknown = [term.text for term in given.terms if not (term.alike or term.ahead)]
    if narrowed and not unknown:
        return ""
    others = {text: words.near(text) for text in unknown or asked}
    for place in range(words.NEAREST):
        swapped = [others[text][place] if place < len(others.get(text, ())) else text for text in asked]
        if swapped != asked and tried < MOST_TRIES:
            tried += 1
            if found := _found(replace(given, terms=words.known(" ".join(swapped), ahead=False))):
                return _as_written(swapped, ranked(found)[0])
    return ""


def _as_written(asked: Sequence[str], best: Candidate) -> str:
    row = Publication.objects.only("title", "summary", "search_text").get(pk=best.pk)
    return " ".join(spelling.as_written(asked, (row.search_text, row.summary, row.title)))
