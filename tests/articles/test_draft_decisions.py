"""What programs decide: through review to readers and back, and what they are told where that can't be."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles import publishing
from articles.models import Event, Task
from tests.base import DAY, soon
from tests.comparisons.unfair import REASON, ready, without_a_rationale
from tests.jobs import work
from tests.makers import article_document, make_article, make_comparison, make_path
from tests.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return Program("anna", group="Author")


@pytest.fixture
def rita():
    return Program("rita", group="Reviewer")


@pytest.fixture
def edith():
    return Program("edith", group="Editor")


@pytest.fixture
def article(anna):
    article = make_article()
    publishing.record(article, by=anna.user)
    return article


def done(response, status=200):
    assert response.status_code == status, response.content
    return response.json()


def refused(response, status=409):
    assert response.status_code == status, response.content
    return response.json()["detail"]


def test_the_whole_way_as_programs_go_it(client, anna, rita, edith):
    given = article_document("article", "From a program")
    address = given["id"]
    done(anna.post(body={"document": given}), 201)
    found = done(anna.post(address, "submit", {"assignee": "rita", "note": "Mind the figures."}))
    assert (found["review"]["state"], found["review"]["assignee"]) == ("in-review", "rita")
    note = done(rita.post(address, "notes", {"text": "Which?", "place": "summary"}), 201)
    assert (note["about"], note["author"], note["answers"]) == ("summary", "rita", [])
    found = done(rita.post(address, "request-changes", {"revision": 1}))
    assert found["review"]["state"] == "changes-requested"
    done(anna.patch(address, {"document": {"summary": "These."}, "revision": 1}))
    (answer,) = done(anna.post(address, f"notes/{note['id']}/answers", {"text": "These."}), 201)["answers"]
    assert answer["author"] == "anna"
    assert done(anna.post(address, f"notes/{note['id']}/resolve"))["resolved_by"] == "anna"
    assert done(anna.post(address, f"notes/{note['id']}/resolve", {"again": True}))["resolved_by"] is None
    done(anna.post(address, "submit"))
    assert "is not the newest" not in refused(rita.post(address, "approve", {"revision": 1}))
    found = done(rita.post(address, "approve", {"revision": 2, "note": "Good."}))
    assert (found["review"]["approved_revision"], found["review"]["decision_note"]) == (2, "Good.")
    found = done(edith.post(address, "publish"))
    assert (found["state"], found["review"]) == ("live", None)
    assert client.get(f"/api/v1/articles/{given['slug']}/").json()["document"]["summary"] == "These."
    correction = {"corrected_on": "2026-03-03", "was": "Nine.", "now": "Eight.", "why": "", "credit": ""}
    done(edith.patch(address, {"document": {"corrections": [correction]}, "revision": 2}))
    done(edith.post(address, "publish"))
    (listed,) = client.get("/api/v1/corrections/").json()["results"]
    assert listed["was"] == "Nine."
    found = done(edith.post(address, "withdraw"))
    assert (found["state"], found["publications"]) == ("withdrawn", [])
    assert client.get(f"/api/v1/articles/{given['slug']}/").status_code == 410
    told = list(Event.objects.order_by("id").values_list("action", "who", "channel"))
    assert ("approved", "rita", "api") in told
    assert {channel for *_, channel in told} == {"api"}


def test_authors_do_not_publish_and_nobody_approves_their_own(anna, edith, article):
    assert anna.post(article, "publish").status_code == 403
    done(edith.patch(article, {"document": {"summary": "Mine."}, "revision": 1}))
    done(edith.post(article, "submit"))
    assert "You wrote revision 2 yourself" in refused(edith.post(article, "approve", {"revision": 2}), 422)
    assert "is in review" in refused(edith.post(article, "publish"))


def test_an_edit_after_the_approval_needs_a_new_one_and_those_concerned_hear_of_it(
    anna, rita, edith, article
):
    for program in (anna, rita, edith):
        program.user.email = f"{program.user}@example.org"
        program.user.save()
    done(anna.post(article, "submit", {"assignee": "rita"}))
    done(rita.post(article, "approve", {"revision": 1}))
    work()
    mail.outbox.clear()
    done(anna.patch(article, {"document": {"summary": "Another."}, "revision": 1}))
    assert anna.get(article).json()["review"]["state"] == "lapsed"
    assert "it was edited since" in refused(edith.post(article, "publish"))
    work()
    assert [each.to for each in mail.outbox] == [["rita@example.org"]]
    done(rita.post(article, "approve", {"revision": 2}))
    assert done(edith.post(article, "publish"))["state"] == "live"


def test_a_decision_on_what_was_seen_is_not_made_on_something_else(edith, rita, article):
    seen = edith.get(article).json()["standing"]
    done(edith.post(article, "publish", {"seen": seen}))
    assert "by somebody else in the meantime" in refused(edith.post(article, "withdraw", {"seen": seen}))
    done(edith.patch(article, {"document": {"summary": "Another."}, "revision": 1}))
    review = done(edith.post(article, "submit"))["review"]["standing"]
    done(edith.post(article, "assign", {"assignee": "rita"}))
    message = refused(rita.post(article, "request-changes", {"note": "Why?", "seen": review}))
    assert "Something was decided after you had opened the page" in message


def test_a_period_is_scheduled_until_another_moment_and_taken_back(edith, article):
    at, until = soon(hours=1), soon(hours=2)
    body = {"at": at.isoformat(), "until": until.isoformat()}
    (period,) = done(edith.post(article, "schedule", body))["publications"]
    assert (period["is_live"], period["until"]) == (False, until.isoformat().replace("+00:00", "Z"))
    assert done(edith.post(article, "cancel", {"publication": period["id"]}))["publications"] == []
    response = edith.post(article, "cancel", {"publication": period["id"]})
    assert response.json()["errors"][0]["where"] == "publication"
    past = {"at": (timezone.now() - DAY).isoformat()}
    assert "has passed" in refused(edith.post(article, "schedule", past), 422)
    backwards = {"at": until.isoformat(), "until": at.isoformat()}
    assert "before it begins" in refused(edith.post(article, "schedule", backwards), 422)
    assert edith.post(article, "schedule").json()["errors"] == [{"where": "at", "message": "is missing."}]
    body = {"until": until.isoformat()}
    (period,) = done(edith.post(article, "publish", body))["publications"]
    assert period["until"] == until.isoformat().replace("+00:00", "Z")
    assert done(edith.post(article, "publish"))["publications"][0]["until"] is not None  # as it was
    assert done(edith.post(article, "publish", {"until": None}))["publications"][0]["until"] is None


def test_an_older_revision_is_published_again(client, edith, article):
    done(edith.patch(article, {"document": {"summary": "Another."}, "revision": 1}))
    done(edith.post(article, "publish"))
    found = done(edith.post(article, "publish", {"revision": 1}))
    assert (found["state"], found["publications"][0]["revision"]) == ("changed", 1)
    assert edith.post(article, "publish", {"revision": 9}).json()["errors"][0]["where"] == "revision"


def test_what_is_not_ready_names_its_places(edith):
    article = make_article(summary="", authors=())
    publishing.record(article, by=None)
    response = edith.post(article, "publish")
    assert response.status_code == 422
    assert "summary" in {each["where"] for each in response.json()["errors"]}


def test_what_needs_others_names_them_and_takes_them_along(edith):
    paths = [make_path("One path"), make_path("Another path")]
    comparison = make_comparison(*paths)
    response = edith.post(comparison, "publish")
    assert response.status_code == 409
    named = {each["title"]: each["url"] for each in response.json()["articles"]}
    assert named["One path"] == f"/api/v1/drafts/{paths[0].pk}/"
    assert done(edith.post(comparison, "publish", {"together": True}))["state"] == "live"
    assert edith.post(paths[0], "withdraw").status_code == 409
    in_use = edith.send("DELETE", paths[0])
    assert (in_use.status_code, in_use.json()["articles"][0]["kind"]) == (409, "comparison")
    assert done(edith.post(paths[0], "withdraw", {"together": True}))["state"] == "withdrawn"


def test_objections_are_listed_and_overridden_with_a_reason(edith):
    comparison = ready(without_a_rationale)
    response = edith.post(comparison, "publish")
    assert response.status_code == 422
    assert "something speaks against it" in response.json()["detail"]
    assert all(each["message"] for each in response.json()["errors"])
    assert done(edith.post(comparison, "publish", {"override": REASON}))["state"] == "live"


def test_who_is_asked_may_be_anybody_who_may(anna, rita, edith, article):
    due_on = (timezone.localdate() + timedelta(days=2)).isoformat()
    review = done(anna.post(article, "submit", {"due_on": due_on}))["review"]
    assert (review["assignee"], review["due_on"]) == (None, due_on)
    review = done(rita.post(article, "assign", {"assignee": "edith"}))["review"]
    assert (review["assignee"], review["due_on"]) == ("edith", due_on)
    assert done(rita.post(article, "assign", {"assignee": None, "due_on": None}))["review"]["due_on"] is None
    assert "may not review" in refused(rita.post(article, "assign", {"assignee": "anna"}), 422)
    for body, where in (({"assignee": "nobody"}, "assignee"), ({}, "assignee")):
        assert rita.post(article, "assign", body).json()["errors"][0]["where"] == where
    past = (timezone.localdate() - timedelta(days=2)).isoformat()
    assert "has passed" in refused(anna.post(article, "submit", {"due_on": past, "note": "x"}), 422)
    assert done(anna.post(article, "recall", {"note": "Not yet."}))["review"] is None
    assert not Task.objects.open().exists()
    assert done(anna.post(article, "recall"))["review"] is None


def test_notes_stand_where_they_are_pinned(anna, rita, article):
    assert "is not in review" in refused(rita.post(article, "notes", {"text": "Why?"}))
    done(anna.post(article, "submit"))
    section = article.sections.get().pk
    note = done(rita.post(article, "notes", {"text": "Why?", "place": f"sections/{section}/body"}), 201)
    assert note["about"] == "section “About How to read a pay figure”: body"
    assert "is not there any more" in refused(rita.post(article, "notes", {"text": "x", "place": "a/b"}), 422)
    assert "says something" in refused(rita.post(article, "notes", {"text": " "}), 422)
    assert [each["id"] for each in anna.get(article, "notes").json()["notes"]] == [note["id"]]
