"""What is counted of readers' results, and what is not."""

import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from comparisons import composed
from comparisons.models import CareerPath, LeanCounter, QuestionCounter
from tests.base import at, queries
from tests.makers import golden, golden_answers, make_path, publish

ADDRESS = "/compare/microtask-gig-work-vs-remote-project-management/"
COUNTED = "/admin/comparisons/comparison/counts/"
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
GIGS, MANAGEMENT = "Microtask gig work", "Remote project management"

database = pytest.mark.django_db


@pytest.fixture
def comparison(db):
    return golden()


@pytest.fixture
def answers(comparison):
    return golden_answers(comparison)


def decide(client, answers, address=ADDRESS, **headers):
    data = {f"question-{pk}": str(option) for pk, option in answers.items()}
    return client.post(f"{address}decide/", data, headers={"User-Agent": READER, **headers})


def leans():
    """Results by where they leaned: the title of a path, or the verdict."""
    titles = {str(path.pk): path.title for path in CareerPath.objects.all()}
    rows = LeanCounter.objects.exclude(results=0).values_list("lean", "results")
    return {titles.get(lean, lean): results for lean, results in rows}


def nothing_is_counted():
    return not LeanCounter.objects.exists() and not QuestionCounter.objects.exists()


# --- What is counted -----------------------------------------------------------------------------


def test_each_result_is_counted_once_where_it_leans(client, answers):
    for times in (1, 2, 3):
        assert decide(client, answers).status_code == 303
        assert leans() == {GIGS: times}


@pytest.mark.parametrize(("option", "verdict"), [(2, "too_close_to_call"), (None, "not_enough_answers")])
def test_a_result_that_leans_nowhere_is_counted_by_its_verdict(client, answers, option, verdict):
    decide(client, {} if option is None else dict.fromkeys(answers, option))
    assert leans() == {verdict: 1}


def test_questions_are_counted_as_answered_or_skipped(client, answers):
    first, second, *_ = answers
    decide(client, {pk: option for pk, option in answers.items() if pk != first})
    decide(client, {pk: option for pk, option in answers.items() if pk not in (first, second)})
    found = {str(row.question): (row.answered, row.skipped) for row in QuestionCounter.objects.all()}
    assert found == dict.fromkeys(answers, (2, 0)) | {first: (0, 2), second: (1, 1)}


def test_paths_that_no_result_leans_to_are_known_as_well(client, answers):
    decide(client, answers)
    gigs, management = (CareerPath.objects.get(title=title) for title in (GIGS, MANAGEMENT))
    found = dict(LeanCounter.objects.values_list("lean", "results"))
    assert found == {str(gigs.pk): 1, str(management.pk): 0}


def test_comparisons_are_counted_apart(client, comparison, answers):
    other = make_path("Other work", ratings=rated_like_gigs())
    publish(other)
    decide(client, answers)
    address = "/compare/microtask-gig-work-vs-other-work/"
    assert decide(client, answers, address).status_code == 303
    gigs = CareerPath.objects.get(title=GIGS)
    own = composed.identifier([gigs.pk, other.pk])
    assert set(LeanCounter.objects.values_list("comparison", flat=True)) == {comparison.pk, own}


def rated_like_gigs():
    rows = CareerPath.objects.get(title=GIGS).ratings.values("question", "value", "uncertainty")
    return [row | {"question": str(row["question"]), "rationale": "Alike."} for row in rows]


def test_nothing_but_a_days_numbers_is_kept():
    def columns(model):
        return {field.column for field in model._meta.get_fields()}

    assert columns(LeanCounter) == {"id", "comparison", "day", "lean", "results"}
    assert columns(QuestionCounter) == {"id", "comparison", "day", "question", "answered", "skipped"}


def test_a_result_costs_two_statements_however_many_questions_it_has(client, answers):
    decide(client, answers)
    with queries() as found:
        decide(client, answers)
    assert len([sql for sql in found if sql.startswith("INSERT")]) == 2
    assert not [sql for sql in found if "counter" in sql and not sql.startswith("INSERT")]


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("UTC", ["2026-11-22", "2026-11-22"]),
        ("Pacific/Auckland", ["2026-11-22", "2026-11-23"]),
        ("America/New_York", ["2026-11-22", "2026-11-22"]),
    ],
)
def test_a_day_begins_at_midnight_where_the_site_is(client, answers, settings, zone, days):
    settings.TIME_ZONE = zone
    now = datetime.now(UTC)
    midnight = datetime(2026, 11, 22, 11, tzinfo=UTC)  # in Auckland, in summer
    shift = (now - midnight).days + 1  # the comparison is live from now on
    for moment in (midnight - timedelta(minutes=1), midnight):
        with at(moment + timedelta(days=shift)):
            decide(client, answers)
    found = LeanCounter.objects.filter(results__gt=0).order_by("day").values_list("day", "results")
    expected = [date.fromisoformat(day) + timedelta(days=shift) for day in days]
    assert [day for day, results in found for _ in range(results)] == expected


