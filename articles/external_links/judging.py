"""What an answer says about a link, in the light of those before. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from articles.external_links import addresses
from articles.external_links.answers import LEADING_ON, Answer, Failure
from articles.models import ExternalLink

Result = ExternalLink.Result

FOR_GOOD = {301, 308}
GONE = {404, 410}
CLOSED = {401, 402, 403, 407, 451, 999}  # LinkedIn says 999 to programs
BUSY = 429  # that we ask too often says nothing about the link, however often it is said
FEWEST_FAILURES, SHORTEST_TROUBLE = 3, timedelta(days=2)  # before trouble counts as lasting

AGAIN = {
    Result.GOOD: timedelta(days=14),
    Result.MOVED: timedelta(days=7),
    Result.TROUBLE: timedelta(hours=12),
    Result.BROKEN: timedelta(days=3),
    Result.CLOSED: timedelta(days=14),
    Result.REFUSED: timedelta(days=30),
}
FAILING = {Result.TROUBLE, Result.BROKEN}
NEEDS_ATTENTION = frozenset(Result) - {Result.UNCHECKED, Result.GOOD}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a link's row says from now on."""

    result: Result
    status: int | None
    words: str
    leads_to: str
    suggestion: str
    failures: int
    since: datetime
    last_good_at: datetime | None
    next_check_at: datetime

    @property
    def needs_attention(self) -> bool:
        return self.result in NEEDS_ATTENTION


def judge(link: ExternalLink, answer: Answer, now: datetime) -> Verdict:
    """Trouble becomes a broken link only after several failures over days."""
    result = _first_sight(answer)
    failures = link.failures + 1 if result in FAILING else 0
    since = link.since if _sort(Result(link.result)) == _sort(result) else now
    lasts = failures >= FEWEST_FAILURES and now - since >= SHORTEST_TROUBLE and answer.status != BUSY
    if result == Result.TROUBLE and lasts:
        result = Result.BROKEN
    suggestion = _moved_to(answer) if result == Result.MOVED else ""
    return Verdict(
        result=result,
        status=answer.status,
        words=_words(answer, suggestion, link.url),
        leads_to=answer.hops[-1].address if answer.hops else "",
        suggestion=suggestion,
        failures=failures,
        since=since,
        last_good_at=now if result in (Result.GOOD, Result.MOVED) else link.last_good_at,
        next_check_at=now + max(_pause(result, link.pk), answer.retry_after or timedelta()),
    )


def _first_sight(answer: Answer) -> Result:
    if answer.failure in (Failure.MALFORMED, Failure.UNKNOWN_HOST):
        return Result.BROKEN
    if answer.failure == Failure.REFUSED:
        return Result.REFUSED
    if answer.status is None or answer.status in LEADING_ON:  # the latter without saying where to
        return Result.TROUBLE
    if answer.status < 400:
        return Result.MOVED if _moved_to(answer) else Result.GOOD
    if answer.status in CLOSED:
        return Result.CLOSED
    return Result.BROKEN if answer.status in GONE else Result.TROUBLE


def _sort(result: Result) -> Result:
    """Trouble that lasts is the same failure as before."""
    return Result.BROKEN if result in FAILING else result


def _moved_to(answer: Answer) -> str:
    """Where the redirects at the beginning lead that are for good; those behind may change any day."""
    found = ""
    for hop in answer.hops:
        if hop.status not in FOR_GOOD:
            break
        found = hop.address
    return found


def _words(answer: Answer, suggestion: str, address: str) -> str:
    if answer.status is None:
        return answer.words
    told = f"{answer.status} {_phrase(answer.status)}".strip()
    if answer.hops:
        told = f"{told}, after {_count(len(answer.hops), 'redirect')}"
    if suggestion and addresses.is_front_page(suggestion) and not addresses.is_front_page(address):
        told = f"{told}. It moved to the front page of a site: see whether that has what is linked to"
    return f"{told}."


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _pause(result: Result, key: UUID) -> timedelta:
    """Up to a tenth more or less, as what was found together is not to be asked together for ever."""
    return AGAIN[result] * (0.9 + (key.int % 1000) / 5000)
