"""Drafts as programs read them: lists, one with its document, its revisions, and what checks find."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import documents, late, publishing, trash, workflow
from articles.api.items import instant
from articles.models import Article, Image
from tests.articles.test_late_warnings import expiring
from tests.base import queries, soon
from tests.careersite.test_api_description import check, description  # noqa: F401  # a fixture
from tests.makers import (
    article_document,
    golden,
    make_article,
    make_author,
    make_path,
    make_tag,
    make_user,
    publish,
)
from tests.programs import DRAFTS, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith():
    return Program("edith", group="Editor")


def saved(article, by=None, **parts):
    if parts:
        documents.restore(documents.compose(article) | parts)
    publishing.record(article, by=by)
    return article


def titles(response):
    assert response.status_code == 200, response.content
    return [each["title"] for each in response.json()["results"]]


def test_a_draft_says_where_it_stands_and_what_it_says(edith):
    article = saved(make_article(), by=edith.user)
    workflow.submit(article, by=edith.user, note="Please.")
    publishing_at = soon()
    response = edith.get(article)
    found = response.json()
    document = found.pop("document")
    assert document == documents.compose(article)
    article.refresh_from_db()
    review = found.pop("review")
    standing, updated_at = found.pop("standing"), found.pop("updated_at")
    assert found == {
        "id": str(article.pk),
        "kind": "article",
        "title": "How to read a pay figure",
        "slug": "how-to-read-a-pay-figure",
        "language": "en",
        "state": "draft",
        "revision": 1,
        "facts_due_on": article.facts_due_on and article.facts_due_on.isoformat(),
        "url": f"{DRAFTS}{article.pk}/",
        "desk": f"/admin/articles/article/{article.pk}/change/",
        "publications": [],
    }
    assert (review["state"], review["submitted_by"], review["assignee"], review["note"]) == (
        "in-review",
        "edith",
        None,
        "Please.",
    )
    assert standing == publishing.standing(article)
    assert updated_at == article.updated_at.isoformat().replace("+00:00", "Z")
    assert response["ETag"].startswith('"1-')
    assert response["Cache-Control"] == "private, no-cache"
    workflow.recall(article, by=edith.user)
    publishing.publish(article, by=edith.user)
    publishing.schedule(article, by=edith.user, at=publishing_at)
    found = edith.get(article).json()
    assert (found["state"], found["review"]) == ("live", None)
    assert [(each["revision"], each["is_live"], each["by"]) for each in found["publications"]] == [
        (1, True, "edith"),
        (1, False, "edith"),
    ]


def test_what_a_program_has_already_is_not_sent_again(edith):
    article = saved(make_article())
    tag = edith.get(article)["ETag"]
    again = edith.get(article, **{"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    workflow.submit(article, by=None)
    assert edith.get(article, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.any_database
def test_filters_find_what_they_say(edith):
    first = saved(make_article("First", slug="first"), by=edith.user)
    second = saved(make_path("Second", slug="second"))
    third = saved(make_article("Third", slug="third"))
    publish(third)
    saved(third, summary="Another.")
    trashed = saved(make_article("Trashed", slug="trashed"))
    trash.trash(trashed, by=None)
    workflow.submit(first, by=None)
    now = timezone.now()
    for ago, each in enumerate((third, second, first)):
        Article.objects.filter(pk=each.pk).update(updated_at=now - timedelta(hours=ago))

    def listed(**query):
        return titles(edith.get(query=query))

    assert listed() == ["Third", "Second", "First"]
    assert listed(ordering="updated") == ["First", "Second", "Third"]
    assert listed(kind="career-path") == ["Second"]
    assert listed(state="draft") == ["Second", "First"]
    assert listed(state="changed") == ["Third"]
    assert listed(state="trashed") == ["Trashed"]
    assert listed(state="draft", kind="article") == ["First"]
    assert listed(slug="second") == ["Second"]
    assert listed(review="in-review") == ["First"]
    assert listed(mine="true") == ["First"]
    since = (now - timedelta(hours=1)).isoformat()
    assert listed(changed_since=since) == ["Third", "Second"]
    assert listed(changed_since=since, kind="article", state="changed") == ["Third"]


def test_pages_follow_each_other_without_loss(edith):
    for number in range(7):
        saved(make_article(f"Piece {number}", slug=f"piece-{number}"))
    Article.objects.update(updated_at=timezone.now())  # all at the same moment
    first = edith.get(query={"page_size": 3}).json()
    second = edith.client.get(first["next"]).json()
    third = edith.client.get(second["next"]).json()
    found = [each["id"] for page in (first, second, third) for each in page["results"]]
    assert (len(found), len(set(found)), third["next"]) == (7, 7, None)
    assert edith.client.get(third["previous"]).json()["results"] == second["results"]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"kind": "novel"}, "kind"),
        ({"state": "gone"}, "state"),
        ({"mine": "yes"}, "mine"),
        ({"changed_since": "yesterday"}, "changed_since"),
        ({"changed_since": "2026-01-01T00:00:00"}, "changed_since"),
        ({"changed_since": "9999-12-31T23:59:59-23:59"}, "changed_since"),
        ({"changed_since": "\x00"}, "changed_since"),
        ({"slug": "a b"}, "slug"),
        ({"review": "ended"}, "review"),
        ({"cursor": "x"}, "cursor"),
        ({"tag": "pay"}, "tag"),
    ],
)
def test_what_a_list_does_not_know_is_refused(edith, query, where):
    response = edith.get(query=query)
    assert response.status_code == 400
    assert [each["where"] for each in response.json()["errors"]] == [where]


def test_a_list_takes_so_many_queries_however_long_it_is(edith):
    for number in range(12):
        saved(make_article(f"Piece {number}", slug=f"piece-{number}"), by=edith.user)
    for query in (
        {},
        {"mine": "true", "state": "draft"},
        {"kind": "article", "changed_since": "2020-01-01T00:00Z"},
    ):
        edith.get(query=query)
        with queries() as ran:
            assert len(titles(edith.get(query=query))) == 12
        assert len(ran) <= 5, ran  # the token, the rights of the person and their groups, the keys, the rows


def test_one_draft_takes_so_many_queries_however_much_it_holds(edith):
    comparison = saved(golden())
    edith.get(comparison)
    with queries() as ran:
        edith.get(comparison)
    assert len(ran) <= 9, ran


def test_revisions_are_listed_and_each_is_whole(edith):
    article = saved(make_article(), by=edith.user)
    publish(article)
    saved(article, summary="Another.")
    found = edith.get(article, "revisions").json()["results"]
    assert [(each["number"], each["author"], each["is_live"]) for each in found] == [
        (2, None, False),
        (1, "edith", True),
    ]
    one = edith.get(article, "revisions/1").json()
    assert one["document"]["summary"] == "What How to read a pay figure is about, in one sentence."
    assert edith.get(article, "revisions/3").status_code == 404
    assert edith.get(article, f"revisions/{10**30}").status_code == 404
    page = edith.get(article, "revisions", {"page_size": 1}).json()
    assert edith.client.get(page["next"]).json()["results"] == found[1:]


def test_findings_are_those_of_the_desk(edith):
    article = saved(make_article(summary="", title="x" * 61))
    found = edith.get(article, "findings").json()
    assert found["revision"] == 1
    assert ("stops", "summary") in [(each["level"], each["place"]) for each in found["findings"]]
    assert all(each["label"] and each["message"] for each in found["findings"])


def test_findings_tell_what_is_late_for_what_is_scheduled(edith):
    path = expiring(1)
    publication = publishing.schedule(path, by=edith.user, at=soon(hours=72))
    assert edith.get(path, "findings").json()["late"] == []
    late.warn()
    (found,) = edith.get(path, "findings").json()["late"]
    assert found.pop("message").startswith("“A bureau: A table” is valid until")
    assert found == {
        "starts_at": instant(publication.starts_at),
        "level": "warns",
        "check": "late",
        "label": "Scheduled, and changed since",
        "place": f"sources/{path.sources.get().pk}/valid_until",
    }


@pytest.mark.any_database
def test_answers_are_as_described(edith, description):  # noqa: F811
    article = saved(make_article(), by=edith.user)
    workflow.submit(article, by=edith.user)
    note = edith.post(article, "notes", {"text": "Why?", "place": "summary"})
    template = f"{DRAFTS}{{id}}/"
    check(description, f"{template}notes/", note, "post")
    answered = edith.post(article, f"notes/{note.json()['id']}/answers", {"text": "So."})
    check(description, f"{template}notes/{{note}}/answers/", answered, "post")
    for action in ("revisions", "revisions/1", "findings", "notes", ""):
        response = edith.get(article, action)
        assert response.status_code == 200
        shown = action.replace("/1", "/{number}")
        check(description, f"{template}{shown}{'/' if action else ''}", response)
    check(description, DRAFTS, edith.get())
    check(description, DRAFTS, edith.get(query={"no": "no"}))
    check(description, template, edith.patch(article, {"document": {}, "revision": 1}), "patch")
    check(description, f"{template}recall/", edith.post(article, "recall"), "post")
    check(description, f"{template}publish/", edith.post(article, "publish"), "post")
    check(description, DRAFTS, edith.post(body={"document": 1}), "post")
    mine = {"document": {"title": "Mine"}, "revision": 1}
    assert edith.patch(article, {"document": {"title": "Theirs"}, "revision": 1}).status_code == 200
    for headers, status in (({}, 409), ({"If-Match": '"1"'}, 412)):
        response = edith.patch(article, mine, **headers)
        assert response.status_code == status
        check(description, template, response, "patch")
    check(description, template, edith.patch(article, {"document": {}}), "patch")
    (named,) = [
        each for each in description["paths"][template]["put"]["parameters"] if each["in"] == "header"
    ]
    assert named["name"] == "If-Match"
    assert description["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert description["paths"][DRAFTS]["get"]["security"] == [{"token": []}]
    assert description["paths"]["/api/v1/articles/"]["get"]["security"] == [{}]


def test_who_may_review_reads_and_a_moderator_reads_no_bank():
    golden()
    assert "question-bank" in {
        each["kind"] for each in Program("r", group="Reviewer").get().json()["results"]
    }
    nobody = Program("n", user=make_user("nobody"))
    assert nobody.get().status_code == 403


# --- What documents may name -------------------------------------------------------------------------


@pytest.mark.any_database
def test_authors_tags_and_pictures_are_found_as_documents_hold_them(edith, description):  # noqa: F811
    author, tag = make_author("Zoe"), make_tag("Pay")
    picture = Image.objects.create(file="images/x.png", width=4, height=3, alt="A desk")
    make_author("Ann")
    found = {name: edith.get(name) for name in ("authors", "tags", "images")}
    for name, response in found.items():
        check(description, f"{DRAFTS}{name}/", response)
    assert [each["name"] for each in found["authors"].json()["results"]] == ["Ann", "Zoe"]
    assert edith.get("authors", query={"slug": "zoe"}).json()["results"][0]["id"] == str(author.pk)
    (shown,) = found["images"].json()["results"]
    assert (shown["id"], shown["alt"]) == (str(picture.pk), picture.alt)
    named = {"authors": [{"id": str(author.pk)}], "tags": [{"id": str(tag.pk)}], "image": {"id": shown["id"]}}
    response = edith.post(body={"document": article_document("article", "Named", authors=()) | named})
    assert response.status_code == 201, response.content
    document = response.json()["document"]
    assert document["image"] == shown
    assert [each["name"] for each in (*document["authors"], *document["tags"])] == ["Zoe", "Pay"]


@pytest.mark.any_database
def test_who_may_see_them_at_the_desk_finds_them():
    for group, status in (("Author", 200), ("Editor", 200), ("Reviewer", 200), ("Moderator", 403)):
        program = Program(group.lower(), group=group)
        for name in ("authors", "tags", "images"):
            assert program.get(name).status_code == status, (group, name)


def test_each_of_these_lists_takes_so_many_queries(edith):
    for number in range(12):
        make_author(f"Author {number}")
    edith.get("authors")
    with queries() as ran:
        assert len(edith.get("authors").json()["results"]) == 12
    assert len(ran) <= 4, ran
