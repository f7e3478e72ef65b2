from django import template
from django.utils.translation import get_language

register = template.Library()

TERRITORIES = {"en": "en_GB", "de": "de_DE"}  # Open Graph names none without one


@register.simple_tag
def locale() -> str:
    """The language that is spoken, as Open Graph names it."""
    language = get_language() or ""
    return TERRITORIES.get(language, language.replace("-", "_"))
