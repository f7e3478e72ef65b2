from django import template

from articles import kinds
from articles.models import Publication
from careersite import as_of

register = template.Library()


@register.simple_tag
def first_moment(publication: Publication) -> str:
    """Where the page of a publication is shown as of the moment from which readers see it; "" without one."""
    address = kinds.get(publication.kind).address(publication.slug)
    return as_of.address_of(publication.starts_at, address) if address else ""
