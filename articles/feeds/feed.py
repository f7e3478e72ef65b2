"""A feed and its entries, before they are written in one of the formats. All addresses are absolute."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` stays whatever becomes of the address. Without `html` the summary is all that is told."""

    id: str
    address: str
    title: str
    language: str
    published: datetime
    updated: datetime
    summary: str = ""
    html: str = ""
    authors: tuple[Person, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    title: str
    subtitle: str
    language: str
    page: str  # the address of the page that it belongs to
    addresses: dict[str, str]  # of the feed itself, by format
    by: Person  # of what names no author
    updated: datetime
    entries: tuple[Entry, ...]
