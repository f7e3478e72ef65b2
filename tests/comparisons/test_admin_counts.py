"""What editors see of the results that readers got."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from comparisons import composed
from comparisons.models import CareerPath, LeanCounter, Question, QuestionCounter
from tests.base import queries
from tests.makers import golden, make_user

ADDRESS = "/compare/microtask-gig-work-vs-remote-project-management/"
COUNTED = "/admin/comparisons/comparison/counts/"
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
GIGS, MANAGEMENT = "Microtask gig work", "Remote project management"

database = pytest.mark.django_db


@pytest.fixture
def comparison(db):
    return golden()


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
        (GIGS, 6, "75%", 6),
        (MANAGEMENT, 0, "0%", 5),
        ("Too close to call", 1, "12%", 1),
        ("Not enough answers", 1, "12%", 1),
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
        (prompts[1], 4, 8, "50%"),
        (prompts[0], 1, 4, "25%"),
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


def test_days_are_forgotten_when_they_are_older_than_400(comparison, capsys):
    today = timezone.localdate()
    for days in (0, 400, 401):
        counted_on(comparison, today - timedelta(days=days), {GIGS: 1}, skipped=1)
    call_command("forget_counts")
    kept = [today - timedelta(days=400), today]
    assert list(LeanCounter.objects.order_by("day").values_list("day", flat=True)) == kept
    assert list(QuestionCounter.objects.order_by("day").values_list("day", flat=True)) == kept
    assert capsys.readouterr().out == "2 counters deleted.\n"
