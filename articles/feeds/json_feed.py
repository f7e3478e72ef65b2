"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Pure."""

import json
from typing import Any

from articles.feeds.feed import Entry, Feed, Person
from articles.feeds.plain_texts import line

NAME, TYPE = "json", "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> bytes:
    about = {"description": line(feed.subtitle)} if feed.subtitle else {}
    found = {
        "version": VERSION,
        "title": line(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.addresses[NAME],
        **about,
        "authors": [_person(feed.by)],
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(found, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    summary = line(entry.summary)
    text = {"content_html": entry.html} if entry.html else {"content_text": summary or line(entry.title)}
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": line(entry.title),
        **text,
        "summary": summary,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [_person(person) for person in entry.authors],
        "tags": [line(topic.name) for topic in entry.topics],
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value}


def _person(person: Person) -> dict[str, str]:
    address = {"url": person.address} if person.address else {}
    return {"name": line(person.name), **address}
