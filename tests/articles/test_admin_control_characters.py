"""Control characters, which no document can hold: the field with one says so, and keeps what was typed."""

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from articles.models import Article, Author, Image
from comparisons.models import Question
from tests.forms import address, form_data, said, save
from tests.makers import golden, make_article, make_author, make_bank, make_comment, make_tag, make_user

pytestmark = pytest.mark.django_db

MODELS = [each for each in admin.site._registry if each._meta.app_label in ("articles", "comparisons")]
MESSAGE = "has the control character U+0002. Remove it."
UNWRITTEN = {"seen", "page"}  # compared and never stored


@pytest.fixture(autouse=True)
def editor(client):
    user = make_user("root", superuser=True)
    client.force_login(user)
    return user


def text_fields(model, user):
    """The text fields of the model's form and of its rows, by name."""
    request = RequestFactory().get("/")
    request.user = user
    own = admin.site._registry[model]
    row = model._default_manager.first()
    found = dict(own.get_form(request, row, change=True)().fields)
    for formset, inline in own.get_formsets_with_inlines(request, row):
        rows = formset(**own.get_formset_kwargs(request, row, inline, "x"))
        found |= {f"{inline.model.__name__}.{name}": field for name, field in rows.empty_form.fields.items()}
    return {name: field for name, field in found.items() if is_text(field) and name not in UNWRITTEN}


def is_text(field):
    parts = field.fields if isinstance(field, forms.MultiValueField) else [field]
    return any(isinstance(part, forms.CharField) for part in parts)


def refusals(field, text):
    several = isinstance(field, forms.MultiValueField)
    try:
        field.clean([text, *"bcdefgh"[: len(field.fields) - 1]] if several else text)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize("character", ["\x00", "\x02", "\x0b", "\x0c", "\x1f", "\x7f", "\ud800"])
def test_every_text_field_of_the_desk_refuses_them(editor, character):
    article = golden()
    make_comment(article)
    make_tag()
    Image.objects.create(file="images/x.png", width=4, height=3, alt="A desk")
    checked = {model.__name__: text_fields(model, editor) for model in MODELS}
    message = f"This has the control character U+{ord(character):04X}. Remove it."
    taken = [
        (model, name)
        for model, fields in checked.items()
        for name, field in fields.items()
        if message not in refusals(field, f"a{character}b")  # beside what else is wrong, as with an address
    ]
    assert taken == []
    assert sum(map(len, checked.values())) > 60


@pytest.mark.parametrize(
    "name", ["title", "slug", "summary", "note", "sections-0-heading", "sections-0-body"]
)
def test_the_form_of_an_article_says_so_and_keeps_what_was_typed(client, name):
    article = make_article()
    response = save(client, article, **{name: "Typed \x02 here"})
    assert MESSAGE in response.content.decode()
    assert form_data(response)[name] == ["Typed \x02 here"]
    assert not article.revisions.exists()


def test_a_reference_to_such_a_character_is_refused_as_well(client):
    article = make_article()
    response = save(client, article, **{"sections-0-body": "<p>Typed &#2; here</p>"})
    assert MESSAGE in response.content.decode()
    assert form_data(response)["sections-0-body"] == ["<p>Typed &#2; here</p>"]
    assert not article.revisions.exists()


def test_a_cell_of_the_differences_refuses_them(client):
    comparison = golden(published=False)
    cell = f"differences-0-cells_{comparison.contenders.first().path_id}"
    response = save(client, comparison, **{cell: "by the \x02 hour"})
    assert MESSAGE in response.content.decode()
    assert form_data(response)[cell] == ["by the \x02 hour"]


@pytest.mark.parametrize("name", ["prompt", "options_25"])
def test_a_question_of_the_bank_refuses_them(client, name):
    bank = make_bank()
    response = save(client, Question.objects.first(), "_save", **{name: "some \x02 thing"})
    assert MESSAGE in response.content.decode()
    assert form_data(response)[name] == ["some \x02 thing"]
    assert not bank.revisions.exists()


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (make_author, "bio"),
        (make_tag, "description"),
        (lambda: make_comment(make_article()), "text"),
        (lambda: make_comment(make_article()), "email"),
    ],
)
def test_forms_of_shared_rows_and_replies_refuse_them(client, make, name):
    row = make()
    response = save(client, row, "_save", **{name: "some \x02 thing"})
    assert MESSAGE in response.content.decode()
    assert "\x02" not in getattr(type(row).objects.get(), name)


# --- Where one is stored already -----------------------------------------------------------------


def test_a_draft_that_can_have_no_revision_is_saved_and_the_reason_said(client):
    article = make_article()
    Author.objects.update(name="Ann\x02 Author")
    response = save(client, article, title="A new title")
    assert "The draft is saved, but there is no revision of it." in said(response)
    assert f"authors[0].name: {MESSAGE}" in said(response)
    assert Article.objects.get().title == "A new title"
    assert not article.revisions.exists()


def test_the_preview_of_such_a_draft_saves_nothing_and_says_nothing_of_saving(client):
    article = make_article()
    Author.objects.update(name="Ann\x02 Author")
    save(client, article, "_preview", title="Only a try")
    response = client.get(address(article))
    assert "The draft is saved" not in said(response)
    assert Article.objects.get().title == article.title


@pytest.mark.parametrize("name", ["change", "delete"])
def test_what_is_changed_in_the_bank_stays_where_it_can_have_no_revision(client, name):
    bank = make_bank()
    first, *others = Question.objects.all()
    Question.objects.filter(pk__in=[each.pk for each in others]).update(prompt="How\x02 much?")
    if name == "change":
        response = save(client, first, "_save", prompt="How little?")
        assert Question.objects.get(pk=first.pk).prompt == "How little?"
    else:
        response = client.post(address(first, "delete"), {"post": "yes"})
        assert not Question.objects.filter(pk=first.pk).exists()
    assert MESSAGE in said(response)
    assert not bank.revisions.exists()
