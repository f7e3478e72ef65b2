"""A document as a page: contents list, reading time, structured data, and the HTML that never changes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext

from articles import (
    corrections,
    enumerations,
    expiry,
    formats,
    kinds,
    links,
    rendering,
    site_addresses,
    slots,
    structured_data,
    translations,
)
from articles.comments import arriving
from articles.comments.thread import thread
from articles.markdown import front_matter
from articles.models import Publication
from articles.records import JSON
from articles.social_cards import card as social_card

CALL = "call:"
RESERVED = (
    "at-a-glance",
    "compare",
    "contents-title",
    "corrections",
    "decide",
    "figures",
    "main",
    "platforms",
    "pros-and-cons",
    "related",
    "replies",
    "sources",
)
DATES = ("datePublished", "dateModified")
NO_MORE: Mapping[str, str] = MappingProxyType({})
WORDS_PER_MINUTE = 230  # Brysbaert 2019: 238 words/min for silent reading of English non-fiction


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list."""

    anchor: str
    heading: str


def article_page(document: JSON) -> dict[str, str]:
    sections = anchored(document["sections"])
    shared = common(document)
    context = {
        **shared,
        "structured_data": structured(document, shared["social_image"]),
        "sections": sections,
        "contents": [
            Entry(section["anchor"], section["heading"]) for section in sections if section["heading"]
        ],
    }
    return {
        "head": render_to_string("articles/_head.html", context),
        "body": render_to_string("articles/_article.html", context),
        **endings(document),
    }


def endings(document: JSON) -> dict[str, str]:
    """What every page ends with: links onward, the form for a reply; and the days on which sources end."""
    address = kinds.get(document["kind"]).address(document["slug"])
    form: JSON = {"address": address, "errors": {}, "values": {}, "parent": None, "ends": slots.slot("ends")}
    return {
        **calls(document),
        "reply_form": render_to_string("articles/_reply_form.html", form),
        "language": document["language"],
        front_matter.PART: front_matter.of_document(document, f"{settings.SITE_URL}{address}"),
        social_card.PART: social_card.described(document),
        **expiry.part(document),
    }


def body(publication: Publication, moment: datetime) -> str:
    """The main part of a page that needs nothing but its own publication and the replies to it."""
    parts = rendering.page(publication)
    return slots.fill(parts["body"], closing(publication, parts, moment) | links.current([parts], moment))


def texts(rows: Sequence[Any], moment: datetime) -> dict[int, str]:
    """The text of pages that need nothing but their own parts (see `kinds.Kind.texts`)."""
    parts = {row.id: rendering.parts(row, "page") for row in rows}
    current_links = links.current(parts.values(), moment)
    return {pk: slots.fill(each["body"], current_links) for pk, each in parts.items()}


