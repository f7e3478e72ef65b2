"""Days, moments and shares in words; a process is asked for few different days."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext


def moment(value: datetime) -> str:
    """`Sun 22 Nov 2026, 14:13 UTC`, in the time zone of the site."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")


def day(value: date) -> str:
    """`22 November 2026`, in the language of the page."""
    return _day(value, get_language())


def day_element(value: datetime) -> str:
    """The day of a moment, in the time zone of the site, as HTML."""
    return next(day_elements([value]))


def day_elements(values: Iterable[datetime]) -> Iterator[str]:
    """The same of many moments; to ask for zone and language once takes less time than all the rest."""
    zone, language = timezone.get_current_timezone(), get_language()
    return (_day_element(value.astimezone(zone).date(), language) for value in values)


def percent(digits: str) -> str:
    """A number that is written already, with its sign: `20.0%`; in some languages a space stands between."""
    return gettext("%(number)s%%") % {"number": digits}


@lru_cache(maxsize=4096)
def _day(value: date, language: str | None) -> str:
    return date_format(value, "DATE_FORMAT")


@lru_cache(maxsize=4096)
def _day_element(value: date, language: str | None) -> str:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _day(value, language))
