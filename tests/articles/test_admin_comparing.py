"""Two revisions side by side, and a part of the older one back into the draft."""

import re

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from articles import comparing, documents, publishing, restoring
from articles.comparing import POSITION
from articles.models import Article
from comparisons.models import Question, Rating
from tests.base import queries
from tests.forms import address, said
from tests.makers import golden, golden_paths, make_article, make_user

pytestmark = pytest.mark.django_db


def revise(article, **changes):
    documents.restore(documents.compose(article) | changes)
    return publishing.record(article, by=None)


@pytest.fixture
def article():
    """Three revisions: another title, then a section rewritten and one gone."""
    sections = [
        {"role": "introduction", "heading": "First", "body": "<p>Pay comes late.</p>"},
        {"role": "body", "heading": "Second", "body": "<p>Ask for a deposit.</p>"},
    ]
    article = make_article("A title", sections=sections)
    publishing.record(article, by=None)
    revise(article, title="Another title")
    first, _ = documents.compose(article)["sections"]
    revise(article, sections=[first | {"body": "<p>Pay comes very late.</p>"}])
    return article


@pytest.fixture
def editor(client):
    user = make_user("edith", group="Editor")
    client.force_login(user)
    return user


def compared(client, article, one, other):
    return client.get(address(article, "compare"), {"from": one, "to": other})


def words(response):
    html = response.content.decode()
    return re.sub(r"\s+", " ", strip_tags(html[html.index('id="content-main"') :]))


@pytest.mark.any_database
def test_any_two_revisions_are_compared_either_way(client, editor, article):
    with queries() as asked:
        page = compared(client, article, 1, 3)
    assert len(asked) <= 14
    shown = page.content.decode()
    assert "comes <ins>" in shown
    assert "very </ins>late." in shown
    assert "Second" in words(page)
    assert "removed" in words(page)
    assert "Put the section back into the draft" in words(page)
    assert "Unchanged: sources, calls to action, corrections." in words(page)
    back = compared(client, article, 3, 1)
    assert "very </del>late." in back.content.decode()
    assert "Put the section back into the draft" in words(back)
    assert "They say the same." in words(compared(client, article, 2, 2))
    assert compared(client, article, 1, 9).status_code == 404
    assert client.get(address(article, "compare")).context["older"].number == 2


@pytest.mark.any_database
def test_the_history_leads_to_comparing(client, editor, article):
    html = client.get(address(article, "history")).content.decode()
    assert f'href="{address(article, "compare")}?from=2&amp;to=3"' in html
    assert html.count('name="from"') == html.count('name="to"') == 3


@pytest.mark.any_database
def test_ratings_are_named_by_their_questions(client, editor):
    path = golden_paths()[0]
    rating = documents.compose(path)["ratings"][0]
    others = documents.compose(path)["ratings"][1:]
    revise(path, ratings=[*others, rating | {"value": 60, "uncertainty": 5}])
    page = words(compared(client, path, 1, 2))
    question = Question.objects.get(pk=rating["question"])
    assert f"{question.prompt} Moved behind “" in page
    assert "deleted: 5 ± 10 → inserted: 60 ± 5" in page


def restore(client, article, place, one=1, other=3):
    data = {"from": one, "to": other, "place": comparing.address(place)}
    return client.post(address(article, "restorepart"), data)


def test_one_section_goes_back_into_the_draft_and_the_history_says_so(client, editor, article):
    gone = article.revisions.get(number=1).document["sections"][1]
    response = restore(client, article, ("sections", gone["id"]))
    assert "Section “Second” restored from revision 1. Readers see no change." in said(response)
    newest = article.revisions.first()
    assert (newest.note, newest.author) == ("Section “Second” restored from revision 1", editor)
    document = newest.document
    assert [row["heading"] for row in document["sections"]] == ["First", "Second"]
    assert (document["title"], document["sections"][0]["body"]) == (
        "Another title",
        "<p>Pay comes very late.</p>",
    )
    assert "says that already" in said(restore(client, article, ("sections", gone["id"])))
    assert article.revisions.count() == 4


def part(article, place, number=1):
    return restoring.restore_part(article.revisions.get(number=number), place, by=None).note


