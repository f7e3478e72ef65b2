"""What stands around a document and matters for it, read once. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

Period = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Target:
    """An article that is linked to or translated, with the periods in which it is live."""

    title: str
    periods: tuple[Period, ...] = ()
    trashed: bool = False
    kind: str = ""
    language: str = ""
    translates: bool = False


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another article with the same title."""

    kind: str
    slug: str


@dataclass(frozen=True)
class Surroundings:
    """`targets` are known by id; what is linked to and not there is not among them."""

    moment: datetime
    targets: Mapping[str, Target] = field(default_factory=dict)
    namesakes: Sequence[Namesake] = ()

    @property
    def today(self) -> date:
        return self.moment.date()


def absences(
    periods: Sequence[Period], moment: datetime
) -> Iterator[tuple[datetime | None, datetime | None]]:
    """From when until when something is not live, as far as that isn't over; None: from or for ever."""
    since = max((end for _, end in periods if end and end <= moment), default=None)
    for start, end in sorted((each for each in periods if each[1] is None or each[1] > moment), key=_start):
        if start > moment and start != since:
            yield since, start
        if end is None:
            return
        since = end
    yield since, None


def _start(period: Period) -> datetime:
    return period[0]
