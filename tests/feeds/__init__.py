"""Whether a feed is what it says it is, by checkers that are not ours: see README.md."""

import json
from pathlib import Path

from jsonschema import Draft7Validator
from lxml import etree

HERE = Path(__file__).parent
ATOM = {"a": "http://www.w3.org/2005/Atom"}
GRAMMAR = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
SCHEMA = Draft7Validator(json.loads((HERE / "json-feed-1.1.json").read_text()))


def atom(response):
    """The root element of an answer that is a valid Atom feed."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = etree.fromstring(response.content)
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    # The two rules of RFC 4287 that its grammar leaves to Schematron, and those on ids and links in its text.
    for entry in root.iterfind("a:entry", ATOM):
        assert entry.find("a:author", ATOM) is not None or root.find("a:author", ATOM) is not None
        alternates = entry.findall("a:link[@rel='alternate']", ATOM)
        assert alternates or entry.find("a:content", ATOM) is not None
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates)
    ids = [each.text for each in root.iterfind(".//a:id", ATOM)]
    assert len(ids) == len(set(ids))
    assert all(":" in each for each in ids), ids
    assert all("://" in link.get("href") for link in root.iterfind(".//a:link", ATOM))
    return root


def json_feed(response):
    """What an answer says that is a valid JSON feed."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    found = json.loads(response.content)
    assert list(SCHEMA.iter_errors(found)) == []
    ids = [item["id"] for item in found["items"]]
    assert len(ids) == len(set(ids))
    addresses = [found["home_page_url"], found["feed_url"], *(item["url"] for item in found["items"])]
    assert all("://" in address for address in addresses)
    return found


def texts(root, path):
    return [each.text for each in root.iterfind(path, ATOM)]
