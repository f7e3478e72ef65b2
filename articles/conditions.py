"""Whether a row meets a condition that the database holds it to, found out without asking it. Pure."""

import operator
from typing import Any

from django.db.models import F, Q

COMPARISONS = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class Unclear(Exception):
    """Only the database can tell."""


def holds(condition: Any, row: Any) -> bool:
    """Whether it certainly holds. What compares with nothing counts as unclear here, and so as no."""
    try:
        return _holds(condition, row)
    except (Unclear, TypeError):
        return False


def _holds(condition: Any, row: Any) -> bool:
    if isinstance(condition, tuple):
        lookup, expected = condition
        return _compares(lookup, expected, row)
    if not isinstance(condition, Q) or condition.connector == Q.XOR:
        raise Unclear
    every = all if condition.connector == Q.AND else any
    return every([_holds(part, row) for part in condition.children]) != condition.negated


def _compares(lookup: str, expected: Any, row: Any) -> bool:
    name, _, comparison = lookup.partition("__")
    value = getattr(row, name)
    if isinstance(expected, F):
        expected = getattr(row, expected.name)  # type: ignore[attr-defined]
    if comparison == "isnull":
        return (value is None) == expected
    if value is None or expected is None or comparison not in {"", *COMPARISONS}:
        raise Unclear
    return bool(COMPARISONS[comparison or "exact"](value, expected))
