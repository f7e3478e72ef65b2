"""“Start a comparison of these paths”: a draft with what the paths say of themselves, and clear refusals."""

import pytest
from django.urls import reverse

from articles import documents, publishing
from articles.models import Article
from comparisons import starting
from comparisons.models import CareerPath, Comparison, QuestionBank
from tests.base import queries
from tests.forms import address, said
from tests.makers import golden, make_author, make_comparison, make_path, make_user, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CHANGELIST = reverse("admin:comparisons_careerpath_changelist")
PAY = {"label": "Typical pay", "unit": "USD", "period": "hour"}


@pytest.fixture
def writer(client):
    user = make_user("arthur", group="Author")
    client.force_login(user)
    return user


def paths(*names):
    return [make_path(name, facts=[PAY | {"low": str(n), "high": str(n)}]) for n, name in enumerate(names, 2)]


def start(client, chosen):
    data = {"action": "start_comparison", "_selected_action": [str(path.pk) for path in chosen]}
    return client.post(CHANGELIST, data)


# --- What is in it -------------------------------------------------------------------------------


def test_it_opens_the_form_of_a_draft_that_compares_the_paths(client, writer):
    response = start(client, paths("Online tutoring", "Freelance bookkeeping"))
    comparison = Comparison.objects.get()
    assert response.url == address(comparison)
    assert "is a draft now" in said(response)
    assert (comparison.title, comparison.slug) == (
        "Freelance bookkeeping vs online tutoring",
        "freelance-bookkeeping-vs-online-tutoring",
    )
    assert [str(each) for each in comparison.contenders.all()] == ["Freelance bookkeeping", "Online tutoring"]
    assert not comparison.publications.exists()


def test_its_sections_have_headings_and_wait_for_words(client, writer):
    start(client, paths("Tutoring", "Bookkeeping"))
    document = documents.compose(Comparison.objects.get())
    assert [(each["role"], each["heading"], each["body"]) for each in document["sections"]] == [
        ("introduction", "Introduction", ""),
        ("choosing", "Which career path is right for you?", ""),
        ("conclusion", "Conclusion", ""),
    ]


def test_the_facts_of_its_paths_become_rows(client, writer):
    chosen = paths("Tutoring", "Bookkeeping")
    start(client, chosen)
    row = Comparison.objects.get().differences.get()
    assert row.aspect == "Typical pay"
    assert row.cells == {
        str(path.pk): f"USD\xa0{number} per\xa0hour" for number, path in enumerate(chosen, 2)
    }


def test_ratings_become_no_rows_as_the_form_shows_them(client, writer):
    comparison = golden()
    chosen = list(comparison.paths.all())
    Comparison.objects.filter(pk=comparison.pk).update(slug="gigs-or-projects")
    start(client, chosen)
    started = Comparison.objects.exclude(pk=comparison.pk).get()
    assert [row.aspect for row in started.differences.all()] == ["Typical pay"]
    assert QuestionBank.objects.exists()


def test_who_starts_it_signs_it_where_they_are_an_author(client, writer):
    author = make_author("Arthur Author")
    author.user = writer
    author.save(update_fields=["user"])
    start(client, paths("Tutoring", "Bookkeeping"))
    comparison = Comparison.objects.get()
    assert [str(each) for each in comparison.authors.all()] == ["Arthur Author"]
    revision = comparison.revisions.get()
    assert (revision.author, revision.note) == (writer, "Started from its paths")


def test_up_to_four_paths_are_compared(client, writer):
    start(client, paths("One", "Two", "Three", "Four"))
    assert Comparison.objects.get().slug == "four-vs-one-vs-three-vs-two"


def test_it_has_the_address_and_the_title_of_the_page_that_it_takes_over_from(client, writer):
    chosen = paths("Online tutoring", "Freelance bookkeeping")
    for path in chosen:
        publish(path)
    start(client, chosen)
    comparison = Comparison.objects.get()
    page = client.get(f"/compare/{comparison.slug}/")
    assert page.status_code == 200
    assert f"<h1>{comparison.title}</h1>" in page.content.decode().replace("\n", "")


def test_the_same_paths_can_be_started_again_once_the_first_has_another_address(client, writer):
    chosen = paths("Tutoring", "Bookkeeping")
    start(client, chosen)
    Comparison.objects.update(slug="another")
    start(client, chosen)
    assert Comparison.objects.count() == 2


def test_once_its_words_are_written_it_can_be_published(client, writer):
    chosen = paths("Tutoring", "Bookkeeping")
    author = make_author()
    author.user = writer
    author.save(update_fields=["user"])
    start(client, chosen)
    comparison = Comparison.objects.get()
    with pytest.raises(publishing.NotReady):
        publish(comparison, with_required=True)
    document = documents.compose(comparison) | {"summary": "Which of the two?"}
    document["sections"][0]["body"] = "<p>Both teach.</p>"
    publish(documents.restore(document), with_required=True)


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 5])
def test_one_path_or_five_are_refused_with_their_number(client, writer, count):
    response = start(client, paths("One", "Two", "Three", "Four", "Five")[:count])
    assert said(response) == f"Select 2 to 4 paths to compare, not {count}. Nothing was started."
    assert not Comparison.objects.exists()


@pytest.mark.parametrize("slug", ["bookkeeping-vs-tutoring", "tutoring-vs-bookkeeping"])
def test_where_somebody_has_written_it_the_message_leads_there(client, writer, slug):
    chosen = paths("Tutoring", "Bookkeeping")
    there = make_comparison(*chosen, title="Teaching or counting", slug=slug)
    response = start(client, chosen)
    assert f'<a href="{address(there)}">Teaching or counting</a> has this address already' in said(response)
    assert Comparison.objects.count() == 1


def test_names_too_long_for_a_title_are_refused_in_words(client, writer):
    long = [make_path(f"{letter * 90} path", slug=f"path-{letter}") for letter in "abc"]
    response = start(client, long)
    assert "No comparison could be started from these paths. title: " in said(response)
    assert not Comparison.objects.exists()


# --- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("group", "offered"), [("Editor", True), ("Author", True), ("Moderator", False)])
def test_it_is_offered_to_those_who_write(client, group, offered):
    client.force_login(make_user(group=group))
    chosen = paths("Tutoring", "Bookkeeping")
    page = client.get(CHANGELIST).content.decode()
    assert ("Start a comparison of these paths" in page) is offered
    start(client, chosen)
    assert Comparison.objects.exists() is offered


def test_deleting_several_paths_at_once_is_not_offered(client):
    client.force_login(make_user("root", superuser=True))
    chosen = paths("Tutoring", "Bookkeeping")
    assert "delete_selected" not in client.get(CHANGELIST).content.decode()
    data = {"action": "delete_selected", "_selected_action": [path.pk for path in chosen], "post": "yes"}
    client.post(CHANGELIST, data)
    assert CareerPath.objects.count() == 2


def test_starting_is_all_or_nothing(writer, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(publishing, "record", refuse)
    with pytest.raises(RuntimeError):
        starting.start(paths("Tutoring", "Bookkeeping"), by=writer)
    assert not Article.objects.filter(kind="comparison").exists()


def test_the_list_takes_no_more_queries_for_more_paths(client, writer):
    paths("One", "Two")
    with queries() as few:
        client.get(CHANGELIST)
    paths("Three", "Four", "Five")
    with queries() as many:
        client.get(CHANGELIST)
    assert len(many) == len(few)
