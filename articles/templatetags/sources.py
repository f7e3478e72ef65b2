from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def numbers(sources: Mapping[str, Any], cited: Iterable[str] | None) -> list[Any]:
    """The sources with these ids in the order of their numbers: `{{ sources|numbers:point.sources }}`."""
    found = [sources[key] for key in cited or () if key in sources]
    return sorted(found, key=lambda source: source["number"])


@register.filter
def last_days(sources: Mapping[str, Any], cited: Iterable[str] | None) -> list[str]:
    """The days on which these sources end, each once: `{{ sources|last_days:point.sources }}`."""
    found = (sources[key]["valid_until"] for key in cited or () if key in sources)
    return sorted({day for day in found if day})
