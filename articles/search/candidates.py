"""What a back end is asked, and what it answers: publications that have all the words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from articles.search.terms import Term

MOST = 500  # hits that are told apart and counted; of more it is said that there are more
WEIGHED = 200  # hits that are weighed by how much their texts have of the words

# What has no page of its own stands in no index.
LIVE = "p.starts_at <= %(moment)s AND (p.ends_at IS NULL OR p.ends_at > %(moment)s)"


@dataclass(frozen=True, slots=True)
class Asked:
    terms: Sequence[Term]
    where: str  # SQL about the publication `p`, with the values below
    values: dict[str, Any] = field(default_factory=dict)
    among: Sequence[int] | None = None  # the only publications that may be hits, where these are few


class Candidate(NamedTuple):  # thousands are made for one search
    pk: int
    kind: str
    since: float | str  # as the database has the moment since when it is live
    tier: int  # 4: all words are in the title … 0: some are in the text alone
    weight: float = 0.0  # of its text, beside those of the others


def ranked(found: Collection[Candidate]) -> list[Candidate]:
    """The best first; among those with about the same weight, to a tenth of the largest, the fresh ones."""
    most = max((each.weight for each in found), default=0.0) or 1.0

    def rank(each: Candidate) -> tuple[int, float, float | str, int]:
        return (each.tier, round(each.weight / most, 1), each.since, each.pk)

    return sorted(found, key=rank, reverse=True)


class BackEnd(Protocol):
    def find(self, asked: Asked) -> list[Candidate]:
        """Up to one more than MOST of the best, and among equals the newest; in no order."""

    def titled(self, asked: Asked, limit: int) -> list[Candidate]:
        """Those with all the words in their titles alone, the newest."""

    def rebuild(self) -> None:
        """Its indexes anew, from the publications."""
