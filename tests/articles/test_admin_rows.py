"""The rows of a form: values that go from one to another, and rows that others add and delete meanwhile."""

import pytest

from articles.models import Article, Byline, Section
from tests.forms import address, form_data, save
from tests.makers import make_article, make_author, make_path, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

GONE = "This row was deleted by somebody else meanwhile."
TAKEN = "Somebody else added the same meanwhile."
HEADINGS = ("One", "Two", "Three")


@pytest.fixture(autouse=True)
def writer(client):
    user = make_user("arthur", group="Author")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    sections = [{"role": "body", "heading": each, "body": f"<p>{each}.</p>"} for each in HEADINGS]
    return make_article(authors=("Ann", "Bob"), sections=sections)


def send(client, article, data, **changes):
    return client.post(address(article), data | changes | {"_continue": "1"})


def authors(article):
    return [byline.author.name for byline in article.bylines.select_related("author")]


def headings(article):
    return [section.heading for section in article.sections.all()]


# --- Values that go from one row to another ------------------------------------------------------


@pytest.mark.every_database
def test_two_authors_change_places_by_being_chosen_anew(client, article):
    ann, bob = make_author("Ann").pk, make_author("Bob").pk
    save(client, article, **{"bylines-0-author": str(bob), "bylines-1-author": str(ann)})
    assert authors(article) == ["Bob", "Ann"]


def test_a_row_takes_the_author_of_one_that_is_deleted_with_the_same_save(client, article):
    bob = make_author("Bob").pk
    save(client, article, **{"bylines-0-author": str(bob), "bylines-1-DELETE": "on"})
    assert authors(article) == ["Bob"]


@pytest.mark.every_database
def test_a_new_row_takes_the_author_of_one_that_is_changed_with_the_same_save(client, article):
    ann, zoe = make_author("Ann").pk, make_author("Zoe").pk
    changes = {"bylines-0-author": str(zoe), "bylines-2-author": str(ann), "bylines-2-position": "3"}
    save(client, article, **changes, **{"bylines-TOTAL_FORMS": "3"})
    assert authors(article) == ["Zoe", "Bob", "Ann"]


def test_two_rows_with_one_author_are_still_refused(client, article):
    ann = make_author("Ann").pk
    response = save(client, article, **{"bylines-1-author": str(ann)})
    assert "Please correct the duplicate" in response.content.decode()
    assert authors(article) == ["Ann", "Bob"]


# --- Rows that others deleted --------------------------------------------------------------------


def test_a_row_that_somebody_deleted_meanwhile_is_named_and_all_that_was_typed_is_kept(client, article):
    data = form_data(client.get(address(article)))
    article.sections.get(heading="Two").delete()
    typed = {"title": "Mine", "sections-1-heading": "Two, longer", "sections-2-heading": "Three, longer"}
    response = send(client, article, data, **typed)
    assert response.content.decode().count(GONE) == 1
    again = form_data(response)
    assert again["title"] == ["Mine"]
    assert [again[f"sections-{place}-heading"] for place in range(3)] == [
        ["One"],
        ["Three, longer"],
        ["Two, longer"],
    ]
    assert Article.objects.get().title == article.title


@pytest.mark.every_database
def test_saving_again_adds_the_deleted_row_anew_in_its_place(client, article):
    data = form_data(client.get(address(article)))
    article.sections.get(heading="Two").delete()
    again = form_data(send(client, article, data, **{"sections-1-heading": "Two, longer"}))
    response = send(client, article, again)
    assert GONE not in response.content.decode()
    assert headings(article) == ["One", "Two, longer", "Three"]


def test_the_rows_that_stay_are_the_same_rows_and_not_copies(client, article):
    kept = set(article.sections.exclude(heading="Two").values_list("pk", flat=True))
    data = form_data(client.get(address(article)))
    article.sections.get(heading="Two").delete()
    send(client, article, form_data(send(client, article, data)))
    assert kept < set(article.sections.values_list("pk", flat=True))
    assert Section.objects.count() == 3


def test_new_rows_follow_those_that_were_there(client, article):
    data = form_data(client.get(address(article)))
    new = {"sections-TOTAL_FORMS": "4", "sections-3-role": "body", "sections-3-heading": "Four"}
    article.sections.get(heading="Two").delete()
    again = form_data(send(client, article, data, **new, **{"sections-3-position": "9"}))
    send(client, article, again)
    assert headings(article) == ["One", "Two", "Three", "Four"]


def test_a_row_that_both_deleted_is_gone_without_a_word(client, article):
    data = form_data(client.get(address(article)))
    article.sections.get(heading="Two").delete()
    response = send(client, article, data, **{"sections-1-DELETE": "on"})
    assert GONE not in response.content.decode()
    assert headings(article) == ["One", "Three"]
    assert article.revisions.count() == 1


def test_a_row_that_both_deleted_does_not_come_back_with_a_mistake_elsewhere(client, article):
    data = form_data(client.get(address(article)))
    article.sections.get(heading="Two").delete()
    again = form_data(send(client, article, data, title="", **{"sections-1-DELETE": "on"}))
    send(client, article, again, title="Corrected")
    assert headings(article) == ["One", "Three"]


def test_a_byline_that_somebody_deleted_is_named_in_its_table(client, article):
    data = form_data(client.get(address(article)))
    article.bylines.get(author__name="Ann").delete()
    response = send(client, article, data)
    assert GONE in response.content.decode()
    send(client, article, form_data(response))
    assert set(authors(article)) == {"Ann", "Bob"}


# --- Rows that others added or moved -------------------------------------------------------------


@pytest.mark.every_database
def test_an_author_whom_somebody_added_meanwhile_is_named_and_not_added_twice(client, article):
    data = form_data(client.get(address(article)))
    zoe = make_author("Zoe")
    Byline.objects.create(article=article, author=zoe, position=9)
    changes = {"bylines-TOTAL_FORMS": "3", "bylines-2-author": str(zoe.pk), "bylines-2-position": "3"}
    response = send(client, article, data, **changes)
    assert TAKEN in response.content.decode()
    assert form_data(response)["bylines-2-author"] == [str(zoe.pk)]
    again = form_data(response) | {"bylines-TOTAL_FORMS": "2"}
    send(client, article, again)
    assert authors(article) == ["Ann", "Bob", "Zoe"]


def test_a_row_that_somebody_moved_meanwhile_keeps_its_name_beside_its_own_fields(client, article):
    data = form_data(client.get(address(article)))
    article.sections.filter(heading="Three").update(position=0)
    article.sections.filter(heading="One").update(position=9)
    page = send(client, article, data, title="")
    rows = page.context["inline_admin_formsets"][0]
    paired = [(row.original.heading, row.form["heading"].value()) for row in rows if row.original]
    assert paired == [(heading, heading) for heading in HEADINGS]


# --- Hidden fields -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"), [("sections-0-position", "first"), ("sections-0-article", "strange")]
)
def test_what_is_wrong_with_a_hidden_field_is_said_where_it_can_be_seen(client, article, name, value):
    response = save(client, article, **{name: value})
    rows = response.context["inline_admin_formsets"][0].formset
    assert rows.forms[0].non_field_errors()
    assert str(rows.forms[0].non_field_errors()) in response.content.decode()


def test_a_row_of_another_article_is_not_taken_over(client, article):
    path = make_path()
    strange = path.sections.get()
    response = save(client, article, **{"sections-0-id": str(strange.pk)})
    assert GONE in response.content.decode()
    assert path.sections.get() == strange
