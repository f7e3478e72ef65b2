"""The OpenAPI description: it is valid, it is complete, and the API keeps to it."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from articles import documents
from tests.makers import embedded, golden, golden_answers, make_article, make_comment, make_tag, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

V1 = "/api/v1/"
COMPARISON = f"{V1}comparisons/microtask-gig-work-vs-remote-project-management/"
LISTS = ("articles", "career-paths", "comparisons", "tags", "authors", "comments", "corrections")
READS = {
    V1: V1,
    **{f"{V1}{name}/": f"{V1}{name}/" for name in LISTS},
    f"{V1}search/?q=pay": f"{V1}search/",
    f"{V1}articles/?fields=title,authors&page_size=1": f"{V1}articles/",
    f"{V1}articles/how-to-read-a-pay-figure/": f"{V1}articles/{{slug}}/",
    f"{V1}articles/how-to-read-a-pay-figure/?fields=document": f"{V1}articles/{{slug}}/",
    f"{V1}career-paths/microtask-gig-work/": f"{V1}career-paths/{{slug}}/",
    COMPARISON: f"{V1}comparisons/{{slug}}/",
    f"{COMPARISON}decision/": f"{V1}comparisons/{{slug}}/decision/",
    f"{COMPARISON}fairness/": f"{V1}comparisons/{{slug}}/fairness/",
}


@pytest.fixture
def site():
    comparison = golden()
    log = [{"corrected_on": "2026-03-03", "was": "Nine in ten.", "now": "Eight in ten."}]
    article = make_article(tags=[embedded(make_tag("Pay"))], corrections=log)
    publish(article)
    make_comment(article, "And so say I.", parent=make_comment(article))
    return comparison


@pytest.fixture
def description(client):
    return client.get(f"{V1}schema/").json()


def check(description, template, response, method="get"):
    """The response is one that the description announces."""
    responses = description["paths"][template][method]["responses"]
    announced = responses.get(str(response.status_code)) or responses["default"]
    schema = announced["content"][response["Content-Type"]]["schema"]
    validator = Draft202012Validator(
        {**schema, "components": description["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    assert not [f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.json())]


def test_it_can_be_made_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_it_is_openapi_3_1(description):
    assert description["openapi"] == "3.1.0"
    assert not list(OpenAPIV31SpecValidator(description).iter_errors())


def test_every_schema_in_it_is_json_schema(description):
    for schema in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_public_address_is_in_it(description):
    root = {str(entry.pattern): entry for entry in get_resolver().url_patterns}["api/v1/"]
    undescribed = {"docs", "nowhere", "schema"}
    names = {entry.name for entry in root.url_patterns if entry.name not in undescribed}
    public = [path for path in description["paths"] if not path.startswith(f"{V1}drafts/")]
    assert len(public) == len([name for name in names if not name.startswith("draft")])


def test_every_read_is_described_and_tested(description):
    read = {path for path, methods in description["paths"].items() if "get" in methods}
    tested = {*READS.values(), f"{V1}comparisons/{{slug}}/decision/{{code}}/"}
    assert {path for path in read if not path.startswith(f"{V1}drafts/")} == tested


@pytest.mark.parametrize("address", READS)
def test_answers_are_as_described(client, site, description, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.json().get("results") != []
    check(description, READS[address], response)


def test_results_are_as_described(client, site, description):
    template = READS[f"{COMPARISON}decision/"]
    data = {"answers": golden_answers(site)}
    full = client.post(f"{COMPARISON}decision/", data, content_type="application/json")
    check(description, template, full, "post")
    empty = client.post(f"{COMPARISON}decision/", {}, content_type="application/json")
    check(description, template, empty, "post")
    for code in (full.json()["code"], "damaged"):
        check(description, f"{template}{{code}}/", client.get(f"{COMPARISON}decision/{code}/"))


def test_what_the_form_is_answered_with_is_described(description, site):
    schema = description["components"]["schemas"]["DecisionAnswers"]
    validator = Draft202012Validator({**schema, "components": description["components"]})
    assert validator.is_valid({"answers": golden_answers(site), "importances": {}})
    assert not validator.is_valid({"answers": {"x": 5}})
    assert not validator.is_valid({"other": {}})


@pytest.mark.parametrize("address", [address for address in READS if "?" not in address])
def test_problems_are_as_described(client, description, address):
    check(description, READS[address], client.get(f"{address}?nothing=known"))


def test_documents_are_described_as_they_are_taken_in(description):
    for name, kind in (("Article", "article"), ("CareerPath", "career-path"), ("Comparison", "comparison")):
        assert description["components"]["schemas"][f"{name}Document"] == documents.schema(kind)


def restricted(description):
    """Each query parameter with a narrower schema than any text, and its address."""
    for path, methods in description["paths"].items():
        if path.startswith(f"{V1}drafts/"):  # in test_draft_reads, with a token
            continue
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter["in"] == "query" and {"enum", "pattern", "minimum"} & parameter["schema"].keys():
                yield path.format(slug="x", code="x"), parameter["name"]


def test_parameters_are_checked_as_they_are_described(client, description):
    found = list(restricted(description))
    assert len(found) > 20
    for address, name in found:
        query = {name: "not, this!"} | ({"q": "x"} if "search" in address else {})
        assert [error["where"] for error in client.get(address, query).json()["errors"]] == [name]


def test_it_is_made_once(client, django_assert_num_queries):
    tag = client.get(f"{V1}schema/")["ETag"]
    with django_assert_num_queries(0):
        assert client.get(f"{V1}schema/", headers={"If-None-Match": tag}).status_code == 304


def test_the_root_lists_what_there_is(client):
    found = client.get(V1).json()
    assert found["comparisons"] == "http://testserver/api/v1/comparisons/"
    assert client.get(found.pop("drafts")).status_code == 401
    for address in found.values():
        accept = "text/html" if address.endswith("docs/") else "application/json"
        response = client.get(
            address, {"q": "x"} if "search" in address else None, headers={"Accept": accept}
        )
        assert response.status_code == 200


def test_the_documentation_needs_one_style_of_its_own_and_no_script(client):
    response = client.get(f"{V1}docs/", headers={"Accept": "text/html"})
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in json.dumps(policy)
    assert "sha256" not in client.get("/")["Content-Security-Policy"]


@pytest.mark.browser
def test_the_documentation_works_under_the_policy(live_server, page):
    told = []
    page.on("console", lambda message: told.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{live_server.url}{V1}docs/")
    page.wait_for_selector("#operations-comparisons-comparisons_decide")
    page.locator("#operations-tags-tags_list .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.wait_for_selector(".live-responses-table >> text=200")
    assert told == []
    assert settings.SPECTACULAR_SETTINGS["SWAGGER_UI_DIST"] == "SIDECAR"
