"""The gate: what the fairness report stops goes live only with a reason; a path answers for its own edit."""

from unittest.mock import Mock

import pytest
from django.utils import timezone

from articles import documents, kinds, publishing
from articles.models import Article, Publication
from articles.obstacles import Objected
from comparisons import examination
from comparisons.models import QuestionBank
from tests.base import DAY, at, queries, soon
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
from tests.makers import golden, make_article, make_comparison, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def live(article):
    return article.publications.at(timezone.now()).first()


def objections(article):
    return list(kinds.get(article.kind).objections(documents.compose(article), timezone.now()))


# --- A comparison --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STOPS)
def test_what_stops_a_form_keeps_its_comparison_from_going_live(name):
    change, message = STOPS[name]
    comparison = ready(change)
    with pytest.raises(Objected, match=message) as refused:
        publishing.publish(comparison, by=None)
    assert {each.about for each in refused.value.objections} == {comparison.title}
    assert not comparison.publications.exists()


@pytest.mark.parametrize("name", STOPS)
def test_what_stops_a_form_keeps_its_comparison_from_being_scheduled(name):
    change, message = STOPS[name]
    with pytest.raises(Objected, match=message):
        publishing.schedule(ready(change), by=None, at=soon())


@pytest.mark.every_database
def test_the_worked_example_passes_the_gate():
    comparison = golden()
    assert objections(comparison) == []
    assert live(comparison).override == ""


def test_a_comparison_without_a_decision_form_passes_the_gate():
    publication = publish(make_comparison(make_path("One"), make_path("Two")), with_required=True)
    assert publication.override == ""


@pytest.mark.every_database
def test_paths_published_together_with_it_are_looked_at_as_they_will_be():
    comparison = golden(published=False)
    without_a_rationale(comparison)
    publish(QuestionBank.objects.get())
    with pytest.raises(Objected, match="has no rationale"):
        publishing.publish(comparison, by=None, with_required=True)
    assert not Publication.objects.filter(kind="career-path").exists()


def test_a_scheduled_comparison_is_looked_at_as_of_its_moment():
    comparison = ready(without_a_rationale)
    rate(q1={"rationale": "Beginners are taken."})(comparison)
    publishing.schedule(gig_work(), by=None, at=soon(hours=2))
    with pytest.raises(Objected, match="has no rationale"):
        publishing.schedule(comparison, by=None, at=soon(hours=1))
    assert publishing.schedule(comparison, by=None, at=soon(hours=3)).override == ""


def test_an_older_revision_is_looked_at_like_any_other():
    comparison = golden()
    fine = live(comparison).revision
    change, _ = STOPS["reader example"]
    change(comparison)
    unfair = publishing.record(comparison, by=None)
    with pytest.raises(Objected):
        publishing.publish(comparison, by=None, revision=unfair)
    assert publishing.publish(comparison, by=None, revision=fine).revision == fine


# --- In spite of it ------------------------------------------------------------------------------


def test_with_a_reason_it_goes_live_and_the_reason_is_kept_with_who_gave_it():
    editor = make_user()
    publication = publishing.publish(ready(without_a_rationale), by=editor, override=f"  {REASON}\n")
    publication.refresh_from_db()
    assert (publication.override, publication.by) == (REASON, editor)


def test_with_a_reason_it_can_be_scheduled():
    publication = publishing.schedule(ready(without_a_rationale), by=None, at=soon(), override=REASON)
    assert publication.override == REASON


@pytest.mark.parametrize("blank", ["", " ", "\n\t "])
def test_a_blank_reason_is_none(blank):
    with pytest.raises(Objected):
        publishing.publish(ready(without_a_rationale), by=None, override=blank)


def test_a_reason_has_at_most_500_characters():
    comparison = ready(without_a_rationale)
    with pytest.raises(publishing.PublishingError, match="longer than 500 characters"):
        publishing.publish(comparison, by=None, override="a" * 501)
    assert publishing.publish(comparison, by=None, override="a" * 500).override == "a" * 500


def test_a_reason_that_nothing_asked_for_is_not_kept():
    assert publishing.publish(golden(), by=None, override=REASON).override == ""


def test_publishing_again_what_is_live_asks_for_no_second_reason():
    comparison = ready(without_a_rationale)
    first = publishing.publish(comparison, by=None, override=REASON)
    assert publishing.publish(comparison, by=None) == first
    assert comparison.publications.count() == 1


def test_a_reason_does_not_get_round_the_rules_of_publishing():
    comparison = ready(without_a_rationale)
    Article.objects.filter(pk=comparison.pk).update(summary="")
    with pytest.raises(publishing.NotReady):
        publishing.publish(comparison, by=None, override=REASON)


# --- A path --------------------------------------------------------------------------------------


def test_an_edit_of_a_path_answers_for_what_it_causes_in_live_comparisons():
    comparison = golden()
    with_a_dead_question(comparison)
    with pytest.raises(Objected, match="changes nothing") as refused:
        publishing.publish(gig_work(), by=None)
    assert [each.about for each in refused.value.objections] == [comparison.title]
    assert live(gig_work()).revision.document["ratings"][4]["value"] == 10


