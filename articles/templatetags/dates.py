from datetime import date

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day(value: str | date | None) -> str:
    """A date, or one as ISO text, in words: 14 August 2026. Text that is no date stays as it is."""
    if not value:
        return ""
    try:
        found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return date_format(found, "DATE_FORMAT")