def test_nothing_is_restored_into_what_was_moved_to_the_trash_meanwhile(client, editor, article, monkeypatch):
    gone = article.revisions.get(number=1).document["sections"][1]

    def parse(text):
        Article.objects.update(trashed_at=timezone.now())
        return ("sections", gone["id"])

    monkeypatch.setattr(comparing, "parse", parse)
    assert "in the trash. Put it back first" in said(restore(client, article, ("sections", gone["id"])))
    assert article.revisions.count() == 3


def test_a_field_a_place_and_what_was_added_since_can_be_restored(article):
    first, second = (row["id"] for row in article.revisions.get(number=1).document["sections"])
    assert part(article, ("title",)) == "Title restored from revision 1"
    assert part(article, ("sections", second, "body")) == "Body of section “Second” restored from revision 1"
    assert part(article, ("sections", first, "body")) == "Body of section “First” restored from revision 1"
    assert documents.compose(article) == article.revisions.get(number=1).document
    document = documents.compose(article)
    revise(article, sections=document["sections"][::-1])
    assert (
        part(article, ("sections", second, POSITION)) == "Place of section “Second” restored from revision 1"
    )
    assert documents.compose(article) == document
    assert part(article, ("sections", second), number=3) == "Section “Second” taken out, as in revision 3"
    assert [row["heading"] for row in documents.compose(article)["sections"]] == ["First"]


def test_the_figure_of_a_rating_is_restored_by_itself():
    path = golden_paths(published=False)[0]
    rating, *others = documents.compose(path)["ratings"]
    publishing.record(path, by=None)
    revise(path, ratings=[rating | {"value": 77}, *others])
    assert part(path, ("ratings", rating["id"], "rating")).startswith("Value of rating “")
    assert documents.compose(path)["ratings"] == [rating, *others]


def test_a_rating_comes_back_with_its_sources_and_not_where_its_question_is_gone():
    path = golden_paths(published=False)[0]
    source = documents.restore(
        documents.compose(path) | {"sources": [{"publisher": "A bureau", "title": "A table"}]}
    ).sources.get()
    rating, *others = documents.compose(path)["ratings"]
    revise(path, ratings=[rating | {"sources": [str(source.pk)]}, *others])
    revise(path, ratings=others, sources=[])
    note = part(path, ("ratings", rating["id"]))
    assert note.endswith("restored from revision 1, with what it cites: “A bureau: A table”")
    assert documents.compose(path) == path.revisions.get(number=1).document

    revise(path, ratings=others)
    Rating.objects.filter(question=rating["question"]).delete()
    Question.objects.filter(pk=rating["question"]).delete()
    count = path.revisions.count()
    with pytest.raises(documents.DocumentError, match="there is no question with the id"):
        part(path, ("ratings", rating["id"]))
    assert path.revisions.count() == count


def test_what_cannot_be_restored_is_said_and_nothing_is_stored(client, editor):
    comparison = golden(published=False)
    publishing.record(comparison, by=None)
    revise(comparison, sources=[{"publisher": "A bureau", "title": "A table"}])
    source = documents.compose(comparison)["sources"][0]["id"]
    row = documents.compose(comparison)["differences"][0]
    revise(comparison, differences=[row | {"sources": [source]}])
    response = restore(client, comparison, ("sources", source), 1, 2)
    assert "Nothing was restored from revision 1. The draft cites it." in said(response)
    assert comparison.revisions.count() == 3
    assert restore(client, comparison, ("nowhere",), 1, 2).status_code == 404


def test_restoring_a_part_needs_the_right_to_change(client, article):
    client.force_login(make_user(group="Moderator"))
    assert compared(client, article, 1, 3).status_code == 200
    assert "Restore" not in words(compared(client, article, 1, 3))
    assert restore(client, article, ("title",)).status_code == 403
    assert Article.objects.get(pk=article.pk).title == "Another title"


def test_an_older_schema_is_brought_up_to_date_first(client, editor, article):
    document = {key: value for key, value in documents.compose(article).items() if "image" not in key}
    sections = [
        {key: value for key, value in row.items() if "image" not in key and key != "caption"}
        for row in document["sections"]
    ]
    text = documents.canonical(document | {"schema": 1, "image": None, "sections": sections})
    newest = article.revisions.first()
    article.revisions.create(number=4, text=text, digest="old", created_at=newest.created_at)
    assert "They say the same." in words(compared(client, article, 3, 4))
