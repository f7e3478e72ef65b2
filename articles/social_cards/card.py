"""What a card shows, and the digest that its address holds: of all that is on it and of how it is drawn."""

import hashlib
import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from articles import enumerations, formats, kinds, renditions
from articles.records import JSON

PART = "social_card"  # of a page: what its document gives the card
DIGITS = 20  # of the digest
HERE = Path(__file__).parent
DRAWN_BY = ("drawing.py", "lettering.py", "keeping.py")


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendition of an article's own picture, and the point in per cent that stays in sight."""

    file: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Card:
    site: str
    label: str
    title: str
    line: str = ""
    contenders: tuple[str, ...] = ()
    picture: Picture | None = None


def described(document: JSON) -> str:
    """What a document gives its card, as text; in the language that is spoken."""
    label = capfirst(gettext(kinds.get(document["kind"]).label))
    return _text(label, document["title"], _line(document), _picture(document["image"]))


def of_site() -> str:
    """The same for pages that show no article."""
    return _text("", gettext("Careers, side by side"), "", None)


def _text(label: str, title: str, line: str, picture: JSON | None) -> str:
    shown = {"site": settings.SITE_NAME, "label": label, "title": title, "line": line, "picture": picture}
    return json.dumps(shown)


def _line(document: JSON) -> str:
    told = []
    if document["authors"]:
        names = enumerations.both(author["name"] for author in document["authors"])
        told.append(pgettext("before authors", "By %(authors)s") % {"authors": names})
    if document["reviewed_on"]:
        day = formats.day(date.fromisoformat(document["reviewed_on"]))
        told.append(gettext("Facts checked %(day)s") % {"day": day})
    return " · ".join(told)


def _picture(image: JSON | None) -> JSON | None:
    """The largest rendition: the original may take a second to open."""
    if not image or not image["renditions"]:
        return None
    width = max(renditions.widths(image["width"], image["renditions"]))
    file = renditions.name(image["file"], width, "webp")
    return {"file": file, "x": image["focal_x"], "y": image["focal_y"]}


def read(described: str, contenders: Iterable[str] = ()) -> Card:
    """The card itself. Names of contenders are HTML, as pages show them."""
    shown = json.loads(described)
    picture = Picture(**shown.pop("picture")) if shown["picture"] else shown.pop("picture")
    return Card(**shown, picture=picture, contenders=tuple(map(html.unescape, contenders)))


def digest(described: str, contenders: Iterable[str] = ()) -> str:
    text = "\x1f".join((_drawn_by(), described, *contenders))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


@cache
def _drawn_by() -> str:
    """Changes with the code that draws and with the font."""
    from articles.social_cards.lettering import FILES, FONTS

    found = hashlib.sha256()
    for path in (*(HERE / name for name in DRAWN_BY), *(FONTS / name for name in FILES)):
        found.update(path.read_bytes())
    return found.hexdigest()


# --- Addresses ---------------------------------------------------------------------------------------


def address(article: str, digest: str) -> str:
    """Of the card of the article that stands at an address."""
    return f"{article}card/{digest}.png"


def site_address(digest: str) -> str:
    return f"/card/{get_language()}/{digest}.png"


def site_image() -> str:
    """Where other sites find the card of pages that show no article."""
    return f"{settings.SITE_URL}{site_address(digest(of_site()))}"
