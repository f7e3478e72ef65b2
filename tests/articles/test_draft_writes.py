"""Drafts as programs write them: what comes out goes in, made from a revision, and nothing is lost."""

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from articles import documents, kinds, publishing, trash
from articles.models import Article, Author, Event, Revision, Tag
from comparisons.models import QuestionBank
from tests.base import DAY
from tests.makers import article_document, golden, make_article, make_path, make_tag, make_user, publish
from tests.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return Program("anna", group="Author")


@pytest.fixture
def article():
    article = make_article(
        sections=[
            {"role": "introduction", "heading": "One", "body": "<p>First.</p>"},
            {"role": "body", "heading": "Two", "body": "<p>Second.</p>"},
        ]
    )
    publishing.record(article, by=None)
    return article


def document(program, article):
    return program.get(article).json()["document"]


def errors(response, status=400):
    assert response.status_code == status, response.content
    return {each["where"]: each["message"] for each in response.json()["errors"]}


# --- Beginning ---------------------------------------------------------------------------------------


def test_a_draft_begins_from_a_document(anna):
    given = article_document("article", "From a program")
    response = anna.post(body={"document": given, "note": "By the weekly import."})
    assert response.status_code == 201
    assert response["Location"] == f"/api/v1/drafts/{given['id']}/"
    assert response["ETag"].startswith('"1-')
    revision = Revision.objects.get(article=given["id"])
    assert (revision.author, revision.note) == (anna.user, "By the weekly import.")
    assert response.json()["document"] == revision.document


def test_what_the_read_api_gives_out_is_what_this_one_takes_in(client):
    comparison = golden()
    editor = Program("edith", group="Editor")
    addresses = [f"/api/v1/comparisons/{comparison.slug}/"]
    addresses += [f"/api/v1/career-paths/{path.slug}/" for path in comparison.paths.all()]
    for address in addresses:
        published = client.get(address).json()["document"]
        there = editor.get(published["id"])
        response = editor.put(published["id"], {"document": published}, **{"If-Match": there["ETag"]})
        assert (response.status_code, response.json()["revision"]) == (200, there.json()["revision"])
        assert response.json()["document"] == published


@pytest.mark.parametrize("kind", ["article", "career-path", "comparison", "question-bank"])
def test_every_kind_is_written_read_and_written_again(kind):
    comparison = golden(published=False)
    rows = {
        "article": lambda: make_article(),
        "career-path": lambda: make_path("Another path"),
        "comparison": lambda: comparison,
        "question-bank": lambda: QuestionBank.objects.get(),
    }
    article = rows[kind]()
    publishing.record(article, by=None)
    editor = Program("edith", group="Editor")
    given = document(editor, article)
    response = editor.put(article, {"document": given | {"summary": "Another."}, "revision": 1})
    assert response.json()["document"] == given | {"summary": "Another."}
    assert response.json()["revision"] == 2


def test_sent_again_it_does_not_come_to_be_twice(anna):
    given = article_document("article", "Once")
    assert anna.post(body={"document": given}).status_code == 201
    response = anna.post(body={"document": given})
    assert response.status_code == 409
    assert response.json()["articles"][0]["url"] == f"/api/v1/drafts/{given['id']}/"
    assert Article.objects.filter(pk=given["id"]).count() == 1


def test_a_minimal_document_is_enough(anna):
    given = {"kind": "article", "title": "Short", "slug": "short"}
    assert anna.post(body={"document": given}).json()["document"]["sections"] == []


def test_html_is_sanitised_as_on_the_form(anna):
    body = '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:alert(1)">there</a></p>'
    sections = [{"role": "introduction", "heading": "<b>A</b>", "body": body}]
    response = anna.post(body={"document": article_document("article", "Marked", sections=sections)})
    (section,) = response.json()["document"]["sections"]
    assert section["body"] == "<p>Hi there</p>"
    page = publish(Article.objects.get(pk=response.json()["id"])).page
    assert "<b>A</b>" not in page
    assert "onclick" not in page


def test_tags_come_with_a_document_where_somebody_may_add_them(anna):
    tag = {"id": str(uuid4()), "name": "New tag", "slug": "new-tag"}
    ann = {"id": str(uuid4()), "name": "New author", "slug": "new-author"}
    given = article_document("article", "Tagged", tags=[tag, {"id": str(make_tag("Pay").pk)}])
    response = anna.post(body={"document": given})
    assert [each["name"] for each in response.json()["document"]["tags"]] == ["New tag", "Pay"]
    refused = anna.post(
        body={"document": article_document("article", "Other", authors=()) | {"authors": [ann]}}
    )
    assert errors(refused) == {"authors[0]": "this author is not here (any more)."}
    assert not Author.objects.filter(slug="new-author").exists()
    editor = Program("edith", group="Editor")
    given = article_document("article", "Other", authors=()) | {"authors": [ann]}
    assert editor.post(body={"document": given}).status_code == 201
    picture = {"id": str(uuid4()), "file": "images/x.png", "width": 1, "height": 1, "alt": "x"}
    refused = editor.post(body={"document": article_document("article", "P", image=picture)})
    assert errors(refused) == {"image": "this image is not here (any more)."}


