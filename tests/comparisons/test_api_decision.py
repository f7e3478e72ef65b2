"""The decision form over the API: what is asked, what answers come to, and a result by its code."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import documents, publishing
from comparisons import codes
from comparisons.answers import Answers, fill
from comparisons.decision import UNRATED
from comparisons.models import QuestionBank
from comparisons.presenting import payload
from comparisons.reading import decision_form
from comparisons.scoring import score_sheet
from tests.articles.test_api_articles import instant
from tests.base import at, queries
from tests.makers import (
    GOLDEN,
    golden,
    golden_answers,
    make_comparison,
    make_path,
    publish,
    questions,
    ratings,
)

pytestmark = pytest.mark.django_db

SLUG = "microtask-gig-work-vs-remote-project-management"
DECISION = f"/api/v1/comparisons/{SLUG}/decision/"
PATHS = ("Microtask gig work", "Remote project management")


def post(client, data, address=DECISION):
    body = data if isinstance(data, str | bytes) else json.dumps(data)
    return client.post(address, body, content_type="application/json")


def answered(client, comparison, **importances):
    """A result of the worked example."""
    data = {"answers": golden_answers(comparison), "importances": importances}
    response = post(client, data)
    assert response.status_code == 200, response.content
    return response.json()


def refused(response, status=400):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def republish(article, **changes):
    return publish(documents.restore(documents.compose(article) | changes), override="To see what changes.")


def paths_of(comparison):
    return [contender.path for contender in comparison.contenders.order_by("position")]


# --- The form --------------------------------------------------------------------------------------


def test_the_form_has_all_that_it_takes_to_ask(client):
    comparison = golden()
    bank = documents.compose(QuestionBank.objects.get())
    assert client.get(DECISION).json() == {
        "questions": [
            {
                "id": question["id"],
                "criterion": criterion["id"],
                "prompt": f"How much {question['slug']}?",
                "help": "",
                "shape": question["shape"],
                "options": [
                    f"{question['slug']} {word}" for word in ("none", "little", "some", "much", "most")
                ],
                "reversed": False,
            }
            for criterion in bank["criteria"]
            for question in criterion["questions"]
        ],
        "criteria": [
            {"id": criterion["id"], "name": criterion["name"], "swing": f"Going up in {criterion['name']}?"}
            for criterion in bank["criteria"]
        ],
        "paths": [
            {"id": str(path.pk), "name": path.title, "slug": path.slug, "url": f"/careers/{path.slug}/"}
            for path in paths_of(comparison)
        ],
        "positions": [0, 25, 50, 75, 100],
        "importances": ["not at all", "a little", "somewhat", "a lot", "decisive"],
        "default_importance": 2,
    }


def test_questions_come_in_the_order_that_the_editor_chose(client):
    comparison = golden()
    asked = [question["id"] for question in client.get(DECISION).json()["questions"]]
    republish(comparison, questions=[asked[4], asked[0]])
    form = client.get(DECISION).json()
    assert [question["id"] for question in form["questions"]] == [asked[4], asked[0]]
    assert [criterion["name"] for criterion in form["criteria"]] == ["Structure", "Skills"]


def test_the_form_costs_two_queries_and_has_a_version(client):
    golden()
    with queries() as ran:
        response = client.get(DECISION)
    assert len(ran) == 2
    assert client.get(DECISION, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_nothing_is_rated_there_is_no_form(client, method):
    paths = [make_path(name) for name in PATHS]
    for each in (*paths, make_comparison(*paths)):
        publish(each)
    response = client.get(DECISION) if method == "get" else post(client, {})
    assert refused(response, 404)["detail"] == UNRATED


# --- Answers ---------------------------------------------------------------------------------------


def test_the_worked_example_has_its_numbers(client):
    comparison = golden()
    gig, management = (str(path.pk) for path in paths_of(comparison))
    result = answered(client, comparison)
    assert (result["verdict"], result["leader"], result["runner_up"]) == ("leans", gig, management)
    assert [(each["path"], each["score"]) for each in result["scores"]] == [(gig, 82.5), (management, 68.0)]
    assert (result["margin"], result["margin_exact"]) == (14.5, "29/2")
    assert {each["name"]: each["contribution"] for each in result["criteria"]} == {
        "Skills": -3.5,
        "Earning": 6.0,
        "Structure": 0.5,
        "Autonomy": 1.0,
        "Relationships": 10.5,
    }
    assert (result["answered"], result["total"], result["missing"]) == (10, 10, [])


def test_the_answer_is_the_payload_that_pages_are_made_of(client):
    comparison, moment = golden(), timezone.now()
    answers = golden_answers(comparison)
    with at(moment):
        result = answered(client, comparison)
    form, _ = decision_form(comparison.publications.get(), moment)
    sheet = fill(form.table, Answers(answers))
    expected = payload(form, sheet, score_sheet(form.table, sheet))
    assert result == json.loads(json.dumps(expected)) | {
        "code": result["code"],
        "link": f"/compare/{SLUG}/decide/{result['code']}/",
        "moment": instant(moment),
    }
    assert codes.decode(result["code"], comparison=comparison.pk).moment == moment


def test_importances_weigh(client):
    comparison = golden()
    skills = client.get(DECISION).json()["criteria"][0]["id"]
    result = answered(client, comparison, **{skills: 0})
    assert result["criteria"][0]["weight"] == 0
    assert result["margin"] == 22.5  # (14.5 + 3.5) · 5/4: what the four others come to


def test_what_is_not_answered_is_skipped(client):
    golden()
    first = client.get(DECISION).json()["questions"][0]["id"]
    for data in ({}, {"answers": {}}, {"answers": {first: None}, "importances": {}}):
        result = post(client, data).json()
        assert (result["verdict"], result["answered"]) == ("not_enough_answers", 0)
        assert result["missing"]


def test_an_empty_body_skips_everything(client):
    golden()
    assert post(client, "").json()["answered"] == 0


def test_answering_costs_two_queries_and_stores_nothing(client):
    comparison = golden()
    answers = golden_answers(comparison)
    with queries() as ran:
        post(client, {"answers": answers})
    assert len(ran) == 2
    assert all(statement.lstrip("(").startswith("SELECT") for statement in ran)


def test_a_result_is_kept_from_caches_and_indexes(client):
    comparison = golden()
    code = answered(client, comparison)["code"]
    for response in (post(client, {}), client.get(f"{DECISION}{code}/")):
        assert response["Cache-Control"] == "private"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"


def test_answers_need_neither_login_nor_token(client):
    golden()
    client.handler.enforce_csrf_checks = True
    assert post(client, {}).status_code == 200


@pytest.mark.parametrize("value", [5, -1, True, False, 2.0, "2", [], {}, [1], 10**400])
def test_an_answer_that_is_no_option_is_refused(client, value):
    golden()
    question = client.get(DECISION).json()["questions"][0]["id"]
    (error,) = refused(post(client, {"answers": {question: value}}))["errors"]
    assert error["where"] == f"answers.{question}"
    assert error["message"].startswith("needs the number of an option, 0 to 4, or nothing to skip")


@pytest.mark.parametrize("value", [5, -1, True, None, 2.0, "2", []])
def test_an_importance_out_of_range_is_refused(client, value):
    golden()
    criterion = client.get(DECISION).json()["criteria"][0]["id"]
    (error,) = refused(post(client, {"importances": {criterion: value}}))["errors"]
    assert error["where"] == f"importances.{criterion}"
    assert error["message"].startswith("needs a whole number, 0 to 4")


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        ({"answers": {"nobody": 1}}, "answers.nobody", "is not a question of this form; "),
        ({"importances": {"nobody": 1}}, "importances.nobody", "is not a criterion of this form; "),
        (
            {"answers": {"x" * 9999: "y" * 9999}},
            f"answers.{'x' * 59}…"[:-1],
            "is not a question of this form; ",
        ),
        ('{"answers": {"\\ud800": 1}}', "answers.?", "is not a question of this form; "),
        ({"answers": [1]}, "answers", "expected an object, found [1]."),
        ({"answers": None}, "answers", "expected an object, found null."),
        ({"importances": 3}, "importances", "expected an object, found 3."),
        ({"answer": {}}, "answer", "is not known here. Known are answers, importances."),
    ],
)
def test_bad_answers_are_named(client, data, where, message):
    golden()
    (error,) = refused(post(client, data))["errors"]
    assert error["where"] == where or len(where) > 60
    assert error["message"].startswith(message)
    assert len(error["where"]) + len(error["message"]) < 300


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[]", "Send an object with the keys answers, importances."),
        ("null", "Send an object with the keys answers, importances."),
        ("{", "The body is not JSON: "),
        ('{"answers": NaN}', "The body is not JSON: "),
        (b"\xff", "The body is not JSON: "),
        ("[" * 99_000, "The body is not JSON: "),
        ("1" * 9_999, "The body is not JSON: "),
    ],
)
def test_a_bad_body_is_refused(client, body, message):
    golden()
    assert refused(post(client, body))["detail"].startswith(message)


def test_a_large_body_is_refused(client):
    golden()
    padding = " " * 100_001
    found = refused(post(client, f"{{}}{padding}"), 413)
    assert found["detail"] == "The body has more than 100 kB. Send less."
    assert post(client, f"{{}}{padding[:99_998]}").status_code == 200


def test_forms_are_for_the_pages(client):
    golden()
    assert refused(client.post(DECISION, {"answers": "{}"}), 415)["detail"].startswith("Send the body as ")
    assert refused(client.put(DECISION), 405)
    assert refused(client.post(f"{DECISION}?x=1", "{}", content_type="application/json"))


# --- A result by its code --------------------------------------------------------------------------


def test_a_code_leads_back_to_the_same_numbers(client):
    result = answered(client, golden())
    response = client.get(f"{DECISION}{result['code']}/")
    assert response.json() == result | {"newer": False}
    assert client.get(result["link"]).status_code == 200


def test_a_result_stays_what_it_was_when_ratings_change(client):
    comparison = golden()
    result = answered(client, comparison)
    ids = questions(QuestionBank.objects.get())
    republish(paths_of(comparison)[0], ratings=ratings(ids, GOLDEN[0].index(75)))
    response = client.get(f"{DECISION}{result['code']}/")
    assert response.json() == result | {"newer": True}
    assert answered(client, comparison)["scores"] != result["scores"]


@pytest.mark.parametrize("code", ["x", "a" * 40, "a" * 500, "é", "%00", "..", "a b"])
def test_a_damaged_code_is_explained(client, code):
    golden()
    found = refused(client.get(f"{DECISION}{code}/"))
    assert found["detail"] in {str(codes.CodeError(reason)) for reason in codes.Reason}


def code_of(comparison, moment):
    return codes.encode(codes.ResultCode(comparison.pk, moment, (0,) * 10, (2,) * 5))


def test_a_code_of_another_comparison_is_refused(client):
    comparison = golden()
    other = make_comparison(*paths_of(comparison)[::-1], title="The same again", slug="the-same-again")
    publish(other)
    code = code_of(other, timezone.now())
    assert client.get(f"/api/v1/comparisons/the-same-again/decision/{code}/").status_code == 200
    refused(client.get(f"{DECISION}{code}/"))


def test_a_moment_at_which_there_was_no_result_is_refused(client):
    comparison = golden()
    for moment in (timezone.now() + timedelta(hours=1), timezone.now() - timedelta(days=1)):
        refused(client.get(f"{DECISION}{code_of(comparison, moment)}/"))


# --- Old addresses ---------------------------------------------------------------------------------


def test_old_addresses_lead_to_the_form_and_keep_the_method(client):
    result = answered(client, golden())
    other = DECISION.replace(SLUG, "remote-project-management-vs-microtask-gig-work")
    assert client.get(other)["Location"] == DECISION
    response = post(client, {}, other)
    assert (response.status_code, response["Location"]) == (308, DECISION)
    response = client.get(f"{other}{result['code']}/")
    assert (response.status_code, response["Location"]) == (301, f"{DECISION}{result['code']}/")


def test_a_withdrawn_comparison_has_no_form(client):
    comparison = golden()
    code = answered(client, comparison)["code"]
    publishing.withdraw(comparison, by=None)
    for response in (client.get(DECISION), post(client, {}), client.get(f"{DECISION}{code}/")):
        refused(response, 410)
