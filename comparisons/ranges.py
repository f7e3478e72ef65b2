"""A path's figures as bars: those of one unit and period share a scale, which begins at 0. Pure.

A bar's picture is as wide as its scale ends, so that it holds the figures themselves. Where a path is shown
beside others, that end is known on reading only: it is a slot of the path's fragments.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from articles import slots

JSON = dict[str, Any]
PERCENT = "%"
BETWEEN, IS = "\n", "="  # of the parts that say where scales end


def with_bars(facts: Iterable[JSON], *, beside_others: bool) -> list[JSON]:
    """The facts, each with a `bar` where that tells something: not of a value alone, nor of one below 0."""
    rows = list(facts)
    found, alone = _ends(rows), Counter(map(_key, rows))
    return [
        row | {"bar": _bar(row, found, alone[_key(row)] == 1, beside_others=beside_others)} for row in rows
    ]


def ends(facts: Iterable[JSON]) -> str:
    """Where the scales of a path's facts end, as a part of its fragments."""
    return BETWEEN.join(f"{key}{IS}{end:f}" for key, end in _ends(facts).items())


def common(paths: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The values of the slots where these paths stand beside one another: the furthest end of each scale."""
    found: dict[str, Decimal] = {}
    for path in paths:
        for line in filter(None, path["ends"].split(BETWEEN)):
            key, _, end = line.rpartition(IS)
            found[key] = max(found.get(key, Decimal(0)), Decimal(end))
    return {key: f"{end:f}" for key, end in found.items()}


def _ends(facts: Iterable[JSON]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for fact in facts:
        span = _span(fact)
        if span and span[1] > 0:
            least = Decimal(100) if fact["unit"].strip() == PERCENT else span[1]
            found[_key(fact)] = max(found.get(_key(fact), least), span[1])
    return found


def _bar(fact: JSON, ends: Mapping[str, Decimal], alone: bool, *, beside_others: bool) -> JSON | None:
    span, key = _span(fact), _key(fact)
    if span is None or key not in ends or (alone and span[0] == span[1]):
        return None
    low, high = span
    end = slots.slot(key) if beside_others else f"{ends[key]:f}"
    return {"low": f"{low:f}", "high": f"{high:f}", "end": end, "is_range": high > low}


def _span(fact: JSON) -> tuple[Decimal, Decimal] | None:
    try:
        low, high = Decimal(str(fact["low"])), Decimal(str(fact["high"]))
    except InvalidOperation:
        return None
    return (low, high) if 0 <= low <= high else None


def _key(fact: JSON) -> str:
    """What can be compared: of the same unit and period, whatever their case."""
    return f"end:{fact['unit'].strip().casefold()}/{fact['period'].strip().casefold()}"
