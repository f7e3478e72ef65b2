"""The question bank's forms: five options each, and a revision of the whole bank with every change."""

import re

import pytest
from django.urls import reverse

from comparisons.models import CareerPath, Criterion, Question
from tests.forms import form_data, save
from tests.makers import golden, make_bank, make_user

pytestmark = pytest.mark.django_db

WORDS = ["nothing", "hardly anything", "something", "plenty", "everything"]


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


@pytest.fixture
def bank():
    return make_bank()


def address(row, page="change"):
    return reverse(f"admin:comparisons_{type(row)._meta.model_name}_{page}", args=[row.pk])


def options(words):
    return {f"options_{position}": text for position, text in zip((0, 25, 50, 75, 100), words, strict=True)}


def edit(client, row, **changes):
    page = client.get(address(row))
    return client.post(address(row), form_data(page, **changes) | {"_save": "1"})


def test_options_are_five_inputs_at_their_positions(client, editor, bank):
    html = client.get(address(Question.objects.first())).content.decode()
    for index, position in enumerate((0, 25, 50, 75, 100)):
        assert f'<label for="id_options_{index}">at {position}</label>' in html
        assert re.search(f'<input type="text" name="options_{position}"[^>]* id="id_options_{index}"', html)


def test_options_are_stored_as_a_list_and_the_bank_gets_a_revision(client, editor, bank):
    question = Question.objects.first()
    response = edit(client, question, **options(WORDS))
    question.refresh_from_db()
    revision = bank.revisions.get()
    stored = [q for criterion in revision.document["criteria"] for q in criterion["questions"]]
    assert question.options == WORDS
    assert next(q for q in stored if q["id"] == str(question.pk))["options"] == WORDS
    assert revision.author == editor
    assert response.url == address(bank)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([*WORDS[:4], ""], "Each option needs its own words."),
        ([*WORDS[:4], " "], "Each option needs its own words."),
        ([*WORDS[:4], "plenty"], "Two options have the same words."),
    ],
)
def test_options_that_say_nothing_or_the_same_are_refused(client, editor, bank, words, message):
    response = edit(client, Question.objects.first(), **options(words))
    assert message in response.content.decode()
    assert not bank.revisions.exists()


def test_a_criterion_s_form_has_its_questions(client, editor, bank):
    criterion = Criterion.objects.first()
    data = {
        "questions-TOTAL_FORMS": "3",
        "questions-2-prompt": "How much more?",
        "questions-2-slug": "more",
        "questions-2-shape": "near",
        **{f"questions-2-{name}": text for name, text in options(WORDS).items()},
    }
    edit(client, criterion, **data)
    assert criterion.questions.get(slug="more").options == WORDS
    assert "How much more?" in bank.revisions.get().text


def test_a_save_that_changes_nothing_makes_no_revision_of_the_bank(client, editor, bank):
    save(client, bank)
    for row in (Criterion.objects.first(), Question.objects.first()):
        edit(client, row)
    assert bank.revisions.count() == 1


def test_the_bank_leads_to_its_criteria_and_they_lead_back(client, editor, bank):
    criterion = Criterion.objects.first()
    assert address(criterion) in client.get(address(bank)).content.decode()
    assert address(bank) in client.get(address(criterion)).content.decode()


def test_deleting_a_question_makes_a_revision(client, editor, bank):
    question = Question.objects.first()
    client.post(address(question, "delete"), {"post": "yes"})
    assert not Question.objects.filter(pk=question.pk).exists()
    assert question.slug not in bank.revisions.get().text


def test_a_question_that_paths_are_rated_on_stays(client, editor):
    golden(published=False)
    question = Question.objects.first()
    for row in (question, question.criterion):
        html = client.post(address(row, "delete"), {"post": "yes"}).content.decode()
        assert "can't be deleted" in html
        for path in CareerPath.objects.all():
            assert f'the draft of “<a href="{address(path)}">{path.title}</a>”' in html
    assert Question.objects.filter(pk=question.pk).exists()


def test_a_question_bank_has_no_page_to_preview(client, editor, bank):
    assert "Preview in a new tab" not in client.get(address(bank)).content.decode()
    assert client.get(address(bank, "preview")).status_code == 404
