"""What a twin begins with: YAML between dashes, which more programs read than any other header of Markdown.

Texts are written as JSON, which YAML includes. What a document alone says is kept with its page's parts; its
moments are slots.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from articles import slots
from articles.feeds.plain_texts import line
from articles.records import JSON

PART = "front_matter"
MOMENTS = ("published", "updated")
UNPRINTABLE = re.compile("[\x7f-\x9f]")  # that JSON may have as they are, and YAML may not


def of_document(document: JSON, address: str) -> str:
    """With slots for the moments. `address` is that of the page."""
    reviewer = document["reviewer"]
    moments = "".join(f'{moment}: "{slots.slot(moment)}"\n' for moment in MOMENTS)
    more = {
        "facts_checked": document["reviewed_on"],
        "reviewed_by": reviewer["name"] if reviewer else None,
        "authors": [author["name"] for author in document["authors"]],
        "topics": [tag["name"] for tag in document["tags"]],
    }
    named = _named(document["title"], address, document["language"])
    return f"---\n{_lines(named)}{moments}{_lines(more)}---\n"


def of_page(title: str, address: str, language: str) -> str:
    return f"---\n{_lines(_named(title, address, language))}---\n"


def _named(title: str, address: str, language: str) -> JSON:
    return {"title": title, "url": address, "language": language}


def filled(parts: Mapping[str, str], publication: Any) -> str:
    """The front matter of a page's parts, with the moments of its publication."""
    moments = (publication.first_published_at, publication.starts_at)
    values = dict(zip(MOMENTS, map(datetime.isoformat, moments), strict=True))
    return slots.fill(parts.get(PART, ""), values)


def _lines(values: JSON) -> str:
    """Those of the values that there are."""
    return "".join(f"{name}: {_value(value)}\n" for name, value in values.items() if value)


def _value(value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    quoted = json.dumps(line(value), ensure_ascii=False)
    return UNPRINTABLE.sub(lambda character: f"\\u{ord(character[0]):04x}", quoted)
