"""Bodies of requests: JSON of limited size, with no key that is not known."""

import json
from collections.abc import Collection, Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.utils.json import strict_constant

from articles.api.problems import TooLarge
from articles.api.responses import dump
from articles.records import JSON

LARGEST = 100_000
LONGEST_QUOTE = 60


class SmallJSONParser(JSONParser):
    """JSON of at most 100 kB in UTF-8."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        text = stream.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise TooLarge(f"The body has more than {LARGEST // 1000} kB. Send less.")
        try:
            return json.loads(text.decode(), parse_constant=strict_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not JSON: {error}") from error


def read(request: Request, known: Collection[str]) -> JSON:
    """The body, an object with no other keys than these. Raises ValidationError."""
    data = request.data
    if not isinstance(data, dict):
        raise ParseError(f"Send an object with the keys {', '.join(known)}.")
    if unknown := data.keys() - set(known):
        listed = ", ".join(known)
        raise ValidationError({name: [f"is not known here. Known are {listed}."] for name in sorted(unknown)})
    return data


def mapping(data: JSON, name: str) -> JSON:
    """The object under a key; an empty one where the key is absent."""
    value = data.get(name, {})
    if not isinstance(value, dict):
        raise ValidationError({name: [f"expected an object, found {quoted(value)}."]})
    return value


def text(data: JSON, name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise ValidationError({name: [f"expected text, found {quoted(value)}."]})
    return value


def quoted(value: Any) -> str:
    """The beginning of a value as JSON, for messages."""
    found = dump(value)
    return found if len(found) <= LONGEST_QUOTE else f"{found[:LONGEST_QUOTE]}…"
