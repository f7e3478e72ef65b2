"""A feed as Atom, RFC 4287. Pure."""

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from articles.feeds import json_feed
from articles.feeds.feed import Entry, Feed, Person
from articles.feeds.plain_texts import line

NAME, TYPE = "atom", "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"


def written(feed: Feed) -> bytes:
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", line(feed.title))
    if feed.subtitle:
        _add(root, "subtitle", line(feed.subtitle))
    _add(root, "updated", _moment(feed.updated))
    _link(root, "self", feed.addresses[NAME], TYPE)
    _link(root, "alternate", feed.page, "text/html")
    _link(root, "alternate", feed.addresses[json_feed.NAME], json_feed.TYPE)
    _person(root, feed.by)
    for entry in feed.entries:
        _entry(root, entry)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry", {"xml:lang": entry.language})
    _add(element, "id", entry.id)
    _add(element, "title", line(entry.title))
    _link(element, "alternate", entry.address, "text/html")
    _add(element, "published", _moment(entry.published))
    _add(element, "updated", _moment(entry.updated))
    for person in entry.authors:
        _person(element, person)
    for topic in entry.topics:
        SubElement(element, "category", term=topic.slug, label=line(topic.name))
    if entry.summary:
        _add(element, "summary", line(entry.summary))
    if entry.html:
        _add(element, "content", entry.html, type="html")


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, "link", rel=relation, href=address, type=media_type)


def _person(parent: Element, person: Person) -> None:
    element = SubElement(parent, "author")
    _add(element, "name", line(person.name))
    if person.address:
        _add(element, "uri", person.address)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
