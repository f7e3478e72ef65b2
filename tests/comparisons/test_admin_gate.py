"""The gate at the editors' desk: what speaks against publishing, the reason, and what an edit changes."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles import publishing
from articles.admin import found
from articles.checks.found import Finding, Level
from articles.obstacles import Objection
from comparisons.models import QuestionBank
from tests.base import queries
from tests.comparisons.unfair import (
    REASON,
    STOPS,
    changed,
    gig_work,
    rate,
    ready,
    with_a_dead_question,
    without_a_rationale,
)
from tests.forms import address, said, save
from tests.makers import golden, make_article, make_comparison, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TOMORROW = "2030-01-02T09:30"


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def publisher(client):
    """May publish, and not in spite of the gate."""
    user = make_user("paul", group="Author")
    user.user_permissions.add(Permission.objects.get(codename="publish_article"))
    client.force_login(user)
    return user


def decide(client, article, page, **fields):
    data = {"seen": publishing.standing(article), **fields}
    return client.post(address(article, page), data)


def html(response):
    return response.content.decode()


# --- What speaks against it ----------------------------------------------------------------------


@pytest.mark.parametrize("name", STOPS)
def test_the_publish_page_says_what_stops_it_and_does_not_publish(client, editor, name):
    change, message = STOPS[name]
    comparison = ready(change)
    for response in (client.get(address(comparison, "publish")), decide(client, comparison, "publish")):
        assert message in html(response)
        assert 'name="override"' in html(response)
    assert not comparison.publications.exists()


def says_once(client, article, message):
    for page in ("publish", "schedule"):
        shown = html(client.get(address(article, page)))
        assert shown.count(message) == 1, page
        assert re.search(rf'<li>\s*<a href="[^"]*">[^<]*{message}', shown), page
        assert '<a href="#checks-found">' in shown, page


def test_what_stops_it_is_said_once_with_a_link_to_its_place(client, editor):
    comparison, path = ready(without_a_rationale), gig_work()
    says_once(client, comparison, "has no rationale")
    publish(comparison, override=REASON)
    changed(path, lambda document: document["ratings"][4].update(value=80))
    says_once(client, path, "changes nothing: every answer leaves")


def test_an_objection_that_the_checks_do_not_say_is_said_where_it_is_refused():
    objections = [Objection("A or B", "One."), Objection("A or B", "Two."), Objection("A or C", "Two.")]
    findings = [Finding("fairness", Level.STOPS, words, ()) for words in ("One.", "In “A or C”: Two.")]
    parts = found.parts(findings, lambda place: "")
    assert found.unsaid(objections, parts) == objections[1:2]


def test_publish_now_leads_to_the_page_that_says_what_stops_it_and_keeps_the_draft(client, editor):
    comparison = ready(without_a_rationale)
    response = save(client, comparison, "_publish", title="Another title")
    assert response.url == address(comparison, "publish")
    assert "has no rationale" in html(client.get(response.url))
    assert comparison.revisions.first().document["title"] == "Another title"
    assert not comparison.publications.exists()


def test_the_schedule_page_says_it_before_a_time_is_given_and_after(client, editor):
    comparison = ready(without_a_rationale)
    assert "has no rationale" in html(client.get(address(comparison, "schedule")))
    response = decide(client, comparison, "schedule", at=TOMORROW)
    assert "has no rationale" in html(response)
    assert f'value="{TOMORROW}"' in html(response)
    assert not comparison.publications.exists()


def test_where_nothing_speaks_against_it_no_reason_is_asked_for(client, editor):
    comparison = golden()
    for page in ("publish", "schedule"):
        assert 'name="override"' not in html(client.get(address(comparison, page)))


# --- The reason ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "fields"), [("publish", {}), ("schedule", {"at": TOMORROW})])
def test_with_a_reason_it_is_published_and_the_history_says_why_and_by_whom(client, editor, name, fields):
    comparison = ready(without_a_rationale)
    decide(client, comparison, name, override=REASON, **fields)
    publication = comparison.publications.get()
    assert (publication.override, publication.by) == (REASON, editor)
    history = html(client.get(address(comparison, "history")))
    row = history[history.index(">Revision 1</td>") :]
    assert re.search(rf"edith\s*<p[^>]*>although something spoke against it: {re.escape(REASON)}</p>", row)


def test_a_publication_s_own_page_shows_the_reason(client, editor):
    publication = publish(ready(without_a_rationale), override=REASON)
    assert REASON in html(client.get(address(publication)))


@pytest.mark.parametrize("reason", ["", "  ", "\r\n"])
def test_a_blank_reason_does_not_publish(client, editor, reason):
    comparison = ready(without_a_rationale)
    assert "has no rationale" in html(decide(client, comparison, "publish", override=reason))
    assert not comparison.publications.exists()


def test_a_reason_that_is_too_long_is_sent_back_as_it_was_typed(client, editor):
    comparison = ready(without_a_rationale)
    response = html(decide(client, comparison, "publish", override="a" * 501))
    assert "Ensure this value has at most 500 characters" in response
    assert "a" * 501 in response
    assert not comparison.publications.exists()


def test_a_revision_published_from_the_history_is_the_one_that_the_reason_is_for(client, editor):
    comparison = ready(without_a_rationale)
    first = publishing.record(comparison, by=None)
    save(client, comparison, title="Newer")
    response = decide(client, comparison, "publish", revision=first.pk)
    assert f'name="revision" value="{first.pk}"' in html(response)
    decide(client, comparison, "publish", revision=first.pk, override=REASON)
    assert comparison.publications.get().revision == first


def test_what_is_needed_as_well_and_the_reason_are_asked_for_one_after_the_other(client, editor):
    comparison = golden(published=False)
    without_a_rationale(comparison)
    publish(QuestionBank.objects.get())
    assert "Publish them together" in html(client.get(address(comparison, "publish")))
    response = html(decide(client, comparison, "publish", together="on"))
    assert "has no rationale" in response
    assert "Publish them together" in response
    decide(client, comparison, "publish", together="on", override=REASON)
    assert comparison.publications.get().override == REASON


# --- Who may -------------------------------------------------------------------------------------


def test_who_may_only_publish_is_told_to_ask_and_gets_no_field(client, publisher):
    comparison = ready(without_a_rationale)
    response = html(decide(client, comparison, "publish"))
    assert "has no rationale" in response
    assert "ask somebody who may publish it all the same" in response
    assert 'name="override"' not in response


@pytest.mark.parametrize(("name", "fields"), [("publish", {}), ("schedule", {"at": TOMORROW})])
def test_who_may_only_publish_cannot_give_a_reason(client, publisher, name, fields):
    comparison = ready(without_a_rationale)
    assert decide(client, comparison, name, override=REASON, **fields).status_code == 403
    assert not comparison.publications.exists()


def test_who_may_only_publish_publishes_what_nothing_speaks_against(client, publisher):
    article = make_article()
    assert "is live" in said(decide(client, article, "publish"))


def test_the_right_to_override_alone_publishes_nothing(client):
    user = make_user("arthur", group="Author")
    user.user_permissions.add(Permission.objects.get(codename="override_gate"))
    client.force_login(user)
    comparison = ready(without_a_rationale)
    assert decide(client, comparison, "publish", override=REASON).status_code == 403


# --- What an edit changes elsewhere --------------------------------------------------------------


@pytest.mark.parametrize("name", ["publish", "schedule"])
def test_a_path_s_pages_say_what_the_edit_changes_in_each_live_comparison(client, editor, name):
    comparison = golden()
    draft = make_comparison(gig_work(), make_path("Another"), title="Not live")
    rate(q2={"value": 85})(comparison)
    response = html(client.get(address(gig_work(), name)))
    assert (
        "This moves the mean margin by 3.5 points towards Microtask gig work "
        "and changes the verdict in 22.9% of answer sets."
    ) in response
    assert address(comparison) in response
    assert address(draft) not in response


@pytest.mark.parametrize("name", ["publish", "schedule"])
def test_the_bank_s_pages_say_what_the_edit_changes_in_each_live_comparison(client, editor, name):
    comparison = golden()

    def turn(document):
        document["criteria"][0]["questions"][1]["shape"] = "near"

    changed(QuestionBank.objects.get(), turn)
    response = html(client.get(address(QuestionBank.objects.get(), name)))
    assert address(comparison) in response
    assert re.search(r"This moves the mean margin by \d\.\d points towards .* of answer sets\.", response)


def test_the_page_of_an_edit_says_what_it_newly_stops_and_takes_a_reason(client, editor):
    comparison = golden()
    with_a_dead_question(comparison)
    response = html(client.get(address(gig_work(), "publish")))
    assert f"“{comparison.title}”: “How much project-length?” changes nothing" in response
    decide(client, gig_work(), "publish", override=REASON)
    assert gig_work().publications.at(timezone.now()).get().override == REASON


def test_an_edit_of_words_leaves_verdicts_as_they_are(client, editor):
    golden()
    changed(gig_work(), lambda document: document.update(summary="Small tasks for small pay."))
    assert "This leaves all its verdicts as they are." in html(client.get(address(gig_work(), "publish")))


def test_a_form_that_comes_or_goes_is_told_as_that(client, editor):
    comparison = golden(published=False)
    publish(comparison, with_required=True)
    bank = QuestionBank.objects.get()
    assert "This gives it a decision form." in html(client.get(address(bank, "publish")))
    publish(bank)
    changed(gig_work(), lambda document: document.update(ratings=[]))
    response = html(client.get(address(gig_work(), "publish")))
    assert "This takes its decision form away: on no question all its paths have a rating." in response


def test_the_revision_that_is_chosen_is_the_one_whose_effect_is_told(client, editor):
    comparison = golden()
    first = gig_work().revisions.first()
    rate(q2={"value": 50})(comparison)
    publish(gig_work())
    with_a_dead_question(comparison)
    response = decide(client, gig_work(), "schedule", at="2020-01-01T09:00", revision=first.pk)
    assert "has passed" in html(response)
    response = client.post(address(gig_work(), "publish"), {"seen": "old", "revision": first.pk})
    assert re.search(r"by \d\.\d points towards Remote project management and changes", html(response))


def test_a_comparison_s_pages_lead_to_its_fairness_report(client, editor):
    comparison = golden()
    for page in ("publish", "schedule", "history", "change"):
        assert address(comparison, "fairness") in html(client.get(address(comparison, page)))


def test_the_pages_of_what_no_form_is_made_of_say_nothing_of_forms(client, editor):
    assert "Before you decide" not in html(client.get(address(make_article(), "publish")))


def test_the_withdraw_page_of_a_much_used_path_asks_no_more_than_of_another(client, editor):
    path, *others = [make_path(f"Path {number}") for number in range(6)]
    for article in (path, *others, make_comparison(path, others[0])):
        publish(article)
    with queries() as asked_before:
        client.get(address(path, "withdraw"))
    for other in others[1:]:
        publish(make_comparison(path, other))
    with queries() as asked:
        page = html(client.get(address(path, "withdraw")))
    assert page.count(" vs ") >= len(others)
    assert len(asked) <= len(asked_before) <= 24, asked


def test_withdrawing_is_not_asked_about_forms(client, editor):
    golden()
    assert "Before you decide" not in html(client.get(address(gig_work(), "withdraw")))


def test_more_comparisons_take_no_more_queries(client, editor):
    comparison = golden()
    rate(q2={"value": 20})(comparison)
    client.get(address(gig_work(), "schedule"))
    with queries() as few:
        client.get(address(gig_work(), "schedule"))
    for number in range(3):
        publish(make_comparison(*comparison.paths.all(), title=f"Again {number}"))
    with queries() as many:
        client.get(address(gig_work(), "schedule"))
    assert len(many) == len(few) <= 60
