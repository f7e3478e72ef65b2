"""Two editors at one draft: nobody overwrites what they haven't seen, and nobody is locked out."""

import json
import re
import threading
from functools import partial
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from articles import documents, formats, publishing
from articles.models import Article
from tests.forms import address, form_data, save
from tests.makers import make_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CHOICES = 'enctype="multipart/form-data"'  # the form on the page about both versions


def logged_in(name):
    client = Client()
    client.force_login(make_user(name, group="Editor"))
    return client


@pytest.fixture
def edith():
    return logged_in("edith")


@pytest.fixture
def arthur():
    return logged_in("arthur")


@pytest.fixture
def article():
    article = make_article()
    publishing.record(article, by=None)
    return article


def opened(client, article):
    return form_data(client.get(address(article)))


def send(client, article, data, button="_continue", **changes):
    return client.post(address(article), data | changes | {button: "1"})


def stored(article):
    return Article.objects.get(pk=article.pk)


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def sides(response):
    """What is chosen at each place of the page about both versions."""
    return {name: choice.chosen and choice.chosen.value for name, choice in places(response).items()}


def places(response):
    found = {}
    for choice in response.context["choices"]:
        found[re.sub(r"/[0-9a-f-]{36}$", f": {choice.label}", choice.address)] = choice
    return found


def settle(client, article, response, **chosen):
    """Choose some sides on the page about both versions, and send it."""
    data = form_data(response, form=CHOICES)
    if side := chosen.pop("all", None):
        data["all"] = side
    named = {name: f"choice-{choice.address}" for name, choice in places(response).items()}
    return client.post(
        address(article, "conflict"), data | {named[name]: side for name, side in chosen.items()}, follow=True
    )


@pytest.mark.every_database
def test_what_somebody_else_saved_meanwhile_is_not_overwritten(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, summary="Edith's summary.")
    assert (stored(article).title, stored(article).summary) == ("Arthur's", article.summary)
    assert article.revisions.count() == 2
    newest = article.revisions.first()
    shown = words(response)
    assert f"arthur saved revision 2 on {formats.moment(newest.created_at)}" in shown
    assert sides(response) == {"title": "theirs", "summary": "mine"}
    assert "deleted: How to read a pay figure" in shown
    assert "inserted: Arthur&#x27;s" in shown


@pytest.mark.parametrize("button", ["_continue", "_publish", "_schedule", "_withdraw"])
def test_no_button_that_saves_goes_past_it(edith, arthur, article, button):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, button, title="Edith's")
    assert "arthur saved revision 2" in words(response)
    assert stored(article).title == "Arthur's"
    assert not article.publications.exists()
    assert not LogEntry.objects.filter(user__username="edith").exists()


