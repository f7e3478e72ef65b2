"""What a back end is asked, and what it answers: publications that have all the words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from articles.search.terms import Term

MOST = 1000  # hits that are told apart and counted; of more it is said that there are more
WEIGHED = 200  # hits that are weighed by how much their texts have of the words

# What has no page of its own stands in no index.
LIVE = "p.starts_at <= %(moment)s AND (p.ends_at IS NULL OR p.ends_at > %(moment)s)"


@dataclass(frozen=True, slots=True)
class Asked:
    terms: Sequence[Term]
    where: str  # SQL about the publication `p`, with the values below
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    pk: int
    kind: str
    since: float | str  # as the database has the moment since when it is live
    tier: int  # 4: all words are in the title … 0: some are in the text alone
    weight: float = 0.0

    @property
    def rank(self) -> tuple[int, float, float | str, int]:
        """The higher the better."""
        return (self.tier, self.weight, self.since, self.pk)


class BackEnd(Protocol):
    def find(self, asked: Asked) -> list[Candidate]:
        """Up to one more than MOST of the best, and among equals the newest; in no order."""

    def titled(self, asked: Asked, limit: int) -> list[Candidate]:
        """Those with all the words in their titles alone, the newest."""
