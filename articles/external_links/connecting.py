"""One request: its host is looked up, the network address looked at, and exactly that connected to."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from threading import Thread, Timer

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from articles.external_links import addresses, networks
from articles.external_links.addresses import Malformed
from articles.external_links.answers import Failed, Failure
from articles.external_links.networks import IPAddress

TRIED = 3  # of a host's network addresses
UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


@dataclass(frozen=True, slots=True)
class Manner:
    """How we ask: whom, how long, and under which name. Times are in seconds."""

    agent: str
    allowed: Callable[[IPAddress], bool] = networks.is_public
    ports: frozenset[int] = frozenset(addresses.PORTS.values())
    silence: float = 10  # between two signs of life
    patience: float = 30  # for one address with all its redirects, without waiting for our turn
    most_redirects: int = 5
    trusted: str | None = None  # a file of certificates, in place of the system's


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked for, in its parts."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """The host as the header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = addresses.PORTS["https" if self.is_secure else "http"]
        return host if self.port == usual else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Seen:
    """Of an answer, what its first lines say."""

    status: int
    location: str | None
    retry_after: str | None


def target(address: str, manner: Manner) -> Target:
    """Raises Failed where we don't ask for such an address."""
    try:
        parts = addresses.split(address)
        host, port = addresses.host_of(parts), addresses.port_of(parts)
    except Malformed as error:
        raise Failed(Failure.MALFORMED, f"Nobody can open it: {error}.") from error
    if "@" in parts.netloc:
        raise Failed(Failure.REFUSED, "It names a login. Take that out of the address.")
    if port not in manner.ports:
        raise Failed(Failure.REFUSED, f"It names the port {port}, which this site does not ask (LINK_PORTS).")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return Target(parts.scheme == "https", host, port, path)


def request(method: str, wanted: Target, manner: Manner, seconds: float) -> Seen:
    """Raises Failed. Takes no longer than the given time, whatever the other side does."""
    ends = time.monotonic() + seconds
    found = looked_up(wanted, min(manner.silence, seconds))
    open_to_us = [address for address in found if manner.allowed(address)]
    if not open_to_us:
        words = f"{wanted.host} is at {found[0]}, which is not on the open Internet."
        raise Failed(Failure.REFUSED, words)
    for address in open_to_us[:TRIED]:
        left = min(manner.silence, ends - time.monotonic())
        try:
            connection = _connected(wanted, address, manner, max(left, 0.001))
        except Failed as failed:
            reason = failed
            continue
        try:
            return _exchange(connection, method, wanted, manner, ends)
        finally:
            connection.close()
    raise reason


# --- Looking up ---------------------------------------------------------------------------------


def looked_up(wanted: Target, seconds: float) -> list[IPAddress]:
    """The network addresses of a host. The resolver knows no time limit, so that it is left behind."""
    found: list[list[IPAddress] | Failed] = []
    thread = Thread(target=lambda: found.append(_resolved(wanted)), daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise Failed(Failure.SILENT, f"{wanted.host} was not found within {seconds:.0f} seconds.")
    if isinstance(found[0], Failed):
        raise found[0]
    return found[0]


def _resolved(wanted: Target) -> list[IPAddress] | Failed:
    try:
        rows = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in UNKNOWN:
            return Failed(Failure.UNKNOWN_HOST, f"There is no host {wanted.host}.")
        return Failed(Failure.UNREACHABLE, f"{wanted.host} can't be looked up at present.")
    except (OSError, UnicodeError):
        return Failed(Failure.UNKNOWN_HOST, f"There can be no host {wanted.host}.")
    return list(dict.fromkeys(networks.parsed(str(row[4][0])) for row in rows))


# --- Connecting ---------------------------------------------------------------------------------


def _connected(wanted: Target, address: IPAddress, manner: Manner, seconds: float) -> HTTPConnection:
    """A connection to the network address itself: nothing is looked up again. A certificate is verified."""
    connection: HTTPConnection
    if wanted.is_secure:
        name, context = wanted.host, _trust(manner.trusted)
        connection = HTTPSConnection(
            str(address), wanted.port, timeout=seconds, server_hostname=name, ssl_context=context
        )
    else:
        connection = HTTPConnection(str(address), wanted.port, timeout=seconds)
    try:
        connection.connect()
    except (HTTPError, OSError, ValueError) as error:
        connection.close()
        raise _unconnected(wanted.host, error) from error
    return connection


@cache
def _trust(trusted: str | None) -> ssl.SSLContext:
    """Read once: all of a system's certificates take longer than most requests."""
    return ssl.create_default_context(cafile=trusted)


def _unconnected(host: str, error: Exception) -> Failed:
    if isinstance(error, NewConnectionError | ConnectionError):  # the first is a sort of the next, too
        return Failed(Failure.UNREACHABLE, f"{host} does not let anybody connect.")
    if isinstance(error, ConnectTimeoutError | TimeoutError):
        return Failed(Failure.SILENT, f"{host} does not answer.")
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = error.verify_message.rstrip(".")
        return Failed(Failure.UNTRUSTED, f"The certificate of {host} is not valid: {reason}.")
    reason = str(getattr(error, "reason", "")).replace("_", " ").lower() or "it hangs up"
    return Failed(Failure.UNTRUSTED, f"{host} can't be reached securely: {reason}.")


def _exchange(connection: HTTPConnection, method: str, wanted: Target, manner: Manner, ends: float) -> Seen:
    """Ask, and read the first lines of the answer; what follows is left with the other side."""
    headers = {
        "Host": wanted.name,
        "User-Agent": manner.agent,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.timeout = manner.silence
    with _cut_off(connection, ends) as is_over:
        try:
            connection.request(
                method, wanted.path, headers=headers, preload_content=False, decode_content=False
            )
            response = connection.getresponse()
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            if is_over() or isinstance(error, TimeoutError):
                raise Failed(Failure.SILENT, f"{wanted.host} did not answer in time.") from error
            raise Failed(Failure.UNINTELLIGIBLE, _explained(wanted, error)) from error
        if is_over():  # where the other side was cut off, its headers seem to end
            raise Failed(Failure.SILENT, f"{wanted.host} did not answer in time.")
        return Seen(response.status, *(_first(response, name) for name in ("Location", "Retry-After")))


def _first(response: BaseHTTPResponse, name: str) -> str | None:
    return next(iter(response.headers.getlist(name)), None)


@contextmanager
def _cut_off(connection: HTTPConnection, ends: float) -> Iterator[Callable[[], bool]]:
    """End what takes too long: a byte now and then keeps a limit for silence from ever being reached."""
    line = connection.sock
    cut: list[bool] = []

    def cut_off() -> None:
        cut.append(True)
        with suppress(OSError):  # it was closed just now
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(max(ends - time.monotonic(), 0), cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: bool(cut)
    finally:
        timer.cancel()


def _explained(wanted: Target, error: Exception) -> str:
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return f"{wanted.host} hung up without an answer."
    return f"{wanted.host} answers with something that is no HTTP."
