"""What somebody is asked to do, as a list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import tasks, trash
from articles.models import Task
from tests.base import queries
from tests.forms import address, said
from tests.makers import make_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TASKS = "/admin/tasks/"
Reason = Task.Reason


@pytest.fixture
def rita(client):
    rita = make_user("rita", group="Reviewer")
    client.force_login(rita)
    return rita


def due(days):
    return timezone.localdate() + timedelta(days=days)


def listed(client):
    return [row.task for row in client.get(TASKS).context["rows"]]


@pytest.mark.every_database
def test_what_is_due_first_comes_first_and_what_has_no_date_last(client, rita):
    article = make_article()
    some = [
        tasks.ask(article, Reason.FACT_CHANGED, by=None, assignee=rita, due_on=when)
        for when in (None, due(5), due(-1))
    ]
    assert listed(client) == list(reversed(some))
    assert client.get(TASKS).content.decode().count("Overdue") == 1


def test_what_nobody_in_particular_is_asked_for_is_shown_to_those_who_may(client, rita):
    article, other = make_article(), make_user("edith", group="Editor")
    for reason in Reason:
        tasks.ask(article, reason, by=None)
        tasks.ask(article, reason, by=None, assignee=other)
    assert [task.reason for task in listed(client)] == [Reason.REVIEW]
    client.force_login(other)
    assert len(listed(client)) == 2 * len(Reason)


def test_what_is_done_or_in_the_trash_is_not_asked_for(client, rita):
    article = make_article()
    tasks.ask(article, Reason.FACT_CHANGED, by=None, assignee=rita)
    tasks.close(article, Reason.FACT_CHANGED, by=None)
    assert listed(client) == []
    task = tasks.ask(article, Reason.FACT_CHANGED, by=None, assignee=rita)
    assert listed(client) == [task]
    trash.trash(article, by=None)
    assert listed(client) == []


def test_a_task_leads_to_where_it_is_done(client, rita):
    article = make_article()
    place = f"sections/{article.sections.get().pk}"
    tasks.ask(article, Reason.REVIEW, by=None, assignee=rita)
    tasks.ask(article, Reason.FACT_CHANGED, by=None, assignee=rita, place=place)
    addresses = [row.address for row in client.get(TASKS).context["rows"]]
    assert addresses[0] == address(article, "review")
    assert client.get(addresses[1]).url == f"{address(article)}#sections-0"


def test_a_task_is_done_by_a_button_unless_a_decision_ends_it(client, rita):
    article = make_article()
    own = tasks.ask(article, Reason.FACT_CHANGED, by=None, assignee=rita)
    decided = tasks.ask(article, Reason.REVIEW, by=None, assignee=rita)
    html = client.get(TASKS).content.decode()
    assert reverse("admin:task_done", args=[own.pk]) in html
    assert reverse("admin:task_done", args=[decided.pk]) not in html
    said_of = {
        task: [said(client.post(reverse("admin:task_done", args=[task.pk]))) for _ in range(2)]
        for task in (own, decided)
    }
    assert "Done: A fact has changed" in said_of[own][0]
    assert "It was done already." in said_of[own][1]
    assert "This ends by itself" in said_of[decided][0]
    own.refresh_from_db()
    assert own.done_by == rita
    assert listed(client) == [decided]


def test_nobody_ends_the_tasks_of_others(client, rita):
    task = tasks.ask(make_article(), Reason.LATE, by=None)
    assert client.post(reverse("admin:task_done", args=[task.pk])).status_code == 403
    assert Task.objects.open().exists()


def test_however_many_there_are_a_page_takes_ten_queries_at_most(client, rita):
    for number in range(60):
        tasks.ask(make_article(f"Article {number}"), Reason.FACT_CHANGED, by=rita, assignee=rita)
    client.get(TASKS)
    with queries() as ran:
        page = client.get(TASKS)
    assert len(ran) <= 10
    assert len(page.context["rows"]) == 50
    assert len(client.get(TASKS, {"p": "2"}).context["rows"]) == 10
    assert client.get(TASKS, {"p": "nonsense"}).status_code == 200
