"""The desk's first page: what somebody may see, at a glance and as lists, each found by one query."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles import publishing, tasks, trash, workflow
from articles.admin import panels
from articles.models import Article, Comment, ExternalLink, Finding
from comparisons.models import LeanCounter
from tests.base import DAY, queries, soon
from tests.makers import golden, make_article, make_comment, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def glances(client):
    """The figures at the top, by what they count."""
    html = client.get("/admin/").content.decode()
    found = re.findall(
        r'<li(?: class="none")?>\s*<a href="([^"]+)"><strong>([^<]+)</strong> ([^<]+)</a>', html
    )
    return {name: (figure, address.replace("&amp;", "&")) for address, figure, name in found}


def panel(client, name):
    """What a panel says, without its markup."""
    html = client.get("/admin/").content.decode()
    own = html.split(f"panel-{name}")[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", own).split())


def test_figures_lead_to_the_lists_that_they_count(client, editor):
    publishing.record(make_article("Half done"), by=editor)
    submitted = make_article("Look at me")
    workflow.submit(submitted, by=make_user("arthur", group="Author"))
    publishing.schedule(make_article("Coming"), by=None, at=soon())
    make_comment(publish(make_article("Out")).article, "Please read me.", status=Comment.Status.WAITING)
    old = publish(make_path("Old path")).article
    Article.objects.filter(pk=old.pk).update(facts_due_on=date(2020, 1, 2))
    source = {"id": str(uuid4()), "publisher": "A study", "title": "Pay", "valid_until": "2020-01-02"}
    point = {"side": "pro", "label": "Flexible", "text": "So they say.", "sources": [source["id"]]}
    make_path("Dated path", sources=[source], points=[point])
    Finding.objects.create(article=old, kind=old.kind, gravity=1, check_name="x", message="It has no summary")
    address = {"url": "https://gone.example/", "needs_attention": True, "result": "broken"}
    ExternalLink.objects.create(id=uuid4(), since=timezone.now(), next_check_at=soon(), **address)
    found = glances(client)
    assert {name: figure for name, (figure, _) in found.items()} == {
        "Tasks for you": "1",
        "Unfinished work": "1",
        "Awaiting review": "1",
        "Replies waiting": "1",
        "Scheduled": "1",
        "Due for review": "1",
        "Expired sources": "1",
        "Findings that stop": "1",
        "Outside links to look at": "1",
    }
    shown = {name: client.get(address).content.decode() for name, (_, address) in found.items()}
    words = {
        "Tasks for you": "Look at me",
        "Unfinished work": "Half done",
        "Awaiting review": "Look at me",
        "Replies waiting": "Please read me.",
        "Scheduled": "Coming",
        "Due for review": "Old path",
        "Expired sources": "Dated path",
        "Findings that stop": "It has no summary",
        "Outside links to look at": "gone.example",
    }
    assert {name: word in shown[name] for name, word in words.items()} == dict.fromkeys(words, True)
    assert "Out" not in re.sub(r"(?s)<nav.*?</nav>", "", shown["Scheduled"]).split('id="result_list"')[1]


def test_panels_say_what_waits_for_whom(client, editor):
    article = make_article("Half done")
    publishing.record(article, by=editor)
    tasks.ask(article, tasks.Reason.FACT_CHANGED, by=None, assignee=editor, due_on=date(2020, 1, 2))
    publish(make_article("Out"))
    assert "Half done, by 2 January 2020" in panel(client, "tasks")
    assert "Overdue" in panel(client, "tasks")
    assert "Half done Draft" in panel(client, "drafts")
    assert "Out" in panel(client, "latest")
    publishing.record(make_article("Somebody else's"), by=make_user("arthur", group="Author"))
    assert "Somebody else" not in panel(client, "drafts")
    trash.trash(article, by=editor)
    assert "Nobody asks you for anything." in panel(client, "tasks")


def test_who_begins_is_told_what_to_do(client):
    client.force_login(make_user("arthur", group="Author"))
    begin = client.get("/admin/").content.decode().split("panel-drafts")[1].split("</section>")[0]
    for address in ("/admin/articles/article/add/", "/admin/comparisons/comparison/add/"):
        assert f'<a href="{address}">' in begin
    assert "“Schedule…”" in panel(client, "scheduled")
    assert "No reader has finished a decision form" in panel(client, "results")
    assert "/admin/roles/" in client.get("/admin/").content.decode()


def test_only_what_somebody_may_see_is_there(client):
    publish(make_article("Out"))
    client.force_login(make_user("mona", group="Moderator"))
    page = client.get("/admin/").content.decode()
    assert re.findall(r"panel-(\w+)", page) == ["tasks", "replies", "results"]
    assert "Out" not in page
    assert client.get("/admin/desk/drafts/").status_code == 403
    client.force_login(make_user("nina"))
    assert re.findall(r"panel-(\w+)", client.get("/admin/").content.decode()) == ["tasks"]


def test_drafts_of_kinds_that_somebody_may_not_read_are_left_out(client):
    user = make_user("arthur")
    articles = ("view_article", "change_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=articles))
    publishing.record(make_path("Secret path"), by=user)
    publishing.record(make_article("Open piece"), by=user)
    client.force_login(user)
    assert "Open piece" in panel(client, "drafts")
    assert "Secret path" not in panel(client, "drafts")


def test_figures_count_so_far_and_lists_say_where_they_end(client, editor, monkeypatch):
    monkeypatch.setattr(panels, "MOST", 2)
    monkeypatch.setattr(panels, "SHOWN", 1)
    monkeypatch.setattr(panels, "LISTED", 2)
    for number in range(4):
        publishing.record(make_article(f"Draft {number}"), by=editor)
    assert glances(client)["Unfinished work"][0] == "2+"
    assert panel(client, "drafts").count("Draft ") == 2  # one title and its badge
    assert "The list ends after 2 of 2+." in client.get("/admin/desk/drafts/").content.decode()


@pytest.mark.parametrize("name", ["scheduled", "nothing"])
def test_lists_that_are_elsewhere_or_nowhere_are_not_here(client, editor, name):
    assert client.get(f"/admin/desk/{name}/").status_code == 404


def test_the_first_page_takes_the_same_few_queries_however_much_waits(client, editor):
    def fill(name):
        article = make_article(name)
        publishing.record(article, by=editor)
        workflow.submit(article, by=editor)
        make_comment(article, status=Comment.Status.WAITING)
        publish(make_path(f"Path {name}"))
        publishing.schedule(make_article(f"Coming {name}"), by=editor, at=soon())

    fill("One")
    with queries() as few:
        client.get("/admin/")
    for name in ("Two", "Three"):
        fill(name)
    with queries() as many:
        client.get("/admin/")
    assert len(many) == len(few) <= 15


def test_results_are_drawn_and_said_in_words(client, editor):
    comparison = golden()
    path, today = str(comparison.paths.first().pk), timezone.localdate()
    for lean, results in ((path, 4), ("too_close_to_call", 2), ("not_enough_answers", 1)):
        LeanCounter.objects.add(
            [LeanCounter(comparison=comparison.pk, day=today, lean=lean, results=results)]
        )
    old = LeanCounter(comparison=comparison.pk, day=today - 40 * DAY, lean=path, results=50)
    LeanCounter.objects.add([old])
    said = panel(client, "results")
    assert "7 results in 28 days" in said
    assert "4 leaned to a path, 2 were too close to call, 1 had not enough answers." in said
    assert "leaned to a path: 4, were too close to call: 2" in said