def test_problems_name_their_members(anna):
    tag = make_tag("Pay")
    given = article_document("article", "Wrong", language="xx", tags=[{"id": str(tag.pk), "nme": "x"}])
    given["sections"] += [{"role": "chapter", "heading": 5, "body": "<p>x</p>"}]
    found = errors(anna.post(body={"document": given | {"titel": "x"}}))
    assert {"titel", "tags[0].nme", "sections[1].heading"} <= found.keys()
    assert "is not known here" in found["titel"]
    del given["tags"], given["sections"]
    assert "language" in errors(anna.post(body={"document": given}))
    assert not Article.objects.filter(pk=given["id"]).exists()


def test_a_taken_slug_is_named(anna, article):
    given = article_document("article", "Another", slug=article.slug)
    assert "slug is taken" in anna.post(body={"document": given}).json()["detail"]
    trash.trash(article, by=None)
    assert anna.post(body={"document": given}).status_code == 400


# --- Changing ----------------------------------------------------------------------------------------


def test_a_change_names_the_revision_that_it_was_made_from(anna, article):
    response = anna.patch(article, {"document": {"title": "Another"}})
    assert response.status_code == 428
    assert "If-Match" in response.json()["detail"]
    tag = anna.get(article)["ETag"]
    response = anna.patch(
        article, {"document": {"title": "Another"}, "note": "Why not."}, **{"If-Match": tag}
    )
    assert (response.status_code, response.json()["revision"]) == (200, 2)
    assert response["ETag"].startswith('"2-')
    assert anna.patch(article, {"document": {"title": "A third"}, "revision": 2}).status_code == 200
    assert anna.patch(article, {"document": {}}, **{"If-Match": '"3"'}).json()["revision"] == 3
    assert article.revisions.count() == 3
    for tag in ('W/"3-ab"', '"3-ab-gzip"', '"3-ab-br"', "3"):
        assert anna.patch(article, {"document": {}}, **{"If-Match": tag}).status_code == 200, tag
    for wrong in ("*", "x", "٣", '"1-a", "2-b"'):
        assert "If-Match" in errors(anna.patch(article, {"document": {}}, **{"If-Match": wrong}))
    assert "revision" in errors(anna.patch(article, {"document": {}, "revision": 2}, **{"If-Match": '"3"'}))
    assert "revision" in errors(anna.patch(article, {"document": {}, "revision": 99}))
    assert "revision" in errors(anna.patch(article, {"document": {}, "revision": -1}))


def test_a_patch_leaves_what_it_does_not_name_in_rows_as_well(anna, article):
    before = document(anna, article)
    first, second = before["sections"]
    sections = [{"id": second["id"]}, {"id": first["id"], "heading": "Now second"}]
    response = anna.patch(article, {"document": {"sections": sections}, "revision": 1})
    after = response.json()["document"]
    assert after == before | {"sections": [second, first | {"heading": "Now second"}]}


def test_what_replaces_a_document_has_all_of_it(anna, article):
    given = document(anna, article)
    del given["sections"], given["summary"]
    found = errors(anna.put(article, {"document": given, "revision": 1}))
    assert found.keys() == {"sections", "summary"}
    assert article.sections.count() == 2


def test_what_changes_nothing_makes_no_revision(anna, article):
    given = document(anna, article)
    assert anna.put(article, {"document": given, "revision": 1}).json()["revision"] == 1
    assert article.revisions.count() == 1


@pytest.mark.parametrize("conditional", [True, False])
def test_whoever_was_overtaken_is_told_what_differs_and_nothing_is_lost(anna, article, conditional):
    mine = document(anna, article)
    tag = anna.get(article)["ETag"]
    editor = Program("edith", group="Editor")
    theirs = {"title": "Theirs", "sections": mine["sections"][:1]}
    assert editor.patch(article, {"document": theirs, "revision": 1}).status_code == 200
    (row,) = [{"role": "conclusion", "heading": "Mine", "body": "<p>x</p>"}]
    mine |= {"title": "Mine", "summary": "Mine.", "sections": [*mine["sections"], row]}
    if conditional:
        response = anna.put(article, {"document": mine}, **{"If-Match": tag})
    else:
        response = anna.put(article, {"document": mine, "revision": 1})
    assert response.status_code == (412 if conditional else 409)
    found = response.json()
    assert (found["based_on"], found["revision"]) == (1, 2)
    assert "edith saved revision 2" in found["detail"]
    told = {each["place"]: each for each in found["differences"]}
    assert told["title"] == {
        "place": "title",
        "changed_by": ["mine", "theirs"],
        "theirs": "Theirs",
        "mine": "Mine",
    }
    assert told["summary"]["changed_by"] == ["mine"]
    gone = told[f"sections/{mine['sections'][1]['id']}"]
    assert (gone["changed_by"], gone["mine"]["heading"], "theirs" in gone) == (["theirs"], "Two", False)
    assert article.revisions.count() == 2
    assert document(anna, article)["title"] == "Theirs"
    merged = document(anna, article) | {"summary": "Mine."}
    assert anna.put(article, {"document": merged, "revision": found["revision"]}).json()["revision"] == 3


