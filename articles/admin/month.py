"""A month of publications, day by day. Pure."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

SHOWN = 6  # entries of a day; beyond that a link says how many there are
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What begins or ends at a moment of the site's time zone."""

    at: datetime
    title: str
    address: str
    ends: bool = False
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    is_within: bool  # in the month, and not before or after it in its first or last week
    starts: datetime
    ends: datetime
    entries: Sequence[Entry] = ()

    @property
    def shown(self) -> Sequence[Entry]:
        return self.entries[:SHOWN]

    @property
    def further(self) -> int:
        return max(0, len(self.entries) - SHOWN)


def weeks(month: date, entries: Iterable[Entry], zone: tzinfo) -> list[list[Day]]:
    """The weeks of a month from Monday to Sunday, each day with its entries by time."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: (each.at, each.ends, each.title)):
        by_day[entry.at.date()].append(entry)
    rows = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [[_day(each, month, by_day, zone) for each in row] for row in rows]


def _day(day: date, month: date, by_day: dict[date, list[Entry]], zone: tzinfo) -> Day:
    is_within = (day.year, day.month) == (month.year, month.month)
    found = tuple(by_day[day]) if is_within else ()
    return Day(day, is_within, _midnight(day, zone), _midnight(day + DAY, zone), found)


def bounds(month: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The moments at which a month begins and the next one does."""
    return _midnight(month.replace(day=1), zone), _midnight(after(month), zone)


def before(month: date) -> date:
    return (month.replace(day=1) - DAY).replace(day=1)


def after(month: date) -> date:
    return (month.replace(day=28) + 4 * DAY).replace(day=1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
