"""What comes of asking for an address. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

LEADING_ON = frozenset({301, 302, 303, 307, 308})  # statuses of redirects


class Failure(Enum):
    """Why there is no status."""

    MALFORMED = "malformed"  # no address that anybody could ask for
    REFUSED = "refused"  # we don't ask
    UNKNOWN_HOST = "unknown host"
    UNREACHABLE = "unreachable"
    SILENT = "silent"  # no answer in time
    UNTRUSTED = "untrusted"  # a certificate
    UNINTELLIGIBLE = "unintelligible"
    CIRCULAR = "circular"  # redirects without end


class Failed(Exception):
    """That there is no status; the text says why."""

    def __init__(self, failure: Failure, words: str) -> None:
        self.failure = failure
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: its status, and the address it leads to."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The last status, or why there is none; and all redirects on the way."""

    status: int | None = None
    failure: Failure | None = None
    words: str = ""
    hops: tuple[Hop, ...] = ()
    retry_after: timedelta | None = None
