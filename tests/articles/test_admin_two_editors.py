"""Two editors at one draft: nobody overwrites what they haven't seen, and nobody is locked out."""

import re
import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client

from articles import formats, publishing
from articles.models import Article
from tests.forms import address, form_data, save
from tests.makers import make_article, make_user

pytestmark = pytest.mark.django_db


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
    return client.post(address(article), data | changes | {button: "1"}, follow=True)


def stored(article):
    return Article.objects.get(pk=article.pk)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, summary="Edith's summary.")
    assert (stored(article).title, stored(article).summary) == ("Arthur's", article.summary)
    assert article.revisions.count() == 2
    newest = article.revisions.first()
    html = response.content.decode()
    assert f"arthur saved revision 2 on {formats.moment(newest.created_at)}" in html
    assert f'<a href="{address(article, "history")}"' in html


@pytest.mark.parametrize("button", ["_continue", "_publish", "_schedule", "_withdraw"])
def test_no_button_that_saves_goes_past_it(edith, arthur, article, button):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, button, title="Edith's")
    assert "arthur saved revision 2" in response.content.decode()
    assert stored(article).title == "Arthur's"
    assert not article.publications.exists()


def test_all_that_was_typed_is_kept_and_saving_again_goes_through(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    typed = {"title": "Edith's", "note": "Mine", "sections-0-body": "<p>Edith's body.</p>"}
    response = send(edith, article, data, **typed)
    again = form_data(response)
    assert {name: again[name] for name in typed} == {name: [text] for name, text in typed.items()}
    assert "This page now counts as made from revision 2" in response.content.decode()
    send(edith, article, again)
    revision = article.revisions.first()
    assert (revision.number, revision.author.username, revision.note) == (3, "edith", "Mine")
    assert revision.document["title"] == "Edith's"
    assert revision.document["sections"][0]["body"] == "<p>Edith's body.</p>"


def test_saving_again_is_refused_where_a_third_save_came_between(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    again = form_data(send(edith, article, data, title="Edith's"))
    save(arthur, article, title="Arthur's second")
    response = send(edith, article, again)
    assert "arthur saved revision 3" in response.content.decode()
    assert stored(article).title == "Arthur's second"


def test_one_s_own_later_saves_from_the_same_page_go_through(edith, article):
    data = opened(edith, article)
    send(edith, article, data, title="First")
    send(edith, article, data, title="Second")
    assert [revision.document["title"] for revision in article.revisions.all()][:2] == ["Second", "First"]


def test_what_a_program_or_a_restoring_wrote_counts_as_somebody_else(edith, article):
    data = opened(edith, article)
    Article.objects.update(title="Imported")
    publishing.record(stored(article), by=None)
    response = send(edith, article, data, title="Edith's")
    assert "Somebody saved revision 2" in response.content.decode()
    assert stored(article).title == "Imported"


def test_a_page_without_the_number_counts_as_made_before_the_first_revision(edith, article):
    data = opened(edith, article)
    del data["based_on"]
    response = send(edith, article, data, title="Edith's")
    assert "Somebody saved revision 1" in response.content.decode()
    assert form_data(response)["based_on"] == ["1"]


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


def test_a_mistake_beside_it_is_said_as_well_and_the_next_save_goes_through(edith, arthur, article):
    data = opened(edith, article)
    save(arthur, article, title="Arthur's")
    response = send(edith, article, data, title="")
    html = response.content.decode()
    assert "This field is required." in html
    assert "arthur saved revision 2" in html
    send(edith, article, form_data(response), title="Edith's")
    assert stored(article).title == "Edith's"


def test_the_log_names_what_was_typed_and_not_what_went_back_with_the_page(edith, article):
    data = opened(edith, article)
    save(edith, article, title="Second")
    send(edith, article, data, title="Third")
    assert LogEntry.objects.first().get_change_message() == "Changed Title."


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_who_save_at_the_same_moment_one_is_told(article):
    clients = [logged_in(name) for name in ("edith", "arthur")]
    pages = [opened(client, article) for client in clients]
    barrier, answers = threading.Barrier(2), []

    def run(client, data, title):
        barrier.wait(timeout=10)
        answers.append(send(client, article, data, title=title).content.decode())
        connection.close()

    threads = [
        threading.Thread(target=run, args=each) for each in zip(clients, pages, ("One", "Two"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sum(bool(re.search("saved revision 2", html)) for html in answers) == 1
    assert article.revisions.count() == 2
