"""Bodies of requests: JSON of limited size, with no key that is not known."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import IO, Any
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.utils.json import strict_constant

from articles.api.problems import TooLarge
from articles.api.responses import dump
from articles.records import JSON, UNPRINTABLE

LARGEST = 100_000
LONGEST_QUOTE = 60
DEEPEST, MOST_PARTS = 20, 20_000
LARGEST_NUMBER = 2**31 - 1


class SmallJSONParser(JSONParser):
    """JSON of at most 100 kB in UTF-8."""

    largest = LARGEST

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        text = stream.read(self.largest + 1)
        if len(text) > self.largest:
            raise TooLarge(f"The body has more than {self.largest // 1000} kB. Send less.")
        try:
            found = json.loads(text.decode(), parse_constant=strict_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not JSON: {error}") from error
        self.examine(found)
        return found

    def examine(self, found: Any) -> None:
        """Refuse what nobody would send who means well."""


class DocumentParser(SmallJSONParser):
    """JSON of at most 2 MB, no deeper and with no more objects and lists than a document can need."""

    largest = 2_000_000

    def examine(self, found: Any) -> None:
        level, count, depth = [found], 0, 0
        while level := [each for each in level if isinstance(each, dict | list)]:
            depth, count = depth + 1, count + len(level)
            if depth > DEEPEST or count > MOST_PARTS:
                most = f"{DEEPEST} levels or {MOST_PARTS} objects and lists"
                raise TooLarge(f"The body has more than {most}. No article needs that.")
            level = [part for each in level for part in (each.values() if isinstance(each, dict) else each)]


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


def plain_text(data: JSON, name: str, longest: int) -> str:
    """The text under a key, as it can be stored; an empty one where the key is absent."""
    found = text(data, name)
    if unprintable := UNPRINTABLE.search(found):
        message = f"has the control character U+{ord(unprintable[0]):04X}. Remove it."
        raise ValidationError({name: [message]})
    if len(found) > longest:
        raise ValidationError({name: [f"is longer than {longest} characters. Shorten it."]})
    return found


def flag(data: JSON, name: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise ValidationError({name: [f"expected true or false, found {quoted(value)}."]})
    return value


def number(data: JSON, name: str) -> int | None:
    """The whole number under a key, above 0; None where it is absent or null."""
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise ValidationError({name: [f"expected a whole number, found {quoted(value)}."]})
    return value


def moment(data: JSON, name: str) -> datetime | None:
    """The moment under a key; None where it is absent or null."""
    value = data.get(name)
    return None if value is None else parsed_moment(name, value)


def parsed_moment(name: str, value: Any) -> datetime:
    try:
        found = parse_datetime(value)
        if found is not None and found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        pass
    example = "a moment with its time zone, such as 2030-01-31T09:00:00Z"
    raise ValidationError({name: [f"expected {example}, found {quoted(value)}."]})


def day(data: JSON, name: str) -> date | None:
    """The day under a key; None where it is absent or null."""
    value = data.get(name)
    if value is None:
        return None
    try:
        if (found := parse_date(value)) is not None:
            return found
    except (ValueError, TypeError):
        pass
    raise ValidationError({name: [f"expected a day such as 2030-01-31, found {quoted(value)}."]})


def identifier(data: JSON, name: str) -> UUID:
    value = data.get(name)
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValidationError({name: [f"expected a UUID, found {quoted(value)}."]}) from error


def quoted(value: Any) -> str:
    """The beginning of a value as JSON, for messages."""
    found = dump(value)
    return found if len(found) <= LONGEST_QUOTE else f"{found[:LONGEST_QUOTE]}…"