def test_a_patch_that_was_overtaken_is_compared_by_what_it_was_made_from(anna, article):
    editor = Program("edith", group="Editor")
    editor.patch(article, {"document": {"title": "Theirs"}, "revision": 1})
    found = anna.patch(article, {"document": {"summary": "Mine."}, "revision": 1}).json()
    assert {each["place"]: each["changed_by"] for each in found["differences"]} == {
        "title": ["theirs"],
        "summary": ["mine"],
    }


def test_what_cannot_change_is_refused(anna, article):
    given = document(anna, article)
    for name, value in (("id", str(uuid4())), ("kind", "comparison"), ("reviewed_on", "2026-01-01")):
        assert name in errors(anna.patch(article, {"document": {name: value}, "revision": 1})), name
    other = make_article("Another")
    row = documents.compose(other)["sections"][0]
    found = anna.put(article, {"document": given | {"sections": [row]}, "revision": 1})
    assert "belongs to another article" in found.json()["detail"]
    assert other.sections.count() == 1
    assert article.revisions.count() == 1


def test_facts_are_checked_by_an_address_of_their_own(anna, article):
    day = timezone.localdate() - DAY
    assert anna.post(article, "checked", {"on": day.isoformat(), "note": "By phone."}).status_code == 200
    assert document(anna, article)["reviewed_on"] == day.isoformat()
    assert Event.objects.first().detail.endswith("By phone.")
    assert anna.post(article, "checked", {"on": (day + 9 * DAY).isoformat()}).status_code == 422
    assert "on" in errors(anna.post(article, "checked", {"on": "2026-02-30"}))


def test_what_is_in_the_trash_is_not_written(anna, article):
    trash.trash(article, by=None)
    response = anna.patch(article, {"document": {"title": "x"}, "revision": 1})
    assert response.status_code == 409
    assert "is in the trash. Put it back first" in response.json()["detail"]


# --- Restoring and copying ---------------------------------------------------------------------------


def test_a_revision_or_a_place_of_it_is_restored(anna, article):
    first = document(anna, article)
    row = first["sections"][1]["id"]
    anna.patch(article, {"document": {"title": "Another", "sections": first["sections"][:1]}, "revision": 1})
    assert anna.post(article, "restore", {"revision": 1, "place": f"sections/{row}"}).json()["revision"] == 3
    now = document(anna, article)
    assert (now["title"], len(now["sections"])) == ("Another", 2)
    assert anna.post(article, "restore", {"revision": 1}).json()["revision"] == 4
    assert document(anna, article) == first
    for place in ("nothing", "sections", f"sections/{uuid4()}/nothing", "a/b/c"):
        assert "place" in errors(anna.post(article, "restore", {"revision": 1, "place": place})), place
    assert "revision" in errors(anna.post(article, "restore", {"revision": 9}))
    assert "revision" in errors(anna.post(article, "restore"))


def test_a_copy_is_a_draft_of_its_own(anna, article):
    response = anna.post(article, "copy")
    assert response.status_code == 201
    copied = response.json()
    assert (copied["title"], copied["slug"]) == (
        "Copy of How to read a pay figure",
        "how-to-read-a-pay-figure-copy",
    )
    assert copied["id"] != str(article.pk)


def test_all_that_is_decided_stands_in_the_trail_as_from_the_api(anna, article):
    anna.send("DELETE", article)
    assert anna.send("DELETE", article).status_code == 403  # not her own
    editor = Program("edith", group="Editor")
    assert editor.send("DELETE", article).json()["state"] == "trashed"
    event = Event.objects.first()
    assert (event.action, event.who, event.channel, event.address) == ("trashed", "edith", "api", "127.0.0.1")


def test_a_tag_that_somebody_may_not_add_is_a_problem(article):
    program = Program("zoe", user=make_user("zoe", group="Author"))
    program.user.groups.get().permissions.filter(codename="add_tag").delete()
    tag = {"id": str(uuid4()), "name": "New", "slug": "new"}
    response = program.patch(article, {"document": {"tags": [tag]}, "revision": 1})
    assert errors(response) == {"tags[0]": "this tag is not here (any more)."}
    assert not Tag.objects.exists()


def test_an_older_schema_is_understood_and_a_broken_one_refused(anna):
    older = article_document("article", "Older") | {"schema": 2}
    response = anna.post(body={"document": older})
    assert response.json()["document"]["schema"] == kinds.get("article").schema
    for schema in (0, 99, "3", None, [], {}):
        found = article_document("article", "Other") | {"schema": schema}
        assert "schema" in errors(anna.post(body={"document": found})), schema
    bare = {"schema": 1, "kind": "article", "title": "x", "slug": "x", "sections": 5}
    assert anna.post(body={"document": bare}).status_code == 400
    assert json.loads(anna.post(body={"document": bare}).content)["errors"]
