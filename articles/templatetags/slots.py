from django import template
from django.utils.safestring import SafeString

from articles import slots

register = template.Library()


@register.simple_tag
def slot(name: str, *parts: object) -> SafeString:
    """`{% slot "pro" contender.path %}` marks the place that reading fills with `pro:<path>`."""
    return slots.slot(":".join([name, *map(str, parts)]))
