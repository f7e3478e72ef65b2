"""Who may do what by the API of drafts: route × role × state, as at the desk.

A row says what those get who may; the others get 403, and whoever has no token 401. Rights come before
everything else that a request says: a condition, a body, or that nothing has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from articles import kinds, rights
from articles.models import ReviewNote
from comparisons.models import QuestionBank
from tests.careersite.rights import ALL, EDITORS, READERS, REVIEWERS, STATES, WRITERS
from tests.careersite.test_rights import example, in_state
from tests.makers import article_document, make_article
from tests.programs import DRAFTS, Program, address

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROLES = ("Author", "Editor", "Moderator", "Reviewer")
MADE, WRONG, REFUSED, NOT_THERE, CONFLICT, UNFIT = 201, 400, 403, 404, 409, 422
NEXT_YEARS = "2199-01-01T09:00:00Z"


@dataclass(frozen=True)
class Row:
    """One request: who may make it, what they get, and where that hangs on the article's state."""

    may: str
    method: str = "GET"
    gets: int = 200
    body: object = None
    in_state: Mapping[str, int] = field(default_factory=dict)


def retitled(article):
    return {"document": {"title": "Another"}, "revision": article.revisions.first().number}


IN_TRASH = {"trashed": CONFLICT}
IN_USE = dict.fromkeys(("live", "changed", "scheduled"), CONFLICT)
NOT_IN_REVIEW = CONFLICT
ONE = {
    "": [
        Row(ALL),
        Row(WRITERS, "PATCH", body=retitled, in_state=IN_TRASH),
        Row(WRITERS, "PUT", gets=WRONG, body={"document": {}, "revision": 2}, in_state=IN_TRASH),
        Row(EDITORS, "DELETE", in_state=IN_USE),
    ],
    "put-back": [Row(EDITORS, "POST")],
    "copy": [Row(WRITERS, "POST", gets=MADE, in_state=IN_TRASH)],
    "checked": [Row(WRITERS, "POST", in_state=IN_TRASH)],
    "revisions": [Row(ALL)],
    "revisions/<int:number>": [Row(ALL)],
    "restore": [Row(WRITERS, "POST", body={"revision": 1}, in_state=IN_TRASH)],
    "findings": [Row(ALL)],
    "submit": [Row(WRITERS, "POST", in_state=IN_TRASH | {"live": UNFIT})],
    "assign": [Row(READERS, "POST", gets=NOT_IN_REVIEW, body={"assignee": None})],
    "request-changes": [Row(REVIEWERS, "POST", gets=NOT_IN_REVIEW, body={"note": "Why?"})],
    "approve": [Row(REVIEWERS, "POST", gets=NOT_IN_REVIEW, body={"revision": 2})],
    "recall": [Row(WRITERS, "POST", in_state=IN_TRASH)],
    "notes": [Row(ALL), Row(READERS, "POST", gets=NOT_IN_REVIEW, body={"text": "Why?"})],
    "notes/<uuid:note>/answers": [Row(READERS, "POST", gets=NOT_THERE, body={"text": "So."})],
    "notes/<uuid:note>/resolve": [Row(READERS, "POST", gets=NOT_THERE)],
    "publish": [Row(EDITORS, "POST", in_state=IN_TRASH)],
    "schedule": [Row(EDITORS, "POST", body={"at": NEXT_YEARS}, in_state=IN_TRASH)],
    "cancel": [Row(EDITORS, "POST", gets=WRONG, body={"publication": 2_000_000})],
    "withdraw": [Row(EDITORS, "POST")],
}
ROWS = [(action, number) for action, rows in ONE.items() for number in range(len(rows))]


def routes():
    root = {str(each.pattern): each for each in get_resolver().url_patterns}["api/v1/"]
    return {str(each.pattern) for each in root.url_patterns if str(each.pattern).startswith("drafts/<")}


def test_every_address_of_a_draft_has_a_row():
    assert routes() == {f"drafts/<uuid:pk>/{action}{'/' if action else ''}" for action in ONE}


def answer(program, article, action, row, **headers):
    """The status of a request; what it changed is taken back."""
    place = action.replace("<int:number>", "1").replace("<uuid:note>", str(uuid4()))
    with transaction.atomic():
        body = row.body(article) if callable(row.body) else row.body
        response = program.send(row.method, article, place, body, **headers)
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_what_is_done_with_an_article(state, role):
    article, program = in_state(state), Program("somebody", group=role)
    found, expected = {}, {}
    for action, number in ROWS:
        row = ONE[action][number]
        found[action, number] = answer(program, article, action, row)
        expected[action, number] = row.in_state.get(state, row.gets) if role[0] in row.may else REFUSED
    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_rights_come_before_conditions_bodies_and_what_is_unchanged(role):
    article, program = in_state("draft"), Program("somebody", group=role)
    wrong = {"If-None-Match": "*", "If-Match": '"999-x"'}
    for action, number in ROWS:
        row = ONE[action][number]
        if role[0] not in row.may:
            for body in (row.body, [], {"unknown": 1}, "{"):
                asked = Row(row.may, row.method, body=body)
                assert answer(program, article, action, asked, **wrong) == REFUSED, (action, body)


def test_whoever_has_no_token_gets_nothing():
    article = in_state("live")
    for action, number in ROWS:
        row = ONE[action][number]
        place = address(article, action.replace("<int:number>", "1").replace("<uuid:note>", str(uuid4())))
        response = Client().generic(row.method, place, headers={"If-None-Match": "*"})
        assert response.status_code == 401, action
        assert response.json()["status"] == 401