def test_an_edit_of_a_path_does_not_answer_for_what_was_there_before():
    comparison = ready(without_a_rationale)
    publishing.publish(comparison, by=None, override=REASON)
    rate(q2={"value": 20})(comparison)
    assert publishing.publish(gig_work(), by=None).override == ""
    with_a_dead_question(comparison)
    with pytest.raises(Objected) as refused:
        publishing.publish(gig_work(), by=None)
    assert [each.message.split(":")[0] for each in refused.value.objections] == [
        "“How much project-length?” changes nothing"
    ]


def test_an_edit_of_a_path_answers_for_a_reader_example_that_it_leads_elsewhere():
    comparison = golden()
    change, _ = STOPS["reader example"]
    change(comparison)
    gig_work_expected = str(gig_work().pk)
    changed(comparison, lambda document: document["examples"][0].update(expected=gig_work_expected))
    publish(comparison)
    rate(q3={"value": 0}, q4={"value": 60}, q7={"value": 50}, q9={"value": 60})(comparison)
    with pytest.raises(Objected, match="instead, its answers") as refused:
        publishing.publish(gig_work(), by=None)
    assert "wants side income on Sundays" in str(refused.value)


def test_a_path_that_no_live_comparison_uses_may_say_anything():
    comparison = golden(published=False)
    without_a_rationale(comparison)
    publish(QuestionBank.objects.get())
    assert publish(gig_work()).override == ""


def test_an_edit_of_a_path_is_looked_at_as_of_its_moment():
    comparison = golden()
    with_a_dead_question(comparison)
    publishing.withdraw(comparison, by=None, at=soon(hours=2))
    with pytest.raises(Objected):
        publishing.schedule(gig_work(), by=None, at=soon(hours=1))
    publishing.schedule(gig_work(), by=None, at=soon(hours=3))


# --- The question bank ---------------------------------------------------------------------------


def with_other_shapes(document):
    for criterion in document["criteria"]:
        for question in criterion["questions"]:
            question["shape"] = {"at_least": "at_most", "at_most": "at_least"}.get(question["shape"], "near")


def test_an_edit_of_the_bank_answers_for_every_live_comparison():
    comparison = golden()
    other = make_comparison(*comparison.paths.all(), title="The same again")
    publish(other)
    changed(QuestionBank.objects.get(), with_other_shapes)
    with pytest.raises(Objected) as refused:
        publish(QuestionBank.objects.get())
    assert {each.about for each in refused.value.objections} == {comparison.title, other.title}


def test_the_first_bank_answers_for_the_forms_that_it_makes():
    comparison = golden(published=False)
    without_a_rationale(comparison)
    publish(comparison, with_required=True)
    with pytest.raises(Objected, match="has no rationale"):
        publish(QuestionBank.objects.get())


def with_another_help_text(document):
    document["criteria"][0]["questions"][0]["help"] = "Count courses as well."


def test_another_help_text_causes_nothing():
    golden()
    bank = changed(QuestionBank.objects.get(), with_another_help_text)
    assert publish(bank).override == ""


# --- What it costs -------------------------------------------------------------------------------


def test_an_article_without_a_form_costs_no_query():
    article = make_article()
    document = documents.compose(article)
    with queries() as asked:
        assert list(kinds.get("article").objections(document, timezone.now())) == []
    assert asked == []


def test_a_path_that_nothing_compares_costs_one_query():
    document = documents.compose(make_path())
    with queries() as asked:
        assert list(kinds.get("career-path").objections(document, timezone.now())) == []
    assert len(asked) == 1


def test_more_comparisons_cost_no_more_queries():
    comparison = golden()
    document = documents.compose(gig_work())
    with queries() as few:
        list(kinds.get("career-path").objections(document, timezone.now()))
    for number in range(3):
        publish(make_comparison(*comparison.paths.all(), title=f"Again {number}"))
    with queries() as many:
        list(kinds.get("career-path").objections(document, timezone.now()))
    assert len(many) == len(few) == 2


def test_an_edit_that_no_form_is_made_of_is_not_examined(monkeypatch):
    golden()
    changed(gig_work(), lambda document: document["points"][0].update(text="Said in other words."))
    monkeypatch.setattr(examination, "examine", None)
    assert publish(gig_work()).override == ""


def test_a_form_that_nothing_stops_is_examined_once(monkeypatch):
    golden()
    rate(q2={"value": 17})(None)  # no other test examines such a form
    examine = Mock(wraps=examination.examine)
    monkeypatch.setattr(examination, "examine", examine)
    publish(gig_work())
    assert examine.call_count == 1


def test_what_is_over_is_not_looked_at():
    comparison = golden()
    publishing.withdraw(comparison, by=None)
    with at(timezone.now() + DAY):
        with_a_dead_question(comparison)
        assert publish(gig_work()).override == ""


SOURCE = "7a0c2a52-4dd0-4c3b-9a0c-0d5f2b6f8f10"


def resting_on_what_expires_soon(document):
    until = str(timezone.localdate() + 9 * DAY)
    document["sources"] = [{"id": SOURCE, "publisher": "A bureau", "title": "A table", "valid_until": until}]
    for rating in document["ratings"]:
        rating.update(uncertainty=20, sources=[SOURCE])


def test_an_expiry_is_not_the_doing_of_an_edit():
    comparison = golden()
    changed(gig_work(), resting_on_what_expires_soon)
    publish(gig_work())
    rate(q9={"value": 12})(comparison)
    with at(timezone.now() + 30 * DAY):
        assert [each.message[:30] for each in objections(comparison)] == ["The verdict leans to Microtask"]
        assert publish(gig_work()).override == ""
