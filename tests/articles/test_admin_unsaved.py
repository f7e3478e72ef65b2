"""Nothing typed into a form of the desk is lost: it is kept, offered on return, and goes with the save."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from articles import formats, open_forms, publishing, unsaved
from articles.models import Article, UnsavedWork
from tests.forms import address, form_data
from tests.makers import make_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SECOND = timedelta(seconds=1)
ADD = "/admin/articles/article/add/"


def logged_in(name, group="Editor"):
    client = Client()
    client.user = make_user(name, group=group)
    client.force_login(client.user)
    return client


@pytest.fixture
def edith():
    return logged_in("edith")


@pytest.fixture
def article():
    article = make_article(sources=[{"publisher": "A bureau", "title": "A table"}])
    publishing.record(article, by=None)
    return article


def call(client, where, data=None, **said):
    """As the script of a page calls; `data` is what its form holds."""
    page = data["page"][0] if data else str(uuid4())
    pairs = data and [[name, value] for name, values in data.items() for value in values]
    fields = {"page": page, "based_on": 0, "saved": 0, "sequence": 1} | said
    body = {f"call-{name}": value for name, value in fields.items()}
    return client.post(where, body | ({"call-fields_typed": json.dumps(pairs)} if pairs else {}))


def opened(client, where):
    return form_data(client.get(where))


def typed_into(data):
    """Another title, the source removed, a section added and left half-way."""
    section = {name: value for name, value in data.items() if name.startswith("sections-0-")}
    added = {name.replace("-0-", "-1-"): [""] for name in section}
    return (
        data
        | added
        | {
            "title": ["Typed"],
            "sources-0-DELETE": ["on"],
            "sections-TOTAL_FORMS": ["2"],
            "sections-1-body": ["<p>Half a thought</p>"],
            "_continue": ["Save draft"],
            "sections-__prefix__-heading": ["a template"],
            "unknown": ["not of the form"],
        }
    )


def test_what_was_typed_is_kept_offered_and_continued_with_and_saved(edith, article):
    data = typed_into(opened(edith, address(article)))
    answer = call(edith, address(article, "autosave"), data, based_on=1).json()
    assert (answer["wanted"], answer["saved"], answer["elsewhere"]) == (True, 0, False)
    assert answer["kept"].endswith(" UTC")
    work = UnsavedWork.objects.get()
    assert work.fields.keys().isdisjoint({"_continue", "unknown", "sections-__prefix__-heading"})
    assert (article.revisions.count(), Article.objects.get(pk=article.pk).title) == (1, article.title)

    offer = edith.get(address(article)).content.decode()
    assert f"You left unsaved changes on {formats.moment(work.saved_at)}, made from revision 1" in offer
    assert "(the newest): Title, 1 section and 1 source.</strong>" in offer
    continued = edith.post(address(article, "unsaved"))
    again = form_data(continued)
    html = continued.content.decode()
    assert "This is what you left unsaved" in html
    assert "Please correct" not in html
    assert (again["title"], again["sections-1-body"]) == (["Typed"], ["<p>Half a thought</p>"])
    assert again["sources-0-DELETE"] == ["on"]
    assert (again["based_on"], again["page"] == data["page"]) == (["1"], False)
    assert article.revisions.count() == 1

    edith.post(address(article), again | {"sections-1-role": "body", "_continue": "1"})
    document = article.revisions.first().document
    assert (document["title"], document["sources"]) == ("Typed", [])
    assert document["sections"][1]["body"] == "<p>Half a thought</p>"
    assert not UnsavedWork.objects.exists()


@pytest.mark.parametrize("count", ["999999999999", "9" * 5000])
def test_no_more_rows_are_looked_at_than_a_form_takes_in(edith, article, count):
    data = opened(edith, address(article))
    call(edith, address(article, "autosave"), data | {"title": ["Typed"], "sections-TOTAL_FORMS": [count]})
    assert "You left unsaved changes" in edith.get(address(article)).content.decode()


def test_what_is_wrong_in_it_is_said_and_what_is_not_finished_is_no_mistake(edith, article):
    data = opened(edith, address(article)) | {"title": [""], "summary": ["x" * 301]}
    call(edith, address(article, "autosave"), data, based_on=1)
    html = edith.post(address(article, "unsaved")).content.decode()
    assert "This field is required" not in html
    assert "at most 300 characters" in html


def test_it_counts_as_made_from_what_it_was_made_from_when_others_saved_since(edith, article):
    data = opened(edith, address(article)) | {"title": ["Typed"]}
    call(edith, address(article, "autosave"), data, based_on=1)
    Article.objects.filter(pk=article.pk).update(title="Arthur's")
    publishing.record(Article.objects.get(pk=article.pk), by=logged_in("arthur").user)
    assert "made from revision 1 (the newest is 2)" in edith.get(address(article)).content.decode()
    again = form_data(edith.post(address(article, "unsaved")))
    assert again["based_on"] == ["1"]
    response = edith.post(address(article), again | {"_continue": "1"})
    assert "arthur saved revision 2" in response.content.decode()
    assert Article.objects.get(pk=article.pk).title == "Arthur's"
    assert UnsavedWork.objects.exists()


def test_a_new_article_is_kept_without_being_stored_and_goes_on_in_its_own_form(edith):
    data = opened(edith, ADD) | {"title": ["A new one"], "slug": ["a-new-one"]}
    assert call(edith, f"{ADD}autosave/", data).json()["kept"]
    assert not Article.objects.exists()
    again = form_data(edith.post(f"{ADD}unsaved/"))
    edith.post(ADD, again | {"_continue": "1"})
    assert Article.objects.get().title == "A new one"
    assert not UnsavedWork.objects.exists()
    assert call(edith, f"{ADD}autosave/", again, sequence=9).json()["kept"] is None


def test_nobody_sees_or_empties_what_somebody_else_left(edith, article):
    data = opened(edith, address(article)) | {"title": ["Edith's secret"]}
    call(edith, address(article, "autosave"), data, based_on=1)
    arthur = logged_in("arthur")
    assert "You left unsaved changes" not in arthur.get(address(article)).content.decode()
    response = arthur.post(address(article, "unsaved"))
    assert "Edith's secret" not in response.content.decode()
    arthur.post(address(article, "discard"))
    assert UnsavedWork.objects.get().user == edith.user


def test_it_is_discarded_and_the_switch_turned_by_buttons_that_need_no_script(edith, article):
    data = opened(edith, address(article))
    call(edith, address(article, "autosave"), data, based_on=1)
    edith.post(address(article, "discard"))
    assert not UnsavedWork.objects.exists()
    edith.post(address(article, "switch"))
    assert call(edith, address(article, "autosave"), data, based_on=1).json()["wanted"] is False
    assert not UnsavedWork.objects.exists()
    edith.post(address(article, "switch"), {"wanted": "on"})
    call(edith, address(article, "autosave"), data, based_on=1)
    assert UnsavedWork.objects.exists()


def test_who_else_has_the_form_open_is_said_and_what_they_saved(edith, article):
    arthur, now, tab, page = logged_in("arthur").user, timezone.now(), uuid4(), uuid4()
    where, since = address(article, "autosave"), f"since {formats.moment(now)}."
    open_forms.announce(uuid4(), article, arthur, now)
    assert f"arthur is editing {since}" in edith.get(address(article)).content.decode()
    open_forms.announce(tab, article, edith.user, now + SECOND)
    assert call(edith, where, page=page, based_on=1).json()["notices"] == [
        f"arthur is editing {since}",
        f"You have this open in another tab since {formats.moment(now + SECOND)}.",
    ]
    open_forms.leave(tab, edith.user, now)
    Article.objects.filter(pk=article.pk).update(title="Arthur's")
    publishing.record(Article.objects.get(pk=article.pk), by=arthur)
    _, newer = call(edith, where, page=page, based_on=1).json()["notices"]
    assert newer.startswith("arthur saved revision 2 on")


@pytest.mark.parametrize("name", ["autosave", "unsaved", "discard", "switch"])
def test_only_those_who_may_write_have_work_kept(article, name):
    assert logged_in("mona", "Moderator").post(address(article, name)).status_code == 403
    assert logged_in("mila", "Moderator").post(f"{ADD}{name}/").status_code == 403
    assert logged_in("ann", "Author").get(address(article, name)).status_code == 405


def test_calls_that_make_no_sense_are_refused_with_a_reason(edith, article):
    where = address(article, "autosave")
    assert "not well formed" in edith.post(where, {"call-page": "x"}).json()["error"]
    malformed = {"call-page": uuid4(), "call-based_on": 0, "call-saved": 0, "call-sequence": 0}
    assert edith.post(where, malformed | {"call-fields_typed": '{"title": 1}'}).status_code == 400
    large = {"title": ["x" * unsaved.LARGEST], "page": [str(uuid4())]}
    answer = call(edith, where, large)
    assert (answer.status_code, "Save it" in answer.json()["error"]) == (413, True)
    Article.objects.update(trashed_at=timezone.now())
    assert call(edith, where).status_code == 403
