"""Claims of a document that rest on some of its sources: their places, and what they say in words."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from articles import comparing, naming, narrating
from articles.comparing import Place, Spot
from articles.members import Citations
from articles.naming import Names
from articles.records import JSON, Record


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that cites sources, whose ids they are."""

    place: Place
    words: str
    sources: tuple[str, ...]


def resting_on(sources: Collection[str], record: Record, document: JSON, names: Names) -> Iterator[Claim]:
    """The claims that cite any of these sources, in the order of the document."""
    for place, child, row in _citing(sources, record, document):
        cited = tuple(pk for pk in sources if pk in _cited(child, row))
        yield Claim(place, in_words(record, child, place, row, names), cited)


def names_for(sources: Collection[str], record: Record, documents: Sequence[JSON]) -> dict[str, str]:
    """What `resting_on` needs; one query for each table that these claims speak of."""
    return naming.names(record, *(_only_citing(sources, record, each) for each in documents))


def in_words(record: Record, child: Record, place: Place, row: JSON, names: Names) -> str:
    """“fact “Typical pay”: USD 2–6 per hour”"""
    noun, label = narrating.described(record, Spot(place, child), row, names)
    said = [joined.words({name: row[name] for name in joined.names}) for joined in child.joined]
    return ": ".join([f"{noun} “{label}”", *said])


def _citing(sources: Collection[str], record: Record, document: JSON) -> Iterator[tuple[Place, Record, JSON]]:
    for place, child, row in comparing.rows(record, document):
        if not _cited(child, row).isdisjoint(sources):
            yield place, child, row


def _cited(record: Record, row: JSON) -> set[str]:
    own = (row.get(member.name) or () for member in record.members if isinstance(member, Citations))
    return {pk for ids in own for pk in ids}


def _only_citing(sources: Collection[str], record: Record, document: JSON) -> JSON:
    """The lists of rows of a document, of which only these claims are left."""
    kept = {place for place, _, _ in _citing(sources, record, document)}
    lists = {place[0] for place in kept}
    return {name: [row for row in document[name] if (name, row["id"]) in kept] for name in lists}
