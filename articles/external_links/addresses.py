"""Addresses of other sites: one spelling for each, and what it is known by. Pure."""

import hashlib
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit
from uuid import UUID

PORTS = {"http": 80, "https": 443}
KEPT = "/?%:@!$&'()*+,;=~-._"  # what is written as it is; all else is escaped


class Malformed(ValueError):
    """What looks like an address and is none; the text says why."""


def is_external(text: str, site: str) -> bool:
    """Whether an address is one of http(s) that leads away from the site."""
    if not text.strip().lower().startswith(("http://", "https://")):
        return False
    return _origin(normalised(text)) != _origin(normalised(site))


def normalised(text: str) -> str:
    """The one spelling of an address, without its fragment; what is malformed stays as it is written."""
    try:
        return exact(text)
    except Malformed:
        return _without_fragment(text)


def exact(text: str) -> str:
    """The address as it is asked for: host in lower case and ASCII, no fragment, the rest escaped.

    Raises Malformed.
    """
    parts = split(text)
    host, port = host_of(parts), port_of(parts)
    name, at, _ = parts.netloc.rpartition("@")
    user = quote(name, safe=KEPT, errors="replace") + at
    shown = f"[{host}]" if ":" in host else host
    place = shown if port == PORTS[parts.scheme] else f"{shown}:{port}"
    path, query = (quote(each, safe=KEPT, errors="replace") for each in (parts.path, parts.query))
    return urlunsplit((parts.scheme, user + place, path or "/", query, ""))


def _without_fragment(text: str) -> str:
    return text.partition("#")[0].strip()


def split(text: str) -> SplitResult:
    """Raises Malformed."""
    try:
        parts = urlsplit(_without_fragment(text))
    except ValueError as error:
        raise Malformed(str(error)) from error
    if parts.scheme not in PORTS or not parts.netloc:
        raise Malformed("it is no http or https address")
    return parts


def host_of(parts: SplitResult) -> str:
    """Raises Malformed."""
    host = unquote(parts.hostname or "").rstrip(".")
    try:
        found = host.lower().encode("idna").decode()
    except UnicodeError as error:
        raise Malformed(f"“{host}” can't be the name of a host") from error
    if not found or not all(character.isalnum() or character in "-._:" for character in found):
        raise Malformed(f"“{host}” can't be the name of a host")
    return found


def port_of(parts: SplitResult) -> int:
    """Raises Malformed."""
    try:
        port = PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError:
        port = 0
    if not port:
        raise Malformed("its port is no number from 1 to 65535")
    return port


def host(address: str) -> str:
    """The host of an address, for lists; empty where it has none."""
    try:
        return host_of(split(address))
    except Malformed:
        return ""


def key(address: str) -> UUID:
    """What a normalised address is known by, whatever its length."""
    return UUID(bytes=hashlib.sha256(address.encode(errors="replace")).digest()[:16])


def joined(address: str, location: str) -> str:
    """Where a redirect leads, as normalised. Raises Malformed where it leads to no http(s) address."""
    try:
        return exact(urljoin(address, location.strip()))
    except ValueError as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed(str(error)) from error


def with_fragment_of(written: str, address: str) -> str:
    """The address with the fragment that another was written with, unless it has one of its own."""
    fragment = written.partition("#")[2]
    return f"{address}#{fragment}" if fragment and "#" not in address else address


def is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = split(address)
    except Malformed:
        return ("", "")
    return parts.scheme, parts.netloc
