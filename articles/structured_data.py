"""What machines are told of a page, in the words of schema.org: JSON-LD for a script element.

Nothing is said that the page does not show. What is known on reading only is a slot, as in HTML.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles import corrections, slots
from articles.models import Author, Tag
from articles.records import JSON
from articles.site_addresses import absolute
from articles.templatetags.pictures import described

CONTEXT = "https://schema.org"
# As JSON writes a slot's separator; not after an odd backslash, where an editor wrote these letters.
SEPARATOR = re.compile(r"(?<!\\)((?:\\\\)*)\\u001e")
IN_SCRIPTS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def text(nodes: Sequence[JSON]) -> SafeString:
    """The nodes as one graph; where a string of theirs has a slot, the text has it."""
    graph = _dumped({"@context": CONTEXT, "@graph": list(nodes)})
    return mark_safe(SEPARATOR.sub(rf"\1{slots.SEPARATOR}", graph))  # noqa: S308 -- see IN_SCRIPTS


def string(value: str) -> str:
    """What fills a slot within a string."""
    return _dumped(value)[1:-1]


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPTS)


def article(document: JSON, url: str, minutes: int, card: str, **more: Any) -> JSON:
    """An article of any kind; `card` is the address of its social card."""
    data = {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": document["title"],
        "description": document["summary"],
        "inLanguage": document["language"],
        "mainEntityOfPage": {"@type": "WebPage", "@id": url, **_checked(document)},
        "datePublished": slots.slot("datePublished"),
        "dateModified": slots.slot("dateModified"),
        "author": [expert(author) for author in document["authors"]],
        "editor": person(document["reviewer"]) if document["reviewer"] else None,
        "publisher": publisher(),
        "keywords": [tag["name"] for tag in document["tags"]],
        "timeRequired": f"PT{minutes}M",
        "isAccessibleForFree": True,
        "image": [*([_picture(document)] if document["image"] else []), card],
        "citation": [_citation(source) for source in document["sources"]],
        "correction": [_correction(each) for each in corrections.newest_first(document["corrections"])],
        **more,
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def breadcrumbs(*steps: tuple[str, str]) -> JSON:
    """The way from the home page to a page: names and addresses."""
    return {"@type": "BreadcrumbList", "itemListElement": _numbered([(gettext("Home"), "/"), *steps], "item")}


def item_list(items: Iterable[tuple[str, str]], **more: Any) -> JSON:
    """Names and addresses, in the order of the page."""
    elements = _numbered(items, "url")
    return {"@type": "ItemList", **more, "numberOfItems": len(elements), "itemListElement": elements}


def _numbered(items: Iterable[tuple[str, str]], address_as: str) -> list[JSON]:
    return [
        {"@type": "ListItem", "position": position, "name": name, address_as: absolute(address)}
        for position, (name, address) in enumerate(items, start=1)
    ]


def site() -> JSON:
    """The site as a whole, and how to search it."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": absolute("/search/?q={words}")},
            "query-input": "required name=words",
        },
    }


def profile(author: Author) -> JSON:
    """The page of an author."""
    known = {"name": author.name, "slug": author.slug, "expertise": author.expertise}
    told = expert(known) | ({"description": author.bio} if author.bio else {})
    return {"@type": "ProfilePage", "url": told["url"], "mainEntity": told}


def topic(tag: Tag) -> JSON:
    """The page of a topic."""
    told = {"description": tag.description} if tag.description else {}
    about = {"@type": "DefinedTerm", "name": tag.name, **told}
    return {"@type": "CollectionPage", "url": absolute(tag.get_absolute_url()), "about": about}


def publisher() -> JSON:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")}


def expert(author: JSON) -> JSON:
    """Somebody of whom the page shows what they know."""
    known = {"knowsAbout": author["expertise"]} if author["expertise"] else {}
    return person(author) | known


def person(author: JSON) -> JSON:
    return {"@type": "Person", "name": author["name"], "url": absolute(f"/authors/{author['slug']}/")}


def _checked(document: JSON) -> JSON:
    """When the facts were checked, and by whom: what schema.org says of pages, and not of articles."""
    if not document["reviewed_on"]:
        return {}
    by = {"reviewedBy": person(document["reviewer"])} if document["reviewer"] else {}
    return {"lastReviewed": document["reviewed_on"], **by}


def _picture(shown: JSON) -> JSON:
    image, words = shown["image"], described(shown)
    return {
        "@type": "ImageObject",
        "url": urljoin(absolute("/"), default_storage.url(image["file"])),
        "width": _pixels(image["width"]),
        "height": _pixels(image["height"]),
    } | ({"caption": words} if words else {})


def _pixels(count: int) -> JSON:
    return {"@type": "QuantitativeValue", "value": count, "unitCode": "E37"}  # UN/CEFACT: pixel


def _citation(source: JSON) -> JSON:
    by = {"publisher": {"@type": "Organization", "name": source["publisher"]}} if source["publisher"] else {}
    at = {"url": source["url"]} if source["url"] else {}
    return {"@type": "CreativeWork", "name": source["title"], **by, **at}


def _correction(correction: JSON) -> JSON:
    words = (
        gettext("It said: %(words)s") % {"words": correction["was"]},
        gettext("Right is: %(words)s") % {"words": correction["now"]},
        correction["why"],
    )
    return {
        "@type": "CorrectionComment",
        "datePublished": correction["corrected_on"],
        "text": "\n".join(filter(None, words)),
    }
