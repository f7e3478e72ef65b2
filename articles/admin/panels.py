"""The panels of the desk's first page: each a figure, a few rows, and the list that they are from.

A panel is registered by whoever knows what it shows, and costs one query. Figures that stand at the top
without a panel are counted by one query together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.contrib.auth.models import User
from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse

SHOWN, LISTED = 5, 200  # rows on the first page, and on a page of their own
MOST = 1_000  # figures count no further


class Place(IntEnum):
    """Where on the page it stands: what is asked of the person comes first."""

    YOURS = 1
    WAITING = 2  # for somebody's decision
    DESK = 3
    READERS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A line in a list of the desk."""

    link: str
    detail: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a panel has for somebody now."""

    count: int = 0
    rows: Sequence[Row] = ()
    more: Mapping[str, Any] = field(default_factory=dict)  # what its own template shows beside

    @property
    def figure(self) -> str:
        return in_digits(self.count)


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    title: str
    find: Callable[[User, datetime, int], Found]  # for whom, when, how many rows
    may: Callable[[User], bool] = lambda user: True  # who sees it
    place: Place = Place.DESK
    glance: str = ""  # what the figure counts, for the line at the top; "": it isn't there
    nothing: Callable[[User], str] = lambda user: "Nothing."
    whole: Callable[[], str] | None = None  # the address of the list; None: a page of its own
    whole_words: str = "All of them"
    only_if_any: bool = False
    template: str = "admin/desk/_rows.html"

    @property
    def address(self) -> str:
        return self.whole() if self.whole else reverse("admin:desk_list", args=[self.name])


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with what it has for somebody."""

    panel: Panel
    found: Found
    nothing: str

    @property
    def has_whole(self) -> bool:
        """Whether the list has more to show than its first rows."""
        return self.found.count > len(self.found.rows) or bool(self.panel.whole and self.found.count)


def holding(permission: str) -> Callable[[User], bool]:
    """Panels of whoever holds it."""
    return lambda user: user.has_perm(permission)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top that has no panel."""

    name: str
    words: str
    rows: Callable[[User, datetime], QuerySet[Any]]  # what is counted
    whole: Callable[[], str]
    may: Callable[[User], bool] = lambda user: True


@dataclass(frozen=True, slots=True)
class Glance:
    """What the line at the top says: how many of what, and where they are."""

    words: str
    count: int
    address: str

    @property
    def figure(self) -> str:
        return in_digits(self.count)


_panels: dict[str, Panel] = {}
_figures: dict[str, Figure] = {}


def register(entry: Panel | Figure) -> None:
    if isinstance(entry, Panel):
        _panels[entry.name] = entry
    else:
        _figures[entry.name] = entry


def get(name: str) -> Panel | None:
    return _panels.get(name)


def shown_to(user: User, moment: datetime) -> Iterator[Shown]:
    """The panels that somebody may see, in their order, each asked once."""
    for panel in sorted(_panels.values(), key=lambda each: each.place):
        if panel.may(user):
            found = panel.find(user, moment, SHOWN)
            if found.count or not panel.only_if_any:
                yield Shown(panel, found, panel.nothing(user))


def glances(user: User, moment: datetime, shown: Iterable[Shown]) -> list[Glance]:
    """The line at the top: figures of the panels that are shown, then those without a panel."""
    own = [
        Glance(each.panel.glance, each.found.count, each.panel.address) for each in shown if each.panel.glance
    ]
    return [*own, *_further(user, moment)]


def _further(user: User, moment: datetime) -> Iterator[Glance]:
    figures = [each for each in _figures.values() if each.may(user)]
    counts = {f"number_of_{each.name}": Bounded(_keys(each.rows(user, moment))) for each in figures}
    if counts:
        # One row, for all of them.
        found: dict[str, Any] = dict(User.objects.filter(pk=user.pk).values(**counts).get())
        for figure in figures:
            yield Glance(figure.words, found[f"number_of_{figure.name}"], figure.whole())


# --- What panels find ---------------------------------------------------------------------------


class Bounded(Subquery):
    """How many rows there are, without counting more than a figure says."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()


def counted(found: QuerySet[Any], limit: int) -> tuple[int, list[Any]]:
    """The first rows, and how many there are. One query."""
    rows = list(found.annotate(number=Bounded(_keys(found)))[:limit])
    return (rows[0].number if rows else 0), rows


def _keys(found: QuerySet[Any]) -> QuerySet[Any, Any]:
    return found.order_by().values("pk")[: MOST + 1]


def in_digits(count: int) -> str:
    return f"{count:,}" if count <= MOST else f"{MOST:,}+"


def listed(found: QuerySet[Any], limit: int, row: Callable[[Any], Row]) -> Found:
    """The same as a panel shows it."""
    count, rows = counted(found, limit)
    return Found(count, [row(each) for each in rows])
