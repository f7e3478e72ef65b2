"""Days in words, as pages show them; a process is asked for few different ones."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language


def day(value: date) -> str:
    """`22 November 2026`, in the language of the page."""
    return _day(value, get_language())


def day_element(value: date) -> str:
    return _day_element(value, get_language())


@lru_cache(maxsize=4096)
def _day(value: date, language: str | None) -> str:
    return date_format(value, "j F Y")


@lru_cache(maxsize=4096)
def _day_element(value: date, language: str | None) -> str:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _day(value, language))
