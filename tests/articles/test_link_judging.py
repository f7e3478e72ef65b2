"""What an answer makes of a link."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from articles.external_links import judging
from articles.external_links.answers import Answer, Failure, Hop
from articles.models import ExternalLink

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD, NEW, ELSEWHERE = "https://old.example/a", "https://new.example/a", "https://new.example/b"
Result = ExternalLink.Result


def link(result=Result.UNCHECKED, **more):
    return ExternalLink(pk=UUID(int=500), url=OLD, result=result, since=NOW - 9 * DAY, **more)


def judged(answer, before=None, now=NOW):
    return judging.judge(before or link(), answer, now)


def hops(*found):
    return tuple(Hop(status, address) for status, address in found)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (Answer(200), "good"),
        (Answer(200, hops=hops((302, NEW))), "good"),
        (Answer(200, hops=hops((301, NEW))), "moved"),
        (Answer(200, hops=hops((302, NEW), (301, ELSEWHERE))), "good"),
        (Answer(301), "trouble"),
        (Answer(404), "broken"),
        (Answer(410), "broken"),
        (Answer(404, hops=hops((301, NEW))), "broken"),
        (Answer(401), "closed"),
        (Answer(403), "closed"),
        (Answer(999), "closed"),
        (Answer(429), "trouble"),
        (Answer(500), "trouble"),
        (Answer(503, hops=hops((301, NEW))), "trouble"),
        (Answer(failure=Failure.UNKNOWN_HOST), "broken"),
        (Answer(failure=Failure.MALFORMED), "broken"),
        (Answer(failure=Failure.REFUSED), "refused"),
        (Answer(failure=Failure.SILENT), "trouble"),
        (Answer(failure=Failure.UNREACHABLE), "trouble"),
        (Answer(failure=Failure.UNTRUSTED), "trouble"),
        (Answer(failure=Failure.UNINTELLIGIBLE), "trouble"),
        (Answer(failure=Failure.CIRCULAR), "trouble"),
    ],
)
def test_at_first_sight(answer, result):
    verdict = judged(answer)
    assert verdict.result == result
    assert verdict.needs_attention is (result != "good")
    assert verdict.since == NOW


def test_the_address_to_use_instead_is_where_what_is_for_good_leads():
    answer = Answer(200, hops=hops((301, NEW), (308, ELSEWHERE), (302, "https://new.example/today")))
    verdict = judged(answer)
    assert (verdict.suggestion, verdict.leads_to) == (ELSEWHERE, "https://new.example/today")
    assert verdict.words == "200 OK, after 3 redirects."
    assert judged(Answer(404, hops=hops((301, NEW)))).suggestion == ""


def test_a_move_to_the_front_page_is_to_be_looked_at():
    verdict = judged(Answer(200, hops=hops((301, "https://new.example/"))))
    assert "see whether that has what is linked to" in verdict.words


def judged_in_turn(answers):
    """Verdicts on answers that came, each so long after the first."""
    found = link(Result.GOOD, last_good_at=NOW - DAY)
    for after, answer in answers:
        verdict = judged(answer, found, NOW + after)
        for name in ("result", "since", "failures", "last_good_at"):
            setattr(found, name, getattr(verdict, name))
    return found


@pytest.mark.parametrize(
    ("answers", "result", "failures"),
    [
        ([(0 * DAY, 500), (1 * DAY, 500)], "trouble", 2),
        ([(0 * DAY, 500), (1 * HOUR, 500), (2 * HOUR, 500), (3 * HOUR, 500)], "trouble", 4),
        ([(0 * DAY, 500), (3 * DAY, 500)], "trouble", 2),
        ([(0 * DAY, 500), (1 * DAY, 502), (2 * DAY, 503)], "broken", 3),
        ([(0 * DAY, 500), (1 * DAY, 200), (2 * DAY, 500), (3 * DAY, 500)], "trouble", 2),
        ([(0 * DAY, 429), (1 * DAY, 429), (9 * DAY, 429)], "trouble", 3),
        ([(0 * DAY, 404), (1 * DAY, 500)], "trouble", 2),
    ],
)
def test_trouble_counts_as_broken_after_several_failures_over_days(answers, result, failures):
    found = judged_in_turn([(after, Answer(status)) for after, status in answers])
    assert (found.result, found.failures) == (result, failures)


def test_since_when_and_when_it_was_good_last():
    failing = judged_in_turn([(DAY, Answer(500)), (2 * DAY, Answer(500)), (4 * DAY, Answer(500))])
    assert (failing.result, failing.since, failing.last_good_at) == ("broken", NOW + DAY, NOW - DAY)
    back = judged_in_turn([(DAY, Answer(404)), (2 * DAY, Answer(200)), (3 * DAY, Answer(200))])
    assert (back.since, back.last_good_at, back.failures) == (NOW + 2 * DAY, NOW + 3 * DAY, 0)


def test_when_to_ask_again():
    pauses = {result: timedelta(days=1) * 0 for result in Result}
    for answer in (Answer(200), Answer(404), Answer(500), Answer(403), Answer(failure=Failure.REFUSED)):
        verdict = judged(answer)
        pauses[verdict.result] = verdict.next_check_at - NOW
        assert abs(pauses[verdict.result] / judging.AGAIN[verdict.result] - 1) <= 0.11
    assert pauses[Result.TROUBLE] < pauses[Result.BROKEN] < pauses[Result.GOOD]
    rest = judged(Answer(503, retry_after=5 * DAY)).next_check_at - NOW
    assert rest == 5 * DAY
