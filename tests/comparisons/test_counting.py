"""What is counted of readers' results, what is not, and what editors see of it."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comparisons import composed, counting
from comparisons.admin.chart import ABOVE, HEIGHT, ceiling, draw
from comparisons.models import CareerPath, LeanCounter, Question, QuestionCounter
from tests.base import at, queries
from tests.makers import golden, golden_answers, make_path, make_user, publish

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


# --- Forgetting ----------------------------------------------------------------------------------


def test_days_are_forgotten_when_they_are_older_than_400(comparison, capsys):
    today = timezone.localdate()
    for days in (0, 400, 401):
        counted_on(comparison, today - timedelta(days=days), {GIGS: 1}, skipped=1)
    call_command("forget_counts")
    kept = [today - timedelta(days=400), today]
    assert list(LeanCounter.objects.order_by("day").values_list("day", flat=True)) == kept
    assert list(QuestionCounter.objects.order_by("day").values_list("day", flat=True)) == kept
    assert capsys.readouterr().out == "2 counters deleted.\n"


# --- What editors see ----------------------------------------------------------------------------


def counted_on(comparison, day, results, *, skipped=0, question=0, answered=1):
    paths = {path.title: str(path.pk) for path in CareerPath.objects.all()}
    pk = getattr(comparison, "pk", comparison)
    for lean, number in results.items():
        LeanCounter.objects.create(comparison=pk, day=day, lean=paths.get(lean, lean), results=number)
    QuestionCounter.objects.create(
        comparison=pk,
        day=day,
        question=Question.objects.order_by("prompt")[question].pk,
        skipped=skipped,
        answered=answered,
    )


@pytest.fixture
def editor(client, db):
    client.force_login(make_user("edith", group="Editor"))


def counts(client, comparison):
    response = client.get(f"/admin/comparisons/comparison/{getattr(comparison, 'pk', comparison)}/counts/")
    assert response.status_code == 200
    return response


def shown(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_says_when_nothing_was_counted(client, editor, comparison):
    response = counts(client, comparison)
    assert "No result has been counted yet." in shown(response)
    assert "turned off" not in shown(response)
    assert 'class="chart"' not in response.content.decode()


def test_the_page_says_when_counting_is_off(client, editor, comparison, settings):
    settings.COUNT_DECISIONS = False
    assert "Counting is turned off" in shown(counts(client, comparison))


def test_the_page_has_totals_and_shares_of_each_lean(client, editor, comparison):
    today = timezone.localdate()
    counted_on(comparison, today, {GIGS: 3, MANAGEMENT: 0, "too_close_to_call": 1})
    counted_on(comparison, today - timedelta(days=59), {GIGS: 3, "not_enough_answers": 1})
    counted_on(comparison, today - timedelta(days=60), {MANAGEMENT: 5})
    context = counts(client, comparison).context
    assert [(lean.name, lean.shown, lean.share, lean.kept) for lean in context["leans"]] == [
        (GIGS, 6, "75 %", 6),
        (MANAGEMENT, 0, "0 %", 5),
        ("Too close to call", 1, "12 %", 1),
        ("Not enough answers", 1, "12 %", 1),
    ]
    assert (context["shown"], context["kept"]) == (8, 13)


def test_the_picture_and_the_table_show_the_same_days(client, editor, comparison):
    today = timezone.localdate()
    counted_on(comparison, today, {GIGS: 3, "too_close_to_call": 1})
    counted_on(comparison, today - timedelta(days=59), {MANAGEMENT: 2})
    response = counts(client, comparison)
    chart = response.context["chart"]
    assert [len(bar.segments) for bar in chart.bars] == [1, 2]
    assert [(row["day"], row["numbers"], row["total"]) for row in response.context["rows"]] == [
        (today, [3, 0, 1, 0], 4),
        (today - timedelta(days=59), [0, 2, 0, 0], 2),
    ]
    assert response.content.decode().count("<rect") == 3
    assert "6 results; most on" in shown(response)
    picture = response.content.decode().split('<svg class="chart"')[1].split("</svg>")[0]
    assert "style=" not in picture
    assert "<script" not in picture


def test_results_of_long_ago_are_in_the_totals_only(client, editor, comparison):
    counted_on(comparison, timezone.localdate() - timedelta(days=90), {GIGS: 3})
    response = counts(client, comparison)
    assert "No result in the last 60 days." in shown(response)
    assert response.context["kept"] == 3


def test_questions_are_listed_by_how_often_they_are_skipped(client, editor, comparison):
    today = timezone.localdate()
    for question, (skipped, answered) in enumerate([(1, 3), (3, 1), (0, 4)]):
        counted_on(comparison, today, {}, question=question, skipped=skipped, answered=answered)
    counted_on(comparison, today - timedelta(days=60), {}, skipped=50)
    counted_on(comparison, today - timedelta(days=1), {GIGS: 4}, question=1, skipped=1, answered=3)
    prompts = list(Question.objects.order_by("prompt").values_list("prompt", flat=True))
    found = counts(client, comparison).context["skipped"]
    assert [(row.prompt, row.skipped, row.results, row.share) for row in found] == [
        (prompts[1], 4, 8, "50 %"),
        (prompts[0], 1, 4, "25 %"),
    ]


def test_a_composed_comparison_is_named_after_its_paths(client, editor, comparison):
    paths = CareerPath.objects.order_by("title")
    pk = composed.identifier(path.pk for path in paths)
    counted_on(pk, timezone.localdate(), {GIGS: 2, MANAGEMENT: 0})
    assert f"{GIGS} vs {MANAGEMENT}" in shown(counts(client, pk))
    assert "Nobody has written this comparison" in shown(counts(client, pk))


def test_what_nobody_compares_has_no_page(client, editor):
    address = "/admin/comparisons/comparison/6f1e9a52-4dd0-4c3b-9a0c-0d5f2b6f8f10/counts/"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405


def test_all_comparisons_with_results_are_listed_the_most_decided_first(client, editor, comparison):
    today = timezone.localdate()
    pk = composed.identifier(path.pk for path in CareerPath.objects.all())
    counted_on(comparison, today, {GIGS: 2})
    counted_on(pk, today, {GIGS: 3, MANAGEMENT: 0})
    counted_on(pk, today - timedelta(days=1), {"too_close_to_call": 1})
    found = client.get(COUNTED).context["counted"]
    assert [(row["pk"], row["title"], row["written"], row["results"]) for row in found] == [
        (pk, f"{GIGS} vs {MANAGEMENT}", False, 4),
        (comparison.pk, comparison.title, True, 2),
    ]


def test_the_list_of_all_says_when_there_is_none(client, editor):
    assert "No result has been counted in the last 60 days." in shown(client.get(COUNTED))


def test_the_comparisons_form_and_list_lead_to_the_counts(client, editor, comparison):
    form = client.get(f"/admin/comparisons/comparison/{comparison.pk}/change/").content.decode()
    assert f'href="/admin/comparisons/comparison/{comparison.pk}/counts/"' in form
    assert f'href="{COUNTED}"' in client.get("/admin/comparisons/comparison/").content.decode()


@database
def test_counts_are_for_those_who_may_view_comparisons(client):
    comparison = golden()
    addresses = (COUNTED, f"/admin/comparisons/comparison/{comparison.pk}/counts/")
    for name, group, status in (("nina", None, 403), ("mona", "Moderator", 200)):
        client.force_login(make_user(name, group=group))
        assert [client.get(address).status_code for address in addresses] == [status] * 2
    client.logout()
    assert [client.get(address).status_code for address in addresses] == [302] * 2


def test_the_pages_cost_the_same_however_much_was_counted(client, editor, comparison):
    today = timezone.localdate()
    pages = (COUNTED, f"/admin/comparisons/comparison/{comparison.pk}/counts/")

    def cost():
        with queries() as found:
            for page in pages:
                client.get(page)
        return len(found)

    pk = composed.identifier(path.pk for path in CareerPath.objects.all())
    for each in (comparison, pk):
        counted_on(each, today, {GIGS: 1, MANAGEMENT: 1}, skipped=1)
    few = cost()
    for number in range(1, 30):
        counted_on(comparison, today - timedelta(days=number), {GIGS: 1}, skipped=1, question=number % 10)
        counted_on(pk, today - timedelta(days=number), {GIGS: 1, MANAGEMENT: 1})
    assert cost() == few
    assert few <= 18


# --- The picture ---------------------------------------------------------------------------------

NUMBERS = st.lists(st.lists(st.integers(0, 500), min_size=3, max_size=3), min_size=1, max_size=60)


@given(NUMBERS.filter(lambda columns: any(map(any, columns))))
def test_bars_are_as_high_as_their_sums(columns):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(len(columns))]
    chart = draw(days, columns, ["a", "b", "c"], ["A", "B", "C"])
    top = chart.lines[-1].number
    for bar, column in zip(chart.bars, filter(any, columns), strict=True):
        assert sum(segment.height for segment in bar.segments) == HEIGHT * sum(column) // top
        assert all(ABOVE <= segment.y <= chart.bottom - segment.height for segment in bar.segments)
    assert chart.most == max(map(sum, columns))
    assert sum(columns[days.index(chart.highest)]) == chart.most


@given(st.integers(1, 10**6))
def test_the_scale_ends_at_an_even_number_that_holds_the_highest_bar(most):
    end = ceiling(most)
    assert most <= end <= 4 * most or end == 2
    assert end % 2 == 0
    assert len(str(end).rstrip("0")) == 1


def test_a_bar_is_stacked_from_below_in_the_order_given():
    chart = draw([date(2026, 11, 22)], [[1, 0, 3]], ["a", "b", "c"], ["A", "B", "C"])
    assert [(segment.tone, segment.y, segment.height) for segment in chart.bars[0].segments] == [
        ("a", ABOVE + 225, 75),
        ("c", ABOVE, 225),
    ]
    assert chart.bars[0].words == "22 November 2026 – A: 1, C: 3"
    assert [line.number for line in chart.lines] == [0, 2, 4]


def test_a_day_is_the_sites(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    assert counting.day_of(datetime(2026, 11, 22, 11, tzinfo=UTC)) == date(2026, 11, 23)
