"""Asking for an address as browsers do, redirect by redirect, each looked at before it is followed."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from articles.external_links import addresses, connecting
from articles.external_links.addresses import Malformed
from articles.external_links.answers import LEADING_ON, Answer, Failed, Failure, Hop
from articles.external_links.connecting import Manner, Seen, Target

BUSY = {429, 503}  # it asks to be asked less
LONGEST_REST = timedelta(days=7)

logger = logging.getLogger(__name__)
Wait = Callable[[str], None]


def ask(address: str, manner: Manner, wait: Wait) -> Answer:
    """What comes of asking for a normalised address. `wait` returns once a host may be asked (again)."""
    hops: list[Hop] = []
    try:
        return _followed(address, manner, wait, hops)
    except Failed as failed:
        return Answer(failure=failed.failure, words=str(failed), hops=tuple(hops))
    except Exception:  # one address must not keep all others from being checked, whatever answers there
        logger.exception("Asking for %s failed in a way that nobody thought of.", address)
        return Answer(failure=Failure.UNINTELLIGIBLE, words="It can't be asked for.", hops=tuple(hops))


def _followed(address: str, manner: Manner, wait: Wait, hops: list[Hop]) -> Answer:
    asked, left = [address], manner.patience
    while True:
        wanted = connecting.target(asked[-1], manner)
        seen, left = _seen(wanted, manner, wait, left)
        if seen.status not in LEADING_ON or seen.location is None:
            rest = _rest(seen) if seen.status in BUSY else None
            return Answer(status=seen.status, hops=tuple(hops), retry_after=rest)
        following = _led_to(asked[-1], seen.location)
        hops.append(Hop(seen.status, following))
        if following in asked:
            raise Failed(Failure.CIRCULAR, "It redirects in a circle.")
        if len(hops) > manner.most_redirects:
            raise Failed(Failure.CIRCULAR, f"It redirects more than {manner.most_redirects} times.")
        asked.append(following)


def _led_to(address: str, location: str) -> str:
    """Servers write UTF-8 where a header has none."""
    readable = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return addresses.joined(address, readable)
    except Malformed as error:
        words = f"It redirects to “{readable[:200]}”, which is not asked: {error}."
        raise Failed(Failure.REFUSED, words) from error


def _seen(wanted: Target, manner: Manner, wait: Wait, left: float) -> tuple[Seen, float]:
    """By HEAD; nothing is thought bad of an address before it was asked for by GET, as a browser does."""
    wait(wanted.host)
    started = time.monotonic()
    try:
        seen = connecting.request("HEAD", wanted, manner, left)
    except Failed as failed:
        left -= time.monotonic() - started
        if left <= 0 or failed.failure not in (Failure.SILENT, Failure.UNINTELLIGIBLE):
            raise
    else:
        left -= time.monotonic() - started
        if seen.status < 400 or seen.status in BUSY or left <= 0:
            return seen, left
    wait(wanted.host)
    started = time.monotonic()
    seen = connecting.request("GET", wanted, manner, left)
    return seen, left - (time.monotonic() - started)


def _rest(seen: Seen) -> timedelta | None:
    """For how long it asks to be left alone: seconds, or until a moment."""
    text = (seen.retry_after or "").strip()
    if text.isdecimal():
        rest = timedelta(seconds=min(int(text[:9]), LONGEST_REST.total_seconds()))
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return None
        rest = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(rest, timedelta()), LONGEST_REST)
