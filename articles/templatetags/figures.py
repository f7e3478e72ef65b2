import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.formats import get_format
from django.utils.translation import gettext, pgettext

from articles import formats

register = template.Library()

CURRENCY = re.compile(r"[A-Z]{3}\Z")
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@register.filter
def figure(fact: Mapping[str, Any]) -> str:
    """A fact's value or range with its unit and period: “USD 2–6 per hour”, “98%”, “3–6 months”."""
    unit, period = fact["unit"].strip(), fact["period"].strip()
    text = _span(fact["low"], fact["high"], money=bool(CURRENCY.match(unit)))
    if CURRENCY.match(unit):
        text = pgettext("money", "%(currency)s\N{NO-BREAK SPACE}%(amount)s") % {
            "currency": unit,
            "amount": text,
        }
    elif unit.startswith("%"):
        text = formats.percent(text) + unit.removeprefix("%")
    elif unit:
        text = f"{text}{SPACE}{unit}"
    return (
        gettext("%(amount)s per\N{NO-BREAK SPACE}%(period)s") % {"amount": text, "period": period}
        if period
        else text
    )


def _span(low: str, high: str, *, money: bool) -> str:
    try:
        first, last = Decimal(str(low)), Decimal(str(high))
    except InvalidOperation:
        return f"{low}–{high}"
    if first == last:
        return _plain(first, money=money)
    cents = money and any(value % 1 for value in (first, last))
    texts = [_plain(value, money=money, cents=cents) for value in (first, last)]
    if first < 0:
        return gettext("%(low)s to %(high)s") % {"low": texts[0], "high": texts[1]}
    return "–".join(texts)


def _plain(value: Decimal, *, money: bool, cents: bool = False) -> str:
    if money and (cents or value % 1):
        text = f"{value:,.2f}"
    else:
        text = f"{value:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return _localised(text.replace("-", MINUS))


def _localised(digits: str) -> str:
    """A number that Python has written, with the signs that the language of the page puts between digits."""
    grouped = {",": get_format("THOUSAND_SEPARATOR"), ".": get_format("DECIMAL_SEPARATOR")}
    return digits.translate(str.maketrans(grouped))


@register.simple_tag
def decimal_sign() -> str:
    """What stands between whole digits and tenths: for scripts, which write numbers as the page does."""
    return str(get_format("DECIMAL_SEPARATOR"))
