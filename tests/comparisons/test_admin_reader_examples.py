"""Reader examples at the desk: choices instead of JSON, and nothing that was stored is lost unseen."""

import pytest

from comparisons.models import CareerPath, Question, QuestionBank
from tests.base import queries
from tests.comparisons.unfair import changed, example, gig_work, with_examples
from tests.forms import address, form_data, save
from tests.makers import GOLDEN, golden, make_comparison, make_path, make_user, questions

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def writer(client):
    user = make_user("arthur", group="Author")
    client.force_login(user)
    return user


def html(client, comparison):
    return client.get(address(comparison)).content.decode()


def new(**fields):
    return {"examples-TOTAL_FORMS": "1"} | {f"examples-0-{name}": value for name, value in fields.items()}


def test_there_is_a_choice_for_each_question_that_all_paths_are_rated_on(client, writer):
    comparison = golden(published=False)
    page = html(client, comparison)
    ids = questions(QuestionBank.objects.get())
    for slug, pk in ids.items():
        assert f'<select name="examples-__prefix__-answers_{pk}"' in page
        assert f"How much {slug}?</label>" in page
    assert page.count('<select name="examples-__prefix__-importances_') == 5
    assert '<option value="0">experience none</option>' in page


def test_where_the_comparison_chose_its_questions_there_are_choices_for_those(client, writer):
    comparison = golden(published=False)
    ids = [str(pk) for pk in questions(QuestionBank.objects.get()).values()]
    changed(comparison, lambda document: document.update(questions=[ids[4], ids[0]]))
    found = [key for key in form_keys(client, comparison) if "answers_" in key]
    assert found == [f"examples-__prefix__-answers_{pk}" for pk in (ids[4], ids[0])]


def form_keys(client, comparison):
    page = html(client, comparison)
    names = (part.split('"')[0] for part in page.split('<select name="')[1:])
    return [name for name in names if name.startswith("examples-")]


def test_what_is_chosen_is_stored_as_numbers_by_id_and_the_rest_left_out(client, writer):
    comparison = golden(published=False)
    ids = [str(pk) for pk in questions(QuestionBank.objects.get()).values()]
    criterion = str(Question.objects.get(slug="company").criterion_id)
    fields = {f"answers_{ids[0]}": "0", f"answers_{ids[1]}": "4", f"importances_{criterion}": "3"}
    save(client, comparison, **new(description="wants quiet", expected=str(gig_work().pk), **fields))
    found = comparison.examples.get()
    assert (found.description, found.expected) == ("wants quiet", gig_work())
    assert (found.answers, found.importances) == ({ids[0]: 0, ids[1]: 4}, {criterion: 3})
    assert len(comparison.revisions.first().document["examples"]) == 1


def test_nothing_chosen_as_the_expected_path_means_too_close_to_call(client, writer):
    comparison = golden(published=False)
    save(client, comparison, **new(description="wants everything", expected=""))
    assert comparison.examples.get().expected is None


def test_an_unchanged_form_makes_no_new_revision(client, writer):
    comparison = golden(published=False)
    with_examples(comparison, example(comparison, expected=gig_work()))
    save(client, comparison)
    save(client, comparison)
    assert comparison.revisions.count() == 1
    assert comparison.examples.get().answers == example(comparison, expected=None)["answers"]


@pytest.mark.parametrize("value", ["5", "-1", "x", '{"a": 1}'])
def test_what_is_no_option_is_refused(client, writer, value):
    comparison = golden(published=False)
    pk = next(iter(questions(QuestionBank.objects.get()).values()))
    response = save(client, comparison, **new(description="odd", **{f"answers_{pk}": value}))
    assert "Please correct the error below." in response.content.decode()
    assert not comparison.examples.exists()


def test_an_example_cannot_expect_a_path_of_another_comparison(client, writer):
    comparison = golden(published=False)
    response = save(client, comparison, **new(description="odd", expected=str(make_path("Fishing").pk)))
    assert "Please correct the error below." in response.content.decode()


def test_answers_to_what_is_not_asked_any_more_stay_in_sight_until_they_are_cleared(client, writer):
    comparison = golden(published=False)
    ids = [str(pk) for pk in questions(QuestionBank.objects.get()).values()]
    gone, area = "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000001"
    odd = example(comparison, expected=None, answers={ids[1]: 2, gone: 3}, importances={area: 1})
    changed(comparison, lambda document: document.update(questions=[ids[0]], examples=[odd]))
    page = html(client, comparison)
    assert f"How much {GOLDEN[1][1]}? (not asked here)" in page
    assert "A question that is not there any more" in page
    assert "An area that is not there any more" in page
    save(client, comparison, title="Renamed")
    assert comparison.examples.get().answers == {ids[1]: 2, gone: 3}
    save(client, comparison, **{f"examples-0-answers_{gone}": "", f"examples-0-importances_{area}": ""})
    assert comparison.examples.get().answers == {ids[1]: 2}
    assert "not there any more" not in html(client, comparison)


def test_a_path_that_left_stays_what_the_example_expects_until_somebody_decides(client, writer):
    comparison = golden(published=False)
    with_examples(comparison, example(comparison, expected=gig_work()))
    comparison.contenders.get(path=gig_work()).delete()
    assert "Microtask gig work (not compared here)" in html(client, comparison)
    save(client, comparison, title="Renamed")
    assert comparison.examples.get().expected == gig_work()


def test_a_new_comparison_gets_its_examples_once_it_is_saved(client, writer):
    page = client.get("/admin/comparisons/comparison/add/").content.decode()
    assert "reader examples" not in page.lower()


def test_without_ratings_the_form_says_that_nothing_can_be_answered(client, writer):
    comparison = make_comparison(make_path("One"), make_path("Two"))
    assert "Nothing can be answered yet" in html(client, comparison)


def test_who_may_only_look_sees_the_examples(client):
    client.force_login(make_user(group="Moderator"))
    comparison = golden(published=False)
    with_examples(comparison, example(comparison, expected=gig_work()))
    assert client.get(address(comparison)).status_code == 200


def test_more_examples_take_no_more_queries(client, writer):
    comparison = golden(published=False)
    one = example(comparison, expected=gig_work())
    with_examples(comparison, one)
    client.get(address(comparison))
    with queries() as few:
        client.get(address(comparison))
    with_examples(comparison, *[one] * 8)
    with queries() as many:
        client.get(address(comparison))
    assert len(many) == len(few) <= 42


def test_the_form_of_an_example_has_the_page_s_own_data(client, writer):
    comparison = golden(published=False)
    with_examples(comparison, example(comparison, expected=gig_work()))
    sent = form_data(client.get(address(comparison)))
    pk = next(iter(questions(QuestionBank.objects.get()).values()))
    assert sent[f"examples-0-answers_{pk}"] == ["2"]
    assert sent["examples-0-expected"] == [str(gig_work().pk)]


def test_a_path_that_an_example_leads_to_is_not_deleted(client):
    comparison = golden(published=False)
    stranger = make_path("Fishing")
    with_examples(comparison, example(comparison, expected=stranger))
    client.force_login(make_user("root", superuser=True))
    client.post(address(stranger, "delete"), {"post": "yes"})
    assert CareerPath.objects.filter(pk=stranger.pk).exists()