# --- What is not ---------------------------------------------------------------------------------


def test_looking_is_not_counted(client, answers):
    headers = {"User-Agent": READER}
    link = client.post(f"{ADDRESS}decide/", {}, headers={"User-Agent": ""})["Location"]
    for address in (ADDRESS, f"{ADDRESS}decide/", link):
        assert client.get(address, headers=headers).status_code == 200
        assert client.head(address, headers=headers).status_code == 200
    assert nothing_is_counted()


def test_answers_through_the_api_are_not_counted(client, answers):
    address = f"/api/v1{ADDRESS}decision/".replace("compare", "comparisons")
    body = {"answers": answers}
    response = client.post(address, body, content_type="application/json", headers={"User-Agent": READER})
    assert response.status_code == 200
    assert nothing_is_counted()


def test_answers_that_are_refused_are_not_counted(client, answers):
    assert decide(client, dict.fromkeys(answers, 9)).status_code == 422
    assert decide(client, answers, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert nothing_is_counted()


@pytest.mark.parametrize(
    "agent",
    [
        "",
        " ",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "ExampleCrawler/1.0",
        "BingPreview/1.0b",
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.32",
        "Go-http-client/2.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0 Safari/537.36",
    ],
)
def test_programs_are_not_counted(client, answers, agent):
    assert decide(client, answers, **{"User-Agent": agent}).status_code == 303
    assert nothing_is_counted()


def test_a_client_that_does_not_name_itself_is_not_counted(client, answers):
    data = {f"question-{pk}": str(option) for pk, option in answers.items()}
    assert client.post(f"{ADDRESS}decide/", data).status_code == 303
    assert nothing_is_counted()


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "Prefetch"),
        ("X-Moz", "prefetch"),
        ("DNT", "1"),
        ("Sec-GPC", "1"),
    ],
)
def test_prefetches_and_readers_who_decline_are_not_counted(client, answers, header, value):
    assert decide(client, answers, **{header: value}).status_code == 303
    assert nothing_is_counted()


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "0"},
        {"Sec-GPC": "0"},
        {"Purpose": "navigation"},
        {"User-Agent": "Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/142.0"},
    ],
)
def test_readers_are_counted(client, answers, headers):
    decide(client, answers, **headers)
    assert leans() == {GIGS: 1}


def test_nothing_is_counted_where_counting_is_off(client, answers, settings):
    settings.COUNT_DECISIONS = False
    assert decide(client, answers).status_code == 303
    assert nothing_is_counted()


# --- Failures, and many at once ------------------------------------------------------------------


@pytest.mark.parametrize("table", ["leancounter", "questioncounter"])
def test_a_failure_to_count_is_logged_and_the_reader_gets_the_result(client, answers, caplog, table):
    def fail(execute, sql, params, many, context):
        return execute(
            "SELECT 1 FROM nowhere" if table in sql else sql,
            params if table not in sql else (),
            many,
            context,
        )

    with connection.execute_wrapper(fail):
        response = decide(client, answers)
    assert client.get(response["Location"]).status_code == 200
    assert [(record.levelname, record.name) for record in caplog.records] == [
        ("ERROR", "comparisons.counting")
    ]
    assert "was not counted" in caplog.text
    assert nothing_is_counted()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_many_at_once_lose_no_count():
    answers = golden_answers(golden())
    threads, times = 4, 5
    barrier, statuses = threading.Barrier(threads), []

    def run():
        barrier.wait(timeout=10)
        statuses.extend(decide(Client(), answers).status_code for _ in range(times))
        connection.close()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(timeout=20)
    assert statuses == [303] * threads * times
    assert leans() == {GIGS: threads * times}
    assert set(QuestionCounter.objects.values_list("answered", "skipped")) == {(threads * times, 0)}


@database
def test_rows_are_locked_in_one_order_so_that_none_wait_for_each_other():
    """PostgreSQL would end one of the two that do; that takes luck to show, and the order does not."""
    key = {"comparison": uuid4(), "day": date(2026, 11, 22)}
    with queries() as found:
        for leans in (["a", "b", "c"], ["c", "a", "b"]):
            LeanCounter.objects.add([LeanCounter(**key, lean=lean, results=1) for lean in leans])
    assert len(set(found)) == 1
