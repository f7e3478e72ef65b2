"""Links from elsewhere to a row of an article's form: `…/change/#row-<id of the row>`.

Where rows stand changes while somebody writes: a script finds the one that is meant.
"""

from uuid import UUID

from articles.admin import display
from articles.comparing import Place
from articles.models import Article


def address(article: Article, place: Place) -> str:
    """The form, at the row that a place of the document is in; without a script, at its beginning."""
    row = next((step for step in reversed(place) if _is_id(step)), "")
    return f"{display.edit_address(article)}{f'#row-{row}' if row else ''}"


def _is_id(step: str) -> bool:
    try:
        return str(UUID(step)) == step
    except ValueError:
        return False