def test_what_both_changed_has_to_be_chosen_and_what_one_changed_is_chosen_already(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's", **{"sections-0-body": "<p>Arthur's body.</p>"})
    response = send(edith, article, data, title="Edith's", summary="Edith's.", note="Why")
    section = article.sections.get().pk
    assert sides(response) == {"title": None, "summary": "mine", f"sections/{section}/body": "theirs"}
    unchosen = settle(edith, article, response)
    assert "choose one version at each place. 1 left" in words(unchosen)
    assert stored(article).title == "Arthur's"
    settle(edith, article, unchosen, title="mine")
    revision = article.revisions.first()
    assert (revision.number, revision.author.username, revision.note) == (3, "edith", "Why")
    document = revision.document
    assert (document["title"], document["summary"]) == ("Edith's", "Edith's.")
    assert document["sections"][0]["body"] == "<p>Arthur's body.</p>"


def test_one_side_can_be_chosen_everywhere(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    page = send(edith, article, data, title="Edith's", summary="Edith's.")
    for side in ("theirs", "mine"):
        page = settle(edith, article, page, all=side)
        assert set(sides(page).values()) == {side}
    assert stored(article).title == "Arthur's"


def test_a_third_save_brings_the_page_again_with_the_choices_that_still_apply(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's", summary="Arthur's.")
    page = send(edith, article, data, title="Edith's", summary="Edith's.")
    save(arthur, article, title="Arthur's second")
    page = settle(edith, article, page, title="mine", summary="mine")
    assert "arthur saved revision 3 meanwhile" in words(page)
    assert sides(page) == {"title": None, "summary": "mine"}
    assert stored(article).title == "Arthur's second"
    settle(edith, article, page, title="mine")
    assert (stored(article).title, stored(article).summary) == ("Edith's", "Edith's.")


def test_the_button_that_was_pressed_goes_on_once_all_is_chosen(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    page = send(edith, article, data, "_publish", title="Edith's")
    settle(edith, article, page, title="mine")
    assert article.publications.get().title == "Edith's"


def test_publishing_from_it_needs_the_right_to_publish(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    page = send(edith, article, data, "_publish", title="Edith's")
    edith.force_login(make_user("anna", group="Author"))
    assert settle(edith, article, page, title="mine").status_code == 403
    assert stored(article).title == "Arthur's"


@pytest.mark.parametrize("button", ["_publish", "_preview"])
def test_another_button_sent_beside_the_one_chosen_does_nothing(edith, article, button):
    arthur = Client()
    arthur.force_login(make_user("arthur", group="Author"))
    theirs, mine = opened(edith, article), opened(arthur, article)
    send(edith, article, theirs, title="Pay figures")
    response = send(arthur, article, mine, title="How to read pay")
    conflict = address(article, "conflict")
    shown = arthur.post(conflict, form_data(response, form=CHOICES) | {"all": "mine"})
    arthur.post(conflict, form_data(shown, form=CHOICES) | {button: "1"})
    assert stored(article).title == "How to read pay"
    assert not article.publications.exists()


def test_the_form_comes_back_with_all_that_was_typed(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    typed = {"title": "Edith's", "note": "Mine", "sections-0-body": "<p>Edith's body.</p>"}
    page = send(edith, article, data, **typed)
    form = edith.post(address(article), form_data(page, form=CHOICES) | {"_return": "1"})
    again = form_data(form)
    assert {name: again[name] for name in typed} == {name: [text] for name, text in typed.items()}
    assert again["based_on"] == data["based_on"]
    assert "arthur saved revision 2" in form.content.decode()
    assert article.revisions.count() == 2
    assert sides(send(edith, article, again))["title"] is None


@pytest.mark.every_database
def test_a_row_that_they_deleted_goes_unless_i_changed_it(edith, arthur, article):
    body = {"role": "body", "heading": "Second", "body": "<p>x</p>"}
    documents.restore(documents.compose(article) | {"sections": [body, body | {"heading": "Third"}]})
    publishing.record(article, by=None)
    data = opened(edith, article)
    save(arthur, article, **{"sections-0-DELETE": "on", "sections-1-DELETE": "on"})
    page = send(edith, article, data, **{"sections-1-body": "<p>Edith's.</p>"})
    assert sides(page) == {"sections: Second": "theirs", "sections: Third": None}
    settle(edith, article, page, **{"sections: Third": "mine"})
    assert [row["heading"] for row in documents.compose(article)["sections"]] == ["Third"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authors", [{"name": "Nobody", "slug": "nobody"}]),
        ("reviewer", {"name": "Nobody", "slug": "nobody"}),
        ("tags", [{"name": "Made up", "slug": "made-up"}]),
        ("image", {"file": "images/x.png", "width": 4, "height": 3}),
    ],
)
def test_what_is_sent_back_brings_no_authors_tags_or_images_along(edith, arthur, article, name, value):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    page = form_data(send(edith, article, data, title="Edith's"), form=CHOICES)
    mine = json.loads(page["mine"][0]) | {name: value}
    refused = edith.post(address(article, "conflict"), page | {"mine": json.dumps(mine), "all": "mine"})
    assert "is not here (any more)." in words(refused)


def test_what_is_sent_back_is_held_to_all_rules(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    page = form_data(send(edith, article, data, title="Edith's"), form=CHOICES)
    mine = json.loads(page["mine"][0])
    conflict = address(article, "conflict")
    bad = mine["sections"][0] | {"body": "<p onclick='x()'>x<script>alert(1)</script></p>"}
    for name, value in {
        "slug": "no slug",
        "sections": "none",
        "id": str(uuid4()),
        "kind": "comparison",
    }.items():
        refused = edith.post(conflict, page | {"mine": json.dumps(mine | {name: value}), "all": "mine"})
        assert "can’t be stored any more" in words(refused)
    assert edith.post(conflict, page | {"mine": "["}).status_code == 400
    assert edith.post(conflict, page | {"based_on": "2"}).status_code == 400
    shown = edith.post(conflict, page | {"mine": json.dumps(mine | {"sections": [bad]}), "all": "mine"})
    assert "<script>alert" not in shown.content.decode()
    assert "onclick" not in shown.content.decode()
    assert stored(article).title == "Arthur's"


def test_two_who_typed_the_same_have_nothing_to_choose(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="The same")
    send(edith, article, data, title="The same")
    assert article.revisions.count() == 2


def test_one_s_own_later_saves_from_the_same_page_go_through(edith, article):
    data = opened(edith, article)
    send(edith, article, data, title="First")
    send(edith, article, data, title="Second")
    assert [revision.document["title"] for revision in article.revisions.all()][:2] == ["Second", "First"]


def test_two_tabs_of_one_person_count_as_two_people(edith, article):
    first, second = opened(edith, article), opened(edith, article)
    send(edith, article, first, title="First tab")
    response = send(edith, article, second, title="Second tab")
    assert "edith saved revision 2" in words(response)
    assert stored(article).title == "First tab"


def test_what_a_program_or_a_restoring_wrote_counts_as_somebody_else(edith, article):
    data = opened(edith, article)
    Article.objects.update(title="Imported")
    publishing.record(stored(article), by=None)
    response = send(edith, article, data, title="Edith's")
    assert "Somebody saved revision 2" in words(response)
    assert stored(article).title == "Imported"


def test_a_page_without_the_number_counts_as_made_before_the_first_revision(edith, article):
    data = opened(edith, article)
    del data["based_on"]
    response = send(edith, article, data, title="Edith's")
    assert "Somebody saved revision 1" in words(response)
    assert sides(response) == {"title": None}


def test_a_first_save_needs_no_number(edith):
    article = make_article()
    save(edith, article, title="Edith's")
    assert article.revisions.get().document["title"] == "Edith's"


def test_a_preview_is_shown_whoever_saved_meanwhile(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, "_preview", **{"sections-0-body": "<p>Only a try.</p>"})
    assert "Only a try." in response.content.decode()
    assert "arthur saved" not in response.content.decode()


def test_a_mistake_beside_it_is_said_first_and_the_next_save_leads_to_both_versions(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, title="")
    html = response.content.decode()
    assert "This field is required." in html
    assert "arthur saved revision 2" in html
    page = send(edith, article, form_data(response), title="Edith's")
    assert sides(page) == {"title": None}


def test_the_log_names_what_was_typed_and_not_what_went_back_with_the_page(edith, article):
    data = opened(edith, article)
    save(edith, article, title="Second")
    send(edith, article, data, title="Third")
    assert LogEntry.objects.first().get_change_message() == "Changed Title."


# --- At the same moment --------------------------------------------------------------------------


def at_once(*runs):
    """What they return, each in a thread and a connection of its own."""
    barrier, answers = threading.Barrier(len(runs)), []

    def run(each):
        barrier.wait(timeout=10)
        answers.append(each())
        connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return answers


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_who_save_at_the_same_moment_one_is_told(article):
    clients = [logged_in(name) for name in ("edith", "arthur")]
    pages = [opened(client, article) for client in clients]
    saves = zip(clients, pages, ("One", "Two"), strict=True)
    answers = at_once(*(partial(send, client, article, page, title=title) for client, page, title in saves))
    assert sum("saved revision 2" in words(answer) for answer in answers) == 1
    assert article.revisions.count() == 2


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_who_choose_one_slug_at_the_same_moment_one_is_told():
    clients = [logged_in(name) for name in ("edith", "arthur")]
    add = reverse("admin:articles_article_add")
    page = form_data(clients[0].get(add), title="On pay", slug="on-pay") | {"_continue": "1"}
    answers = at_once(*(partial(client.post, add, page) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert sum("has this slug. Choose another" in answer.content.decode() for answer in answers) == 1
