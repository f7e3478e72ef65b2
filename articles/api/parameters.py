"""Query parameters: each is declared once, for the check of requests and for the schema."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from articles.records import JSON

SLUG = r"^[-a-zA-Z0-9_]+$"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    description: str
    schema: JSON
    required: bool = False


def parameter(name: str, description: str, *, required: bool = False, **schema: Any) -> Parameter:
    """A parameter; a string unless its JSON Schema says otherwise."""
    return Parameter(name, description, {"type": "string"} | schema, required)


def slug(name: str, description: str) -> Parameter:
    return parameter(name, description, pattern=SLUG)


def fields(names: Collection[str]) -> Parameter:
    """`?fields=title,summary`"""
    listed = {"type": "array", "items": {"type": "string", "enum": list(names)}, "minItems": 1}
    return Parameter("fields", "Only these keys, separated by commas. Without it, all.", listed)


def ordering(names: Iterable[str], default: str) -> Parameter:
    both = [sign + name for name in names for sign in ("", "-")]
    return parameter("ordering", "What to sort by; with a minus, backwards.", enum=both, default=default)


LANGUAGE = parameter("language", "Only this language.", enum=[code for code, _ in settings.LANGUAGES])
TAG = slug("tag", "Only what has the tag with this slug.")
AUTHOR = slug("author", "Only what is by the author with this slug.")


def check(request: Request, accepted: Iterable[Parameter]) -> None:
    """Refuse what the endpoint does not know, and what it cannot mean."""
    known = {parameter.name: parameter for parameter in accepted}
    problems = {}
    for name in known.keys() - request.query_params.keys():
        if known[name].required:
            problems[name] = ["is missing."]
    for name, values in request.query_params.lists():
        if message := _objection(name, values, known):
            problems[name] = [message]
    if problems:
        raise ValidationError(problems)


def chosen_fields(request: Request, names: Collection[str]) -> list[str] | None:
    """The keys that `?fields=` asks for; None for all. Raises ValidationError for an unknown one."""
    given = request.query_params.get("fields")
    if given is None:
        return None
    wanted = given.split(",")
    if unknown := [name for name in wanted if name not in names]:
        message = f"“{unknown[0]}” is not a field here. Known are {', '.join(names)}."
        raise ValidationError({"fields": [message]})
    return wanted


def whole_number(request: Request, name: str, *, default: int, low: int, high: int) -> int:
    given = request.query_params.get(name)
    if given is None:
        return default
    plain = given.isascii() and given.isdecimal() and len(given) <= len(str(high))
    if not plain or not low <= int(given) <= high:
        raise ValidationError({name: [f"Give a whole number from {low} to {high}."]})
    return int(given)


def _objection(name: str, values: list[str], known: Mapping[str, Parameter]) -> str:
    if name not in known:
        listed = f"Known are {', '.join(sorted(known))}." if known else "There are none."
        return f"is not a parameter here. {listed}"
    if len(values) > 1:
        return "stands more than once. Give it once."
    schema = known[name].schema
    if "enum" in schema and values[0] not in schema["enum"]:
        return f"is one of {', '.join(schema['enum'])}."
    if "pattern" in schema and not re.search(schema["pattern"], values[0]):
        return "is a slug: letters, digits, hyphens and underscores."
    return ""