def closing(publication: Publication, parts: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """The slots that every kind's page has: its days, the links onward, the replies, what has expired."""
    today = timezone.localdate(moment)
    return {
        "published": formats.day_element(publication.first_published_at),
        "updated": updated(publication),
        "translations": translations.line(publication, parts["language"]),
        "calls": current_calls(parts, today),
        "replies": thread(publication.article_id, moment) + _reply_form(publication, parts, moment),
        **expiry.notices(parts, today),
    }


def _reply_form(publication: Publication, parts: Mapping[str, str], moment: datetime) -> str:
    """The form, and when replies end; that they have, where it is so."""
    ends_at = arriving.closes_at(publication)
    if arriving.are_open(publication, moment):
        ends = _ends(gettext("Replies are open until %s."), ends_at)
        return slots.fill(parts["reply_form"], {"ends": ends})
    return _ends(gettext("Replies were closed on %s."), ends_at) if settings.COMMENTS_OPEN else ""


def _ends(words: str, moment: datetime | None) -> str:
    if moment is None:
        return ""
    said = words % formats.day(timezone.localtime(moment).date())
    return format_html('<p class="small replies-end">{}</p>', said)


def updated(publication: Any) -> str:
    """The day of this version, where it is another than that of the first."""
    first, this = formats.day_elements((publication.first_published_at, publication.starts_at))
    told = gettext("Updated %(day)s") % {"day": this}
    return "" if first == this else f"<span>{told}</span>"


def head(
    parts: Mapping[str, str],
    publication: Any,
    more: Mapping[str, str] = NO_MORE,
    contenders: Sequence[str] = (),
) -> str:
    """The head of a page, with the moments of which its document knows nothing.

    Names of contenders, as HTML, stand on the card that other sites show.
    """
    moments = (publication.first_published_at, publication.starts_at)
    values = dict(zip(DATES, map(datetime.isoformat, moments), strict=True))
    values["card"] = social_card.digest(parts.get(social_card.PART, ""), contenders)
    return slots.fill(
        parts.get("head", ""), {**values, **more, "alternates": translations.links(publication)}
    )


def calls(document: JSON) -> dict[str, str]:
    """The links onward; each part's name ends with its last day, since what is over is known on reading."""
    return {
        f"{CALL}{number}:{call['ends_on'] or ''}": render_to_string(
            "articles/_call_to_action.html", {"call": call}
        )
        for number, call in enumerate(document["calls_to_action"])
    }


def current_calls(parts: Mapping[str, str], today: date) -> str:
    found = ((name.rpartition(":")[2], html) for name, html in parts.items() if name.startswith(CALL))
    return "".join(html for ends_on, html in found if not ends_on or ends_on >= today.isoformat())


def address_of(document: JSON) -> str:
    return site_addresses.of(document["kind"], document["slug"])


def structured(document: JSON, card: str, *nodes: JSON, **more: Any) -> SafeString:
    """What machines are told of a page: the article, with `more` said of it; the way to it; other `nodes`."""
    address, kind = address_of(document), kinds.get(document["kind"])
    url, minutes = site_addresses.absolute(address), reading_minutes(document)
    article = structured_data.article(document, url, minutes, card, **more)
    crumbs = structured_data.breadcrumbs(
        (gettext(kind.plural), kind.prefix or "/"), (document["title"], address)
    )
    return structured_data.text([article, crumbs, *nodes])


def common(document: JSON) -> dict[str, Any]:
    """What every kind's templates are given."""
    address, kind = address_of(document), kinds.get(document["kind"])
    return {
        "document": document,
        "address": address,
        "label": gettext(kind.label),
        "parent_name": kind.plural and gettext(kind.plural),
        "parent_address": kind.prefix,
        "canonical": site_addresses.absolute(address),
        "social_image": site_addresses.absolute(social_card.address(address, slots.slot("card"))),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "minutes": reading_minutes(document),
        "authors": enumerations.bylines(document["authors"]),
        "author_names": enumerations.both(author["name"] for author in document["authors"]),
        "sources": numbered(document["sources"]),
        "corrections": corrections.newest_first(document["corrections"]),
    }


def anchored(sections: list[JSON]) -> list[JSON]:
    """The sections, each with an `anchor` that nothing else on the page has."""
    taken = set(RESERVED)
    found = []
    for section in sections:
        base = slugify(section["heading"] or section["role"]) or section["role"]
        anchor, number = base, 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        found.append(section | {"anchor": anchor})
    return found


def numbered(sources: list[JSON]) -> dict[str, JSON]:
    """Sources by id, numbered as the notes below the text are."""
    return {source["id"]: source | {"number": number} for number, source in enumerate(sources, start=1)}


def reading_minutes(document: JSON) -> int:
    words = len(kinds.get(document["kind"]).search_text(document).split())
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def card(document: JSON) -> JSON:
    return {
        **{name: document[name] for name in ("id", "kind", "slug")},
        "url": kinds.get(document["kind"]).address(document["slug"]),
        **{name: document[name] for name in ("title", "summary", "language", "reviewed_on")},
        "authors": [{key: author[key] for key in ("name", "slug")} for author in document["authors"]],
        "tags": [{key: tag[key] for key in ("name", "slug")} for tag in document["tags"]],
        "minutes": reading_minutes(document),
    }


def card_html(document: JSON) -> str:
    return render_to_string("articles/_card.html", common(document))
