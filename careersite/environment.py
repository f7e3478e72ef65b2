"""Settings read from the environment, each with a type and a clear error."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "on", "true", "yes"}
FALSE = {"0", "off", "false", "no"}


def read_env_file(path: Path) -> None:
    """Take the lines NAME=value of a checkout's own .env; what the environment has already wins."""
    if path.exists():
        for name, value in _pairs(path):
            os.environ.setdefault(name, value)


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ImproperlyConfigured(f"{path}, line {number}: expected NAME=value, found {line!r}.")
        yield name.strip(), value.strip().strip("\"'")


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if not value and default is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment, or run `make setup` in a checkout."
        )
    return value or ""


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off.")


def integer(name: str, *, default: int, low: int, high: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number from {low} to {high}.")
    return int(value)


def choice(name: str, *, default: str, choices: Collection[str]) -> str:
    value = os.environ.get(name, "").strip().lower() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(choices)}.")
    return value


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def ports(name: str, default: str) -> list[int]:
    """A comma-separated list of ports."""
    found = names(name, default)
    if strange := next((each for each in found if not each.isdecimal() or not 0 < int(each) < 65_536), None):
        raise ImproperlyConfigured(f"{name}: {strange!r} is not a port from 1 to 65535.")
    return [int(each) for each in found]


def address(name: str, *, default: str) -> str:
    """A full http(s) address without a slash at its end."""
    value = os.environ.get(name, "").strip() or default
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name}={value!r} is not an address such as https://careers.example.")
    return value.rstrip("/")
