"""What is rendered from one document alone, when it is published: parts of pages, and cards of lists.

It is derived data. Each publication remembers the templates it was rendered with; where these have
changed since, it is rendered anew on reading, until `manage.py rebuild_pages` has stored the result.
"""

import hashlib
import inspect
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from articles import corrections, documents, enumerations, expiry, kinds, links, slots
from articles.languages import spoken
from articles.markdown import front_matter
from articles.models import Publication
from articles.records import JSON
from articles.search.terms import joined
from articles.social_cards import card as social_card

DRAWING = (  # of an app, where it has them
    *("kinds.py", "pages.py", "structured_data.py", "pay.py", "embed_code.py"),
    *("glance.py", "ranges.py"),
)
STORED = ("search_text", "card", "card_html", "page", "fragments", "rendered_with")


@cache
def fingerprint() -> str:
    """What the rendered parts depend on beside the document: templates and the code that fills them."""
    homes = {Path(inspect.getfile(type(kind))).parent for kind in kinds.every()}
    code = [
        path
        for home in homes
        for path in (*(home / name for name in DRAWING), *home.glob("templatetags/*.py"))
        if path.exists()
    ]
    others = (corrections, enumerations, expiry, links, slots, front_matter, social_card)
    code += [Path(inspect.getfile(module)) for module in others]
    templates = Path(settings.BASE_DIR, "templates")
    partials = [path for home in homes for path in (templates / home.name).glob("_*.html")]
    messages = [path for home in settings.LOCALE_PATHS for path in Path(home).rglob("*.mo")]
    found = hashlib.sha256(f"{settings.SITE_URL} {settings.SITE_NAME} {settings.LANGUAGE_CODE}".encode())
    for path in sorted((*partials, *code, *messages)):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def render(publication: Publication, document: JSON) -> None:
    """Fill the publication's derived columns; nothing is saved."""
    with spoken(document["language"]):
        _render(publication, document)


def _render(publication: Publication, document: JSON) -> None:
    kind = kinds.get(publication.kind)
    publication.search_text = _search_text(document)
    publication.card = documents.canonical(kind.card(document))
    publication.card_html = slots.unindented(kind.card_html(document))
    publication.page = _packed(kind.page(document))
    publication.fragments = _packed(kind.fragments(document))
    publication.rendered_with = fingerprint()


def _search_text(document: JSON) -> str:
    """Databases take a word with a soft hyphen for two; titles and summaries are given once more without."""
    shown = (document["title"], document["summary"])
    again = (joined(each) for each in shown if joined(each) != each)
    return " ".join((joined(kinds.get(document["kind"]).search_text(document)), *again))


def _packed(parts: Mapping[str, str]) -> str:
    return slots.pack(links.slotted({name: slots.unindented(html) for name, html in parts.items()}))


def page(publication: Publication) -> dict[str, str]:
    """The parts of a publication's own page, as its kind named them."""
    _refresh(publication)
    return slots.unpack(publication.page)


def fragments(publication: Publication) -> dict[str, str]:
    """What other pages show of a publication."""
    _refresh(publication)
    return slots.unpack(publication.fragments)


def parts(row: Any, column: str) -> dict[str, str]:
    """What a row's `parts` hold of one column, `page` or `fragments`."""
    text = row.parts if row.rendered_with == fingerprint() else getattr(_anew(row), column)
    return slots.unpack(text)


def card(row: Any) -> str:
    """What lists say of a publication to programs: an object as JSON text."""
    return row.card if row.rendered_with == fingerprint() else _anew(row).card


def card_html(row: Any) -> str:
    """What lists show of a publication."""
    return row.card_html if row.rendered_with == fingerprint() else _anew(row).card_html


def _anew(row: Any) -> Publication:
    publication = Publication.objects.select_related("revision").get(pk=row.id)
    _refresh(publication)
    return publication


def _refresh(publication: Publication) -> None:
    if publication.rendered_with != fingerprint():
        render(publication, documents.upgrade(publication.revision.document))
