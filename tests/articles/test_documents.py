"""Composing and restoring: one definition, so what goes out can come in again."""

import re

import pytest

from articles import documents
from articles.models import Article, Author
from comparisons.models import CareerPath, QuestionBank
from tests.base import queries
from tests.makers import (
    article_document,
    golden,
    make_article,
    make_author,
    make_bank,
    make_comparison,
    make_path,
    make_tag,
)

pytestmark = pytest.mark.django_db


def problems(document):
    with pytest.raises(documents.DocumentError) as caught:
        documents.restore(document)
    return {problem.where: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)//https://example.org", "//example.org", "/\\example.org", " /path", "ftp://a"],
)
def test_a_call_to_action_leads_to_a_page(url):
    call = {"label": "Go on", "url": url}
    with pytest.raises(documents.DocumentError, match=r"calls_to_action\[0\]\.url: Give a full"):
        make_article(calls_to_action=[call])


def test_composing_what_was_restored_gives_the_same_text():
    comparison = golden(published=False)
    first = documents.compose(comparison)
    again = documents.compose(documents.restore(first))
    assert documents.canonical(again) == documents.canonical(first)


def test_restoring_updates_the_working_copy_in_place():
    article = make_article("Old title")
    changed = documents.compose(article) | {"title": "New title", "sections": []}
    assert documents.restore(changed).pk == article.pk
    article.refresh_from_db()
    assert article.title == "New title"
    assert not article.sections.exists()


def test_the_order_of_rows_is_the_order_in_the_document():
    article = make_article(
        sections=[{"role": "body", "heading": heading, "body": "<p>x</p>"} for heading in ("b", "a", "c")]
    )
    document = documents.compose(article)
    document["sections"].reverse()
    documents.restore(document)
    assert [section["heading"] for section in documents.compose(article)["sections"]] == ["c", "a", "b"]


def test_rich_text_is_sanitised_where_it_is_restored():
    body = '<p onclick="x()">Good <script>alert(1)</script><a href="javascript:x()">link</a></p>'
    article = make_article(sections=[{"role": "body", "heading": "h", "body": body}])
    stored = article.sections.get().body
    assert "script" not in stored
    assert "onclick" not in stored
    assert "javascript" not in stored
    assert stored.startswith("<p>Good ")


def test_every_problem_is_named_with_its_place():
    document = article_document("article", "A title")
    document |= {"slug": "not a slug", "colour": "red"}
    document["sections"].append({"role": "sidebar", "heading": 7})
    found = problems(document)
    assert "colour" in found
    assert found["sections[1].heading"] == "expected text, found 7."
    found = problems(article_document("article", "A title") | {"slug": "not a slug"})
    assert "slug" in found


def test_nothing_is_stored_of_a_document_with_a_problem():
    document = article_document("career-path", "Path", facts=[{"label": "Pay", "low": "9", "high": "1"}])
    assert list(problems(document).values()) == ["The range ends below its start."]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], ""),
        ({}, "kind"),
        ({"kind": "poem"}, "kind"),
        ({"kind": "article", "schema": 99}, "schema"),
        ({"kind": "article", "schema": "1"}, "schema"),
    ],
)
def test_what_is_no_document_is_refused(document, where):
    assert list(problems(document)) == [where]


def test_control_characters_are_refused():
    assert "U+0000" in problems(article_document("article", "A\x00title", slug="a"))["title"]
    assert "U+001E" in problems(article_document("article", "A\x1etitle", slug="a"))["title"]


def test_a_path_that_is_not_here_is_named():
    stranger = "6f2f3a52-4dd0-4c3b-9a0c-0d5f2b6f8f10"
    document = article_document("comparison", "x", contenders=[{"path": stranger}])
    assert stranger in problems(document)["contenders[0].path"]


def test_a_source_must_stand_in_the_same_document():
    document = article_document(
        "career-path",
        "Path",
        points=[{"side": "pro", "label": "x", "sources": ["6f2f3a52-4dd0-4c3b-9a0c-0d5f2b6f8f10"]}],
    )
    assert "points[0].sources[0]" in problems(document)


def test_rows_of_another_article_cannot_be_taken_over():
    section = str(make_article("First").sections.get().pk)
    document = article_document("article", "Second")
    document["sections"][0]["id"] = section
    assert section in problems(document)["sections"]


def test_the_kind_of_an_article_cannot_change():
    article = make_article()
    document = article_document("career-path", "Path") | {"id": str(article.pk)}
    assert list(problems(document)) == ["kind"]


def test_a_taken_slug_is_said_in_words():
    make_article("Same")
    assert "slug is taken" in problems(article_document("article", "Same"))[""]


def test_an_author_who_is_here_already_stays_as_they_are():
    author = make_author("Ann Author")
    document = article_document("article", "A")
    document["authors"][0]["name"] = "Somebody else"
    documents.restore(document)
    author.refresh_from_db()
    assert author.name == "Ann Author"


def test_an_author_who_is_new_here_is_created():
    document = article_document("article", "A")
    Author.objects.all().delete()
    documents.restore(document)
    assert Author.objects.get().name == "Ann Author"


