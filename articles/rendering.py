"""Rendered parts of publications: HTML that depends on one document alone, made when it is published.

It is derived data. Each publication remembers the templates it was rendered with; where these have
changed since, its parts are rendered anew on reading, until `manage.py rebuild_pages` has stored them.
"""

import hashlib
import inspect
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from articles import kinds
from articles.models import Publication
from articles.records import JSON


@cache
def fingerprint() -> str:
    """What the rendered parts depend on beside the document: templates and the code that fills them."""
    modules = {Path(inspect.getfile(type(kind))).with_name("pages.py") for kind in kinds.every()}
    found = hashlib.sha256()
    for path in sorted((*Path(settings.BASE_DIR, "templates").glob("**/_*.html"), *modules)):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def render(publication: Publication, document: JSON) -> None:
    publication.rendered = json.dumps(kinds.get(publication.kind).render(document), ensure_ascii=False)
    publication.rendered_with = fingerprint()


def parts(publication: Publication) -> dict[str, Any]:
    """The rendered parts of a publication, as its kind named them."""
    if publication.rendered_with != fingerprint():
        from articles.documents import upgrade

        render(publication, upgrade(publication.revision.document))
    return json.loads(publication.rendered)