@pytest.mark.parametrize(
    ("kind", "may"), [("article", WRITERS), ("career-path", WRITERS), ("question-bank", EDITORS)]
)
def test_who_begins_what(kind, may):
    for role in ROLES:
        document = article_document(kind, f"One of {role}")
        response = Program(role, group=role).post(body={"document": document})
        assert response.status_code == (MADE if role[0] in may else REFUSED), (role, response.content)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["draft", "live"])
def test_rights_are_those_of_the_desk(role, state, rf):
    """The functions that this API asks say what the admins' methods say."""
    comparison = in_state(state, example)
    request = rf.get("/")
    request.user = Program("somebody", group=role).user
    for article in (in_state(state), comparison, comparison.paths.first(), QuestionBank.objects.get()):
        desk = admin.site._registry[kinds.get(article.kind).model]
        found = {
            "view": rights.may_view(request.user, article),
            "add": rights.may_add(request.user, kinds.get(article.kind)),
            "change": rights.may_change(request.user, article),
            "trash": rights.may_trash(request.user, article),
            "publish": rights.may_publish(request.user, article),
            "override": rights.may_override(request.user, article),
            "review": rights.may_review(request.user, article),
            "note": rights.may_note(request.user, article),
            "copy": rights.may_copy(request.user, article),
        }
        assert found == {
            "view": desk.has_view_or_change_permission(request, article),
            "add": desk.has_add_permission(request),
            "change": desk.has_change_permission(request, article),
            "trash": desk.has_delete_permission(request, article),
            "publish": desk.has_publish_permission(request),
            "override": desk.has_override_permission(request),
            "review": desk.may_review(request, article),
            "note": desk.may_note(request, article),
            "copy": desk.has_copy_permission(request),
        }, (article.kind, role)


def test_people_trash_their_own_drafts_that_nobody_else_wrote():
    anna, edith = Program("anna", group="Author"), Program("edith", group="Editor")
    own = anna.post(body={"document": article_document("article", "Of anna")}).json()
    assert anna.send("DELETE", own["id"]).json()["state"] == "trashed"
    assert anna.post(own["id"], "put-back").json()["state"] == "draft"
    assert edith.patch(own["id"], {"document": {"title": "Of both"}, "revision": 1}).status_code == 200
    assert anna.send("DELETE", own["id"]).status_code == REFUSED


@pytest.mark.parametrize("role", ROLES)
def test_what_a_kind_allows_is_its_own(role):
    comparison = in_state("draft", example)
    program, bank = Program("somebody", group=role), QuestionBank.objects.get()
    patched = {"document": {"summary": "Another."}, "revision": 2}
    assert program.get(comparison).status_code == 200
    assert program.patch(comparison, patched).status_code == (200 if role[0] in WRITERS else REFUSED)
    number = bank.revisions.first().number
    assert program.get(bank).status_code == (200 if role[0] in READERS else REFUSED)
    patched = {"document": {"summary": "Another."}, "revision": number}
    assert program.patch(bank, patched).status_code == (200 if role[0] in EDITORS else REFUSED)
    assert program.post(bank, "copy").status_code == REFUSED
    kinds = {each["kind"] for each in program.get().json()["results"]}
    assert ("question-bank" in kinds) == (role[0] in READERS)
    asked = program.get(query={"kind": "question-bank"})
    assert asked.status_code == (200 if role[0] in READERS else REFUSED)


def test_only_who_may_override_gives_a_reason_against_objections():
    article = in_state("draft")
    writer = Program("wendy", group="Editor")
    body = {"override": "We know."}
    assert writer.post(article, "publish", body).status_code == 200
    user = writer.user
    user.groups.clear()
    user.user_permissions.add(*permissions("change_article", "publish_article"))
    assert Program("again", user=user).post(article, "publish", body).status_code == REFUSED


def permissions(*codenames):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=codenames, content_type__app_label="articles")


def test_rows_need_the_rights_that_the_form_asks_for():
    """A group of somebody's own, that may change articles but not their corrections."""
    program = Program("carl")
    program.user.user_permissions.add(*permissions("change_article", "view_article", "change_section"))
    article = in_state("draft")
    log = [{"corrected_on": "2026-03-03", "was": "Nine.", "now": "Eight."}]
    response = program.patch(article, {"document": {"corrections": log}, "revision": 2})
    assert response.status_code == REFUSED
    assert "you lack the right “articles.add_correction”" in response.json()["detail"]
    assert not article.corrections.exists()
    (section,) = program.get(article).json()["document"]["sections"]
    changed = {"document": {"sections": [section | {"heading": "Another"}]}, "revision": 2}
    assert program.patch(article, changed).status_code == 200
    gone = {"document": {"sections": []}, "revision": 3}
    assert "articles.delete_section" in program.patch(article, gone).json()["detail"]


def test_notes_of_others_articles_are_not_answered_through_ones_own():
    one, other = in_state("draft"), make_article("Another")
    edith, rita = Program("edith", group="Editor"), Program("rita", group="Reviewer")
    edith.post(one, "submit")
    note = rita.post(one, "notes", {"text": "Why?"}).json()
    assert rita.post(other, f"notes/{note['id']}/answers", {"text": "So."}).status_code == NOT_THERE
    assert rita.post(other, f"notes/{note['id']}/resolve").status_code == NOT_THERE
    assert ReviewNote.objects.get().resolved_at is None
    assert rita.get(uuid4()).status_code == NOT_THERE
    assert rita.client.get(f"{DRAFTS}x/").status_code == NOT_THERE
