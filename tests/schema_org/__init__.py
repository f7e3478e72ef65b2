"""Structured data as it stands in a page, held against schema.org's definitions (see README.md)."""

import json
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

DEFINITIONS = json.loads(Path(__file__).with_name("definitions.json").read_text(encoding="utf-8"))
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOME = "https://schema.org"
NUMBERS = {"Number", "Integer", "Float"}
TEXTS = {"Text", "CssSelectorType", "PronounceableText", "XPathType"}
INPUT = "-input"  # of an action's property: what is to be filled in (https://schema.org/docs/actions.html)


def graph(page):
    """The nodes that a page tells machines of; a page tells of them at most once."""
    found = SCRIPT.findall(page)
    assert len(found) <= 1
    if not found:
        return []
    data = json.loads(found[0])
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == HOME
    return data["@graph"]


def node(page, name):
    """The one node of a type."""
    (found,) = (each for each in graph(page) if each["@type"] == name)
    return found


def problems(nodes):
    """Everything in which the nodes leave schema.org's definitions, each as `Article.author: …`."""
    ids = {each["@id"]: each for each in nodes if "@id" in each}
    return [problem for each in nodes for problem in _of_node(each, ids)]


def _of_node(data, ids):
    name = data.get("@type")
    if name not in DEFINITIONS:
        yield f"{name}: schema.org has no such type"
        return
    known = _properties(name)
    for key, value in data.items():
        if key in ("@type", "@id"):
            continue
        if key.endswith(INPUT) and key.removesuffix(INPUT) in known:
            continue
        if key not in known:
            yield f"{name}.{key}: no property of this type"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _of_value(f"{name}.{key}", each, set(known[key]), ids)


def _of_value(where, value, allowed, ids):
    if isinstance(value, dict):
        resolved = ids.get(value["@id"]) if value.keys() == {"@id"} else value
        if resolved is None:
            yield f"{where}: leads to {value['@id']}, which is not on the page"
        elif not allowed & _line(resolved.get("@type")):
            yield f"{where}: {resolved.get('@type')} is none of {sorted(allowed)}"
        elif resolved is value:
            yield from _of_node(value, ids)
    elif isinstance(value, bool):
        if "Boolean" not in allowed:
            yield f"{where}: {value} is none of {sorted(allowed)}"
    elif isinstance(value, int | float):
        if not allowed & NUMBERS:
            yield f"{where}: {value} is none of {sorted(allowed)}"
    elif not isinstance(value, str) or not value.strip() or not any(_fits(value, each) for each in allowed):
        yield f"{where}: {value!r} is none of {sorted(allowed)}"


def _fits(text, name):
    if name in TEXTS:
        return True
    if name == "URL" or ("Thing" in _line(name) and not DEFINITIONS[name].get("is_enumeration")):
        return urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).netloc)
    if name in ("Date", "DateTime"):
        return _parses(date if name == "Date" else datetime, text)
    if name == "Duration" or name == "Quantity":
        return bool(re.fullmatch(r"P(\d+[YMWD])*(T(\d+[HMS])+)?", text))
    return text.startswith(f"{HOME}/") and bool(DEFINITIONS.get(name, {}).get("is_enumeration"))


def _parses(kind, text):
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _line(name):
    """A type and all that it is a kind of."""
    parents = DEFINITIONS.get(name, {}).get("parents", ())
    return frozenset({name}.union(*map(_line, parents)))


@cache
def _properties(name):
    found = {}
    for each in _line(name):
        found |= DEFINITIONS[each]["properties"]
    return found
