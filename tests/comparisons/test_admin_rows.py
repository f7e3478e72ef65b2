"""What is unique among the rows of a comparison, a path or the bank can go from one row to another."""

import pytest

from comparisons.models import Contender, Question
from tests.forms import address, form_data, said, save
from tests.makers import golden, make_bank, make_comparison, make_path, make_user, publish

pytestmark = pytest.mark.django_db

WORDS = {f"questions-2-options_{position}": f"at {position}" for position in (0, 25, 50, 75, 100)}


@pytest.fixture(autouse=True)
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def comparison():
    return make_comparison(*map(make_path, ("Tutoring", "Bookkeeping", "Fishing")))


def compared(comparison):
    return [contender.path.title for contender in comparison.contenders.select_related("path")]


def chosen(comparison, *titles):
    paths = {contender.path.title: contender.path_id for contender in comparison.contenders.all()}
    return {f"contenders-{place}-path": str(paths[title]) for place, title in enumerate(titles)}


def test_contenders_change_their_paths_among_each_other(client, comparison):
    save(client, comparison, **chosen(comparison, "Bookkeeping", "Fishing", "Tutoring"))
    assert compared(comparison) == ["Bookkeeping", "Fishing", "Tutoring"]
    assert [row["path"] for row in comparison.revisions.get().document["contenders"]] == [
        str(contender.path_id) for contender in comparison.contenders.all()
    ]


def test_a_contender_takes_the_path_of_one_that_is_deleted_with_the_same_save(client, comparison):
    save(client, comparison, **chosen(comparison, "Fishing", "Tutoring"), **{"contenders-2-DELETE": "on"})
    assert compared(comparison) == ["Fishing", "Tutoring"]


def test_what_is_refused_leaves_all_rows_as_they_were(client, comparison):
    save(client, comparison, title="", **chosen(comparison, "Bookkeeping", "Tutoring"))
    assert compared(comparison) == ["Tutoring", "Bookkeeping", "Fishing"]


def test_ratings_change_their_questions_among_each_other(client):
    path = golden(published=False).contenders.first().path
    first, second = path.ratings.all()[:2]
    changes = {"ratings-0-question": str(second.question_id), "ratings-1-question": str(first.question_id)}
    save(client, path, **changes)
    changed = path.ratings.in_bulk([first.pk, second.pk])
    assert changed[first.pk].question_id == second.question_id
    assert changed[second.pk].question_id == first.question_id


def test_questions_of_a_form_change_places_by_being_chosen_anew(client):
    comparison = golden(published=False)
    one, two = Question.objects.all()[:2]
    for position, question in enumerate((one, two)):
        comparison.form_questions.create(question=question, position=position)
    changes = {"form_questions-0-question": str(two.pk), "form_questions-1-question": str(one.pk)}
    save(client, comparison, **changes)
    assert [row.question for row in comparison.form_questions.all()] == [two, one]


def test_criteria_change_their_slugs_among_each_other(client):
    bank = make_bank()
    first, second = bank.criteria.all()[:2]
    save(client, bank, **{"criteria-0-slug": second.slug, "criteria-1-slug": first.slug})
    assert [criterion.slug for criterion in bank.criteria.all()[:2]] == [second.slug, first.slug]


def test_a_criterion_takes_the_slug_of_one_that_is_deleted_with_the_same_save(client):
    bank = make_bank()
    first, second = bank.criteria.all()[:2]
    save(client, bank, **{"criteria-0-slug": second.slug, "criteria-1-DELETE": "on"})
    assert bank.criteria.get(pk=first.pk).slug == second.slug
    assert not bank.criteria.filter(pk=second.pk).exists()


def test_questions_change_their_slugs_among_each_other(client):
    criterion = make_bank().criteria.first()
    first, second = criterion.questions.all()
    save(client, criterion, "_save", **{"questions-0-slug": second.slug, "questions-1-slug": first.slug})
    assert [question.slug for question in criterion.questions.all()] == [second.slug, first.slug]


def test_a_question_takes_the_slug_of_one_that_is_deleted_with_the_same_save(client):
    criterion = make_bank().criteria.first()
    first, second = criterion.questions.all()
    changes = {"questions-0-slug": second.slug, "questions-1-DELETE": "on"}
    save(client, criterion, "_save", **changes)
    assert criterion.questions.get() == first
    assert criterion.questions.get().slug == second.slug


@pytest.mark.parametrize("row", ["criterion", "question"])
def test_a_slug_that_a_sibling_has_is_refused_in_the_row_s_own_form(client, row):
    bank = make_bank()
    rows = bank.criteria.all() if row == "criterion" else bank.criteria.first().questions.all()
    first, second = rows[:2]
    response = save(client, first, "_save", slug=second.slug)
    assert response.status_code == 200
    assert "already exists" in response.content.decode()
    assert type(first).objects.get(pk=first.pk).slug == first.slug
    assert not bank.revisions.exists()


def test_a_path_that_somebody_added_meanwhile_is_named_and_not_compared_twice(client, comparison):
    data = form_data(client.get(address(comparison)))
    path = make_path("Sailing")
    Contender.objects.create(comparison=comparison, path=path, position=9)
    new = {"contenders-TOTAL_FORMS": "4", "contenders-3-path": str(path.pk), "contenders-3-position": "4"}
    response = client.post(address(comparison), data | new | {"_continue": "1"})
    assert "Somebody else added the same meanwhile." in response.content.decode()
    assert compared(comparison) == ["Tutoring", "Bookkeeping", "Fishing", "Sailing"]


def test_restoring_gives_rows_back_what_others_have_by_now(client, comparison):
    first = publish_all(comparison)
    save(client, comparison, **chosen(comparison, "Bookkeeping", "Fishing", "Tutoring"))
    response = client.post(address(comparison, "restore"), {"revision": first.pk})
    assert "as it was in revision 1" in said(response)
    assert compared(comparison) == ["Tutoring", "Bookkeeping", "Fishing"]


def publish_all(comparison):
    for contender in comparison.contenders.all():
        publish(contender.path)
    return publish(comparison).revision
