"""Done to many articles from their list: the page before it, the page of the job, and whose it is."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles import jobs, publishing
from articles.bulk import running
from articles.models import Article, BulkItem, BulkJob, Publication
from tests.base import queries
from tests.forms import said
from tests.jobs import work
from tests.makers import make_article, make_tag, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def articles(count=3):
    made = [make_article(f"Piece {number}") for number in range(1, count + 1)]
    for article in made:
        publishing.record(article, by=None)
    return made


def choose(client, action, *found, query="", across=False, **sent):
    """Press “Go” in the list, or the button of the page that follows."""
    chosen = [article.pk for article in found]
    data = {"action": action, "_selected_action": chosen, "select_across": "1" if across else "0"}
    return client.post(LIST + query, data | sent)


def confirm(client, action, *found, count=None, **sent):
    told = len(found) if count is None else count
    return choose(client, action, *found, confirmed="on", count=told, **sent)


def job_page(job, name="change"):
    return reverse(f"admin:articles_bulkjob_{name}", args=[job.pk])


def html(response):
    return response.content.decode()


# --- The page before it -----------------------------------------------------------------------------


def test_the_page_says_what_will_happen_to_how_many_and_stores_nothing(client, editor):
    response = choose(client, "publish_many", *articles(12))
    assert "<strong>12 articles.</strong>" in html(response)
    assert html(response).count("state-draft") == 10
    assert "and 2 more" in html(response)
    assert "Publish: 12 articles" in html(response)
    assert not BulkJob.objects.exists()


def test_confirming_starts_a_job_that_is_watched_on_its_own_page(client, editor):
    made = articles()
    response = confirm(client, "publish_many", *made)
    job = BulkJob.objects.get()
    assert response.url == job_page(job)
    page = html(client.get(response.url))
    assert "It waits, as no worker is there." in page
    assert '<meta http-equiv="refresh" content="5">' in page
    work()
    page = html(client.get(response.url))
    assert "It is done. 3 of 3: 3 done." in page
    assert "http-equiv" not in page
    assert Publication.objects.count() == 3


def test_all_that_match_are_chosen_as_they_are_when_it_is_confirmed(client, editor):
    made = articles()
    make_article("Another")
    asked = {"query": "?q=piece", "across": True}
    page = html(choose(client, "publish_many", made[0], **asked))
    assert "3 articles" in page
    assert page.count('name="_selected_action"') == 1
    publishing.record(make_article("Piece 4"), by=None)
    page = html(confirm(client, "publish_many", made[0], count=3, **asked))
    assert "these were 3; now they are 4" in page
    assert 'name="count" value="4"' in page
    confirm(client, "publish_many", made[0], count=4, **asked)
    assert {item.title for item in BulkItem.objects.all()} == {f"Piece {number}" for number in range(1, 5)}


def test_more_than_a_job_takes_are_refused_with_what_to_do(client, editor, monkeypatch):
    monkeypatch.setattr(running, "MOST", 2)
    response = choose(client, "publish_many", *articles())
    assert response.status_code == 302
    assert "more than 2, which is the most at once. Filter or search" in said(response)
    response = choose(client, "publish_many", make_article("Another"), query="?q=zzzz", across=True)
    assert "no article left" in said(response)


OPTIONS = [
    ("schedule_many", {"at": "2020-01-01T09:00"}, "has passed. Choose a time in the future."),
    ("schedule_many", {"at": "2199-01-02T09:00", "until": "2199-01-01T09:00"}, "end before it begins"),
    ("schedule_many", {}, "This field is required."),
    ("withdraw_many", {"at": "2020-01-01T09:00"}, "has passed. Choose a time in the future."),
    ("tag_many", {}, "Choose at least one tag"),
    ("tag_many", {"add": "zz"}, "“zz” is not a valid"),
    ("assign_many", {"due_on": "2020-01-01"}, "has passed. Choose a day to come."),
    ("assign_many", {"to": "999999"}, "Select a valid choice"),
    ("publish_many", {"key": "zz"}, "Enter a valid UUID"),
]


@pytest.mark.parametrize(("action", "sent", "told"), OPTIONS)
def test_options_that_make_no_sense_are_refused_before_anything_is_stored(client, editor, action, sent, told):
    response = confirm(client, action, *articles(1), **sent)
    assert told in html(response)
    assert not BulkJob.objects.exists()


def test_the_options_go_with_the_job(client, editor):
    tag, made = make_tag("Remote work"), articles(2)
    both = {"add": [tag.pk], "remove": [tag.pk]}
    assert "is to be added and removed" in html(confirm(client, "tag_many", *made, **both))
    confirm(client, "tag_many", *made, add=[tag.pk])
    confirm(client, "schedule_many", *made, at="2199-01-02T09:00", together="on")
    confirm(client, "withdraw_many", *made)
    confirm(client, "assign_many", *made, to=editor.pk, due_on="2199-01-02")
    titles = list(BulkJob.objects.order_by("created_at").values_list("title", flat=True))
    assert titles == [
        "Tag 2 articles: add “Remote work”",
        "Schedule 2 articles for Wed 2 Jan 2199, 9:00 UTC",
        "Withdraw 2 articles",
        "Ask edith to decide on 2 articles, by 2 January 2199",
    ]
    work()
    assert list(tag.articles.all()) == list(Article.objects.all())


def test_what_is_under_way_already_is_named_before_more_is_begun(client, editor):
    made = articles(1)
    confirm(client, "publish_many", *made)
    assert "Publish “Piece 1”, by edith" in html(choose(client, "withdraw_many", *made))


def test_many_go_to_the_trash_and_back_by_a_job(client, editor, monkeypatch):
    monkeypatch.setattr("articles.admin.bulk.AT_ONCE", 2)
    made = articles()
    confirm(client, "move_to_trash", *made)
    work()
    assert Article.objects.trashed().count() == 3
    confirm(client, "put_back", *made, query="?state=trashed")
    work()
    assert not Article.objects.trashed().exists()


OFFERED = {
    "Author": ["tag_many", "assign_many", "copy_articles"],
    "Reviewer": ["assign_many"],
    "Moderator": [],
}


@pytest.mark.parametrize("group", OFFERED)
def test_what_somebody_may_not_do_is_not_offered_and_not_done(client, group):
    client.force_login(make_user("somebody", group=group))
    made = articles(1)
    form = client.get(LIST).context["action_form"]
    found = [name for name, _ in form.fields["action"].choices[1:]] if form else []
    assert found == OFFERED[group]
    for action in ("publish_many", "schedule_many", "withdraw_many", "move_to_trash"):
        confirm(client, action, *made, at="2199-01-02T09:00")
    assert not BulkJob.objects.exists()


def test_the_question_bank_is_one_and_not_many(client, editor):
    response = client.get(reverse("admin:comparisons_questionbank_changelist"))
    assert "publish_many" not in str(response.context["action_form"] or "")


# --- The job's own page -------------------------------------------------------------------------------


@pytest.fixture
def refused(editor):
    """A job with a row that was done and one that was refused, the title of which looks like a formula."""
    made = articles(2)
    Article.objects.filter(pk=made[1].pk).update(title="=2+5", summary="")
    job = running.start(Article.objects.order_by("pk"), "publish", by=editor, options={})
    work()
    return job


def test_outcomes_are_filtered_and_saved_without_formulas(client, refused):
    page = html(client.get(job_page(refused), {"outcome": "refused"}))
    assert "Refused (1)" in page
    assert "Write one or two sentences" in page
    assert "Piece 1" not in page
    assert html(client.get(job_page(refused), {"outcome": "zz", "p": "zz"})).count('scope="row"') >= 2
    answer = client.get(job_page(refused, "outcomes"))
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][2:5] == ["Title", "Identifier", "Outcome"]
    assert {row[2]: row[4] for row in rows[1:]} == {"Piece 1": "Done", "'=2+5": "Refused"}


def test_what_was_refused_is_tried_again(client, refused):
    assert "Try the refused 1 again" in html(client.get(job_page(refused)))
    Article.objects.filter(title="=2+5").update(summary="Put right.")
    response = client.post(job_page(refused, "again"), {"outcome": "refused"})
    work()
    assert "It is done. 1 of 1: 1 done." in html(client.get(response.url))
    response = client.post(job_page(refused, "again"), {"outcome": "waiting"})
    assert "no article left" in said(response)


def test_a_job_is_stopped_and_the_rest_is_done_later(client, editor):
    confirm(client, "publish_many", *articles())
    job = BulkJob.objects.get()
    assert "Stopped." in said(client.post(job_page(job, "stop")))
    assert "It had ended already." in said(client.post(job_page(job, "stop")))
    work()
    page = html(client.get(job_page(job)))
    assert "edith stopped it. 0 of 3." in page
    assert "Do the 3 that are left" in page
    client.post(job_page(job, "again"), {"outcome": "waiting"})
    work()
    assert Publication.objects.count() == 3


def test_a_job_that_broke_off_says_so_and_goes_on(client, editor):
    confirm(client, "publish_many", *articles())
    job = BulkJob.objects.get()
    DBTaskResult.objects.update(status="FAILED")
    assert "It broke off" in html(client.get(job_page(job)))
    assert "It goes on where it broke off." in said(client.post(job_page(job, "goon")))
    assert "goes on already" in said(client.post(job_page(job, "goon")))
    work()
    assert Publication.objects.count() == 3


def test_the_script_of_the_page_is_told_how_far_it_is(client, editor):
    confirm(client, "publish_many", *articles())
    job = BulkJob.objects.get()
    jobs.begin("there")
    assert client.get(job_page(job, "progress")).json() == {
        "told": "It waits for its turn. 0 of 3.",
        "ended": 0,
        "total": 3,
        "is_under_way": True,
        "has_broken_off": False,
    }


def test_jobs_are_for_those_who_started_them_and_for_editors(client, editor):
    ann = make_user("ann", group="Author")
    job = running.start(Article.objects.filter(pk=articles(1)[0].pk), "trash", by=ann, options={})
    assert client.get(job_page(job)).status_code == 200
    for name, status in (("ann", 200), ("ben", 403)):
        client.force_login(ann if name == "ann" else make_user(name, group="Author"))
        for page in ("change", "progress", "outcomes"):
            assert client.get(job_page(job, page)).status_code == status
        assert client.post(job_page(job, "stop")).status_code == (302 if name == "ann" else 403)
        assert len(client.get(reverse("admin:articles_bulkjob_changelist")).context["cl"].result_list) == (
            status == 200
        )


# --- What it asks of the database -------------------------------------------------------------------------


def test_what_the_pages_ask_does_not_grow_with_the_rows(client, editor):
    def opened(count):
        made = [make_article(f"Of {count}: {number}") for number in range(count)]
        with queries() as before:
            choose(client, "publish_many", *made)
        with queries() as started:
            confirm(client, "publish_many", *made)
        job = BulkJob.objects.first()
        with queries() as page:
            client.get(job_page(job))
        with queries() as progress:
            client.get(job_page(job, "progress"))
        return [len(each) for each in (before, started, page, progress)]

    few = opened(2)
    assert opened(30) == few
    assert few[2] <= 10
    assert few[3] <= 8
