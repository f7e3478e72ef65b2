"""Reader examples: what their answers lead to, and what may be stored."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from articles import documents, kinds, publishing
from articles.records import DocumentError
from comparisons.decision import Criterion, DecisionForm, Path
from comparisons.examples import play
from comparisons.models import ReaderExample
from tests.comparisons.test_scoring_golden import ANSWERS, FORM, GIG, PROJECT
from tests.comparisons.unfair import example, gig_work, with_examples
from tests.makers import golden, make_path, publish

# --- What comes out ------------------------------------------------------------------------------

DECISION = DecisionForm(
    paths=(Path(GIG, "gig work", "gig", "en"), Path(PROJECT, "project management", "project", "en")),
    criteria=tuple(Criterion(key, key, "") for key in FORM.criteria),
    questions=tuple(SimpleNamespace(id=question.id) for question in FORM.questions),
    grounds={},
    table=FORM,
    language="en",
)


def played(**parts):
    whole = {
        "id": "1",
        "description": "A reader",
        "importances": {},
        "expected": GIG,
        "answers": ANSWERS,
    }
    [found] = play(DECISION, [whole | parts])
    return found


def test_an_example_that_leads_where_it_should_is_as_expected():
    assert played().is_as_expected
    assert played().actual == "lean to gig work: it is 14.5 points ahead"


def test_an_example_that_leads_to_another_path_says_what_came_out_instead():
    found = played(expected=PROJECT)
    assert not found.is_as_expected
    assert found.message.startswith(
        "The reader example “A reader” should lean to project management; instead, its answers lean to "
        "gig work: it is 14.5 points ahead."
    )


def test_an_example_may_expect_that_it_is_too_close_to_call():
    middle = dict.fromkeys(ANSWERS, 2)
    assert played(answers=middle, expected=None).is_as_expected
    found = played(answers=middle)
    assert not found.is_as_expected
    assert found.actual == "are too close to call: project management is 4.5 points ahead"


def test_too_few_answers_are_no_tie():
    found = played(answers={"q1": 0}, expected=None)
    assert not found.is_as_expected
    assert found.actual == "are not enough for a verdict: 1 of 10"


def test_importances_count():
    weights = dict.fromkeys(FORM.criteria, 0) | {FORM.criteria[0]: 4}
    found = played(importances=weights, expected=PROJECT)
    assert found.actual == "lean to project management: it is 17.5 points ahead"


def test_answers_to_what_is_not_asked_any_more_are_left_out():
    assert played(answers=ANSWERS | {"gone": 4}, importances={"gone": 4}).is_as_expected


def test_a_path_that_is_not_compared_is_never_led_to():
    found = played(expected="stranger")
    assert not found.is_as_expected
    assert "a path that isn’t compared here" in found.expected


def test_examples_are_played_in_order():
    whole = {"description": "A reader", "importances": {}, "expected": GIG, "answers": {}}
    assert [each.id for each in play(replace(DECISION), [whole | {"id": key} for key in "ba"])] == ["b", "a"]


# --- What is stored ------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_an_example_is_part_of_the_document_and_comes_back_from_it():
    comparison = golden(published=False)
    with_examples(comparison, example(comparison, expected=gig_work()), example(comparison, expected=None))
    document = documents.compose(comparison)
    assert [each["expected"] for each in document["examples"]] == [str(gig_work().pk), None]
    ReaderExample.objects.all().delete()
    assert documents.compose(documents.restore(document)) == document


@pytest.mark.parametrize("choice", [5, -1, True, "2", 1.5, None])
@pytest.mark.parametrize("name", ["answers", "importances"])
def test_choices_are_whole_numbers_from_0_to_4(name, choice):
    comparison = golden(published=False)
    with pytest.raises(DocumentError, match=rf"examples\[0\].{name}: Choices are whole numbers from 0 to 4"):
        with_examples(comparison, example(comparison, expected=None, **{name: {str(comparison.pk): choice}}))


def test_choices_are_named_by_ids():
    comparison = golden(published=False)
    with pytest.raises(DocumentError, match=r"examples\[0\].answers: “q1” is no id of a question"):
        with_examples(comparison, example(comparison, expected=None, answers={"q1": 2}))


def test_an_example_leads_to_a_path_that_is_there():
    comparison = golden(published=False)
    strange = example(comparison, expected=None) | {"expected": "00000000-0000-4000-8000-000000000000"}
    with pytest.raises(DocumentError, match="there is no career path with the id"):
        with_examples(comparison, strange)


def test_an_example_leads_to_a_path_that_is_compared():
    comparison = golden(published=False)
    with_examples(comparison, example(comparison, expected=make_path("Fishing")))
    with pytest.raises(publishing.NotReady, match="should lean to a path that isn't compared here"):
        publish(comparison)


def test_a_comparison_from_before_there_were_examples_has_none():
    comparison = golden(published=False)
    document = documents.compose(comparison)
    older = {name: value for name, value in document.items() if name != "examples"} | {"schema": 1}
    assert documents.upgrade(older) == document
    assert kinds.get("comparison").schema == 5