def test_bylines_keep_their_order_and_tags_are_sorted():
    article = make_article(authors=("Zoe", "Adam"))
    article.tags.set([make_tag("b"), make_tag("a")])
    document = documents.compose(article)
    assert [author["name"] for author in document["authors"]] == ["Zoe", "Adam"]
    assert [tag["slug"] for tag in document["tags"]] == ["a", "b"]


def test_a_point_of_one_contrast_belongs_to_the_comparison_alone():
    path, other = make_path("One"), make_path("Two")
    comparison = make_comparison(
        path, other, points=[{"path": str(path.pk), "side": "pro", "label": "Here only"}]
    )
    assert [point["label"] for point in documents.compose(comparison)["points"]] == ["Here only"]
    assert "Here only" not in documents.canonical(documents.compose(path))


def test_composing_costs_the_same_however_much_there_is():
    few, many = (
        make_path("Few"),
        make_path("Many", points=[{"side": "pro", "label": str(n)} for n in range(40)]),
    )
    with queries() as for_few:
        documents.compose(few)
    with queries() as for_many:
        documents.compose(many)
    assert len(for_few) == len(for_many) <= 16


def test_a_picture_can_be_named_whose_file_is_not_here_yet():
    image = {"id": "7a0c2a52-4dd0-4c3b-9a0c-0d5f2b6f8f10", "file": "images/desk.png", "width": 4, "height": 3}
    article = make_article(image=image | {"alt": "A desk", "decorative": False, "credit": ""})
    assert documents.compose(article)["image"]["width"] == 4
    outside = article_document(
        "article", "Other", image=image | {"id": None, "file": "../../x.png", "alt": "x"}
    )
    assert "image.file" in problems(outside)


# --- What no two rows of one article may share ---------------------------------------------------


def swapped(rows, name):
    one, two = rows[:2]
    return [one | {name: two[name]}, two | {name: one[name]}, *rows[2:]]


def test_rows_of_a_comparison_can_change_what_they_name_among_each_other():
    document = documents.compose(golden(published=False))
    document["contenders"] = swapped(document["contenders"], "path")
    assert documents.compose(documents.restore(document)) == document


def test_ratings_of_a_path_can_change_their_questions_among_each_other():
    document = documents.compose(golden(published=False).contenders.first().path)
    document["ratings"] = swapped(document["ratings"], "question")
    assert documents.compose(documents.restore(document)) == document


def test_criteria_and_their_questions_can_change_slugs_among_each_other():
    document = documents.compose(make_bank())
    first = document["criteria"][0]
    first["questions"] = swapped(first["questions"], "slug")
    document["criteria"] = swapped(document["criteria"], "slug")
    assert documents.compose(documents.restore(document)) == document


def test_questions_with_one_slug_can_change_their_criteria():
    document = documents.compose(make_bank())
    one, two = (criterion["questions"] for criterion in document["criteria"][:2])
    one[0]["slug"] = two[0]["slug"] = "same"
    documents.restore(document)
    one[0], two[0] = two[0], one[0]
    assert documents.compose(documents.restore(document)) == document


def test_a_new_row_takes_what_one_has_that_the_document_leaves_out():
    document = documents.compose(golden(published=False))
    document["contenders"][1] |= {"id": "6f2f3a52-4dd0-4c3b-9a0c-0d5f2b6f8f10"}
    assert documents.compose(documents.restore(document)) == document


def test_restoring_what_changes_little_takes_no_more_queries_for_it():
    document = documents.compose(golden(published=False))
    with queries() as taken:
        documents.restore(document)
    document["contenders"] = swapped(document["contenders"], "path")
    with queries() as moving:
        documents.restore(document)
    assert len(moving) == len(taken) + 2  # to passing values first


def test_restoring_stores_only_the_rows_and_columns_that_change():
    document = documents.compose(golden(published=False).paths.first())
    with queries() as taken:
        documents.restore(document)
    assert [sql for sql in taken if re.match(r'UPDATE "comparisons_(point|fact|rating|platform)"', sql)] == []
    document["points"][0]["label"] = "Other words"
    with queries() as taken:
        documents.restore(document)
    [stored] = [sql for sql in taken if sql.startswith('UPDATE "comparisons_point"')]
    assert re.findall(r'"(\w+)" = \(?CASE', stored) == ["label"]
    assert document["points"][1]["id"].replace("-", "") not in stored.replace("-", "")
    assert documents.compose(CareerPath.objects.get(pk=document["id"])) == document


def same(rows, name):
    return [rows[0], rows[1] | {name: rows[0][name]}, *rows[2:]]


def test_two_rows_that_are_alike_are_said_in_words():
    comparison = documents.compose(golden(published=False))
    comparison["contenders"] = same(comparison["contenders"], "path")
    assert problems(comparison)[""] == "two contenders of one comparison have the same path."
    bank = documents.compose(QuestionBank.objects.get())
    bank["criteria"] = same(bank["criteria"], "slug")
    assert problems(bank)[""] == "two criteria of one bank have the same slug."
